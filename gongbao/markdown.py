"""Markdown to safe HTML: one reused parser, line breaks between wide characters joined, everything sanitised."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape, unescape
from urllib.parse import unquote
from xml.etree.ElementTree import Element, SubElement

import markdown
import nh3
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableExtension
from markdown.treeprocessors import Treeprocessor

from gongbao.text import WIDE
from gongbao.views import PictureView, SourceView

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "cite", "code", "dd", "del", "div", "dl", "dt", "em", "figcaption", "figure",
    "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rp", "rt",
    "ruby", "s", "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u",
    "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "*": {"class", "id", "lang", "title"},
    "a": {"href"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
_ALLOWED_SCHEMES = {"http", "https", "mailto", "tel"}
# The sanitiser must let these through to be told of them; the filter then refuses them by name.
_REFUSED_SCHEMES = {"javascript", "vbscript", "data", "file", "ftp", "blob", "gongbao"}
_CLASSES = {
    "align-left", "align-center", "align-right", "footnote", "footnote-ref", "footnote-backref", "poem", "right",
    "center",
}  # fmt: skip
_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_NOT_IN_ID = re.compile(r"[^\w-]+")
_TAG_START = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)")
_ANY_TAG = re.compile(r"<[^>]*>")
_BLOCK_END = re.compile(r"</(?:p|h\d|li|td|th|tr|blockquote|figcaption|div)>|<br>")
_ATTRS = r'(?: [a-z-]+="[^"]*")*'
_INLINE = rf"(?:</?(?:a|abbr|b|cite|del|em|i|ins|mark|q|s|small|span|strong|sub|sup|u){_ATTRS}>)*"
_BROKEN_LINE = re.compile(rf"(?<=[{WIDE}])({_INLINE})[ \t]*\n[ \t]*({_INLINE})(?=[{WIDE}])")
_PRE = re.compile(r"(<pre>.*?</pre>)", re.DOTALL)
_LINK_TOKEN = re.compile(rf'<a((?: [a-z-]+="[^"]*")*?) href="gongbao:(\d+)"({_ATTRS})>(.*?)</a>', re.DOTALL)
_PICTURE_TOKEN = re.compile(rf'<img((?: [a-z-]+="[^"]*")*?) src="gongbao:(\d+)"({_ATTRS})>')

# Plain prose: characters that mean nothing to Markdown, HTML or the sanitiser; lines that begin no block but a
# paragraph and end without a space.
_SPACE = "[ \u3000]"
_INK = (
    r"[ !\"#$%'()+,\-./0-9:;=?@A-Z^a-z\u00a1-\u00ac\u00ae-\u024f\u0370-\u03ff\u2010-\u2027\u2030-\u205e\u2070-\u209c"
    r"\u20a0-\u20bf\u2100-\u22ff\u2460-\u27bf\u3000-\u303f\u3041-\u3096\u309b-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\uff01-\uff9d]"
)
_LINE = rf"(?!\d+[.)]|[ \u3000:#+=\-])(?:{_INK}++|\*\*(?!{_SPACE}){_INK}++(?<!{_SPACE})\*\*(?!\*))++(?<!{_SPACE})"
_PLAIN = re.compile(rf"\n*+(?:\u3000*+{_LINE}(?:\n{_LINE})*+(?:\n\n++|\n?\Z))*+")
_GAP = re.compile(r"\n\n+")
_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_PLAIN_TAG = re.compile(r"</?(?:p|strong)>")
_STRONG = r"<strong>\1</strong>"


@dataclass(slots=True)
class Rendered:
    """A text as HTML and as plain text, with what it refers to and what was left out of it."""

    html: str
    plain: str
    targets: list[tuple[str, str]] = field(default_factory=list)
    """Kind (link or picture) and target of each token in the HTML, by its number."""
    refused: list[str] = field(default_factory=list)
    """Links that may not stand on a page."""
    dropped: list[str] = field(default_factory=list)
    """Tags that may not stand on a page."""


class _Newspaper(Treeprocessor):
    """What a newspaper's page wants: headings below the headline, alignment by class, a lone picture as a figure."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag == "h1":
                element.tag = "h2"
            if align := element.attrib.pop("align", None):
                element.set("class", f"align-{align}")
            if element.tag == "p" and _lone_picture(element):
                _figure(element)


def _lone_picture(element: Element) -> bool:
    return len(element) == 1 and element[0].tag == "img" and not (element.text or element[0].tail or "").strip()


def _figure(element: Element) -> None:
    element.tag = "figure"
    if caption := element[0].get("alt"):
        SubElement(element, "figcaption").text = caption


class _Text:
    """One text on its way: collects tokens, makes ids unique to it."""

    def __init__(self, prefix: str, start: int) -> None:
        self.prefix = prefix
        self.start = start
        self.targets: list[tuple[str, str]] = []
        self.refused: list[str] = []
        self.ids: set[str] = set()

    def attribute(self, tag: str, name: str, value: str) -> str | None:
        """The value that may stand, or None."""
        if name == "id":
            return self._id(value)
        if name == "class":
            return " ".join(each for each in value.split() if each in _CLASSES) or None
        if (tag, name) == ("a", "href"):
            return self._href(value)
        if (tag, name) == ("img", "src"):
            return self._picture(value)
        return value

    def _id(self, value: str) -> str | None:
        name = self.prefix + _NOT_IN_ID.sub("-", value)
        if name in self.ids:
            return None
        self.ids.add(name)
        return name

    def _href(self, value: str) -> str | None:
        target = value.strip()
        if target.startswith("#"):
            return "#" + self.prefix + _NOT_IN_ID.sub("-", unquote(target[1:]))
        scheme = _SCHEME.match(target)
        if scheme and scheme[1].lower() in _ALLOWED_SCHEMES:
            return target
        if scheme or target.startswith(("//", "\\")):
            self.refused.append(target)
            return None
        return self._token("link", target)

    def _picture(self, value: str) -> str | None:
        target = value.strip()
        if _SCHEME.match(target) or target.startswith(("//", "\\")):
            self.refused.append(target)
            return None
        return self._token("picture", target)

    def _token(self, kind: str, target: str) -> str:
        self.targets.append((kind, unquote(target)))
        return f"gongbao:{self.start + len(self.targets) - 1}"


@lru_cache(maxsize=1)
def _parser() -> markdown.Markdown:
    parser = markdown.Markdown(
        extensions=[
            TableExtension(use_align_attribute=True),
            AttrListExtension(),
            FootnoteExtension(SEPARATOR="-", BACKLINK_TITLE="", BACKLINK_TEXT="↩"),
        ],
        output_format="html",
    )
    parser.treeprocessors.register(_Newspaper(parser), "newspaper", 2)
    return parser


def render(text: str, prefix: str = "t-", start: int = 0) -> Rendered:
    """`text` as HTML that cannot run script. Ids begin with `prefix`, tokens count from `start`.

    Raises RecursionError where it nests too deep.
    """
    return render_plain(text) if is_plain(text) else render_any(text, prefix, start)


def is_plain(text: str) -> bool:
    """Whether `text` is paragraphs without a sign of Markdown but **bold**, as most news is."""
    return _PLAIN.fullmatch(text) is not None


def render_plain(text: str) -> Rendered:
    """What `render_any` makes of a plain text, to the byte, at a hundredth of the cost."""
    blocks = [block.lstrip("\u3000") for block in _GAP.split(text.strip("\n"))] if text.strip("\n") else []
    html = "\n".join([f"<p>{_BOLD.sub(_STRONG, block) if '**' in block else block}</p>" for block in blocks])
    html = _BROKEN_LINE.sub(r"\1\2", html) if any("\n" in block for block in blocks) else html
    return Rendered(html, _PLAIN_TAG.sub("", html.replace("</p>", "\n")).strip())


def render_any(text: str, prefix: str = "t-", start: int = 0) -> Rendered:
    """What `render` does, for every text: the library, then the sanitiser."""
    parser = _parser()
    parser.reset()
    raw = parser.convert(text)
    state = _Text(prefix, start)
    html = nh3.clean(
        raw,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=state.attribute,
        url_schemes=_ALLOWED_SCHEMES | _REFUSED_SCHEMES,
        link_rel=None,
        strip_comments=True,
    )
    html = _join_lines(html)
    dropped = sorted({tag.lower() for tag in _TAG_START.findall(raw)} - _TAGS - _HEADINGS)
    return Rendered(html, plain_text(html), state.targets, state.refused, dropped)


def _join_lines(html: str) -> str:
    if "\n" not in html:
        return html
    parts = _PRE.split(html)
    return "".join(part if part.startswith("<pre>") else _BROKEN_LINE.sub(r"\1\2", part) for part in parts)


def plain_text(html: str) -> str:
    """The words of rendered HTML, blocks parted by a line break."""
    return unescape(_ANY_TAG.sub("", _BLOCK_END.sub("\n", html))).strip()


def place_tokens(
    html: str, links: dict[int, str], pictures: dict[int, PictureView], full: str = "", leads: bool = False
) -> str:
    """Rendered HTML with its tokens replaced by addresses; what has none becomes its text, or nothing for a picture.

    A figure's picture leads to its own file, for which `full` is the word where nothing is said of it. The first
    picture of a text that begins with it and `leads` is loaded at once, the others when they are needed.
    """
    if "gongbao:" not in html:
        return html

    def link(match: re.Match[str]) -> str:
        before, number, after, text = match.groups()
        address = links.get(int(number))
        return f'<a{before} href="{_escape(address)}"{after}>{text}</a>' if address else text

    def picture(match: re.Match[str]) -> str:
        before, number, after = match.groups()
        found = pictures.get(int(number))
        if not found:
            return ""
        begins = match.string[: match.start()]
        shown = _picture(found, before, after, first=leads and begins == "<figure>")
        if not full or not begins.endswith("<figure>") or begins.rfind("<a ") > begins.rfind("</a>"):
            return shown
        said = "" if _SAID.search(before + after) else f' aria-label="{escape(full)}"'
        return f'<a href="{_escape(found.address)}"{said}>{shown}</a>'

    return _PICTURE_TOKEN.sub(picture, _LINK_TOKEN.sub(link, html))


_SAID = re.compile(' alt="[^"]')
_SIZES = "(min-width: 48em) 43em, (min-resolution: 2.5dppx) 67vw, 100vw"
"""How wide a picture in a text is shown: in a column of text, as every theme has one, or as wide as a phone, which with
three dots a pixel gets two, for nobody sees the third."""


def _picture(found: PictureView, before: str, after: str, first: bool) -> str:
    size = f' width="{found.width}" height="{found.height}"' if found.width else ""
    when = ' fetchpriority="high"' if first else ' loading="lazy"'
    image = f'<img{before} src="{_escape(found.address)}"{after}{size}{when}>'
    sources = "".join(_source(each) for each in found.sources)
    return f"<picture>{sources}{image}</picture>" if sources else image


def _source(source: SourceView) -> str:
    files = ", ".join(f"{_escape(address)} {width}w" for address, width in source.files)
    return f'<source type="{source.type}" srcset="{files}" sizes="{_SIZES}">'


def _escape(address: str) -> str:
    return address.replace("&", "&amp;").replace('"', "%22").replace("<", "%3C").replace(">", "%3E")

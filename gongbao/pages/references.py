"""What a source refers to: where each link and picture of it leads, and what is wrong with those that lead nowhere."""

from dataclasses import dataclass, field, replace
from posixpath import basename

from gongbao.diagnostics import N_, finding
from gongbao.markdown import place_tokens
from gongbao.model import Reference
from gongbao.pages.base import Context
from gongbao.pages.near import suggestion
from gongbao.pictures import is_media
from gongbao.text import is_issue_key, relative
from gongbao.views import PictureView

TEXT = "t-"
"""What the ids of a text begin with on its page."""
_OWN = ("item-", TEXT)


@dataclass(slots=True)
class Resolved:
    """Where the tokens of a source's texts lead, by their number among all of its references."""

    links: dict[int, str] = field(default_factory=dict)
    pictures: dict[int, PictureView] = field(default_factory=dict)


def resolve(context: Context, source: str) -> Resolved:
    """Follows every reference of `source`; what leads nowhere becomes a finding of the page at hand."""
    found = Resolved()
    for number, reference in enumerate(context.ask.references(source)):
        _follow(context, source, number, reference, found)
    return found


def examine(context: Context, source: str) -> None:
    """Reports what leads nowhere in a source that is not published yet; what it leads to need not be, either."""
    for number, reference in enumerate(context.ask.references(source)):
        if reference.kind == "picture" or not context.ask.is_written(reference.target):
            _follow(context, source, number, reference, Resolved())


def _follow(context: Context, source: str, number: int, reference: Reference, found: Resolved) -> None:
    if reference.kind == "link":
        if address := _link(context, source, reference):
            found.links[number] = address
    elif reference.kind == "picture":
        if view := _picture(context, source, reference):
            found.pictures[number] = view
    elif not context.ask.address_of(reference.target):
        _report(context, "G305", source, reference)


def fill(context: Context, text: str, resolved: Resolved, base: str, leads: bool = False) -> str:
    """A rendered text with its tokens replaced, as seen from the page at `base`; it `leads` where nothing of the page
    but its head stands above."""
    links = {number: relative(address, base) for number, address in resolved.links.items()}
    pictures = {number: _seen_from(view, base) for number, view in resolved.pictures.items()}
    return place_tokens(text, links, pictures, context.speaker.say(N_("The picture in full size")), leads)


def _seen_from(view: PictureView, base: str) -> PictureView:
    sources = tuple(
        replace(each, files=tuple((relative(address, base), width) for address, width in each.files))
        for each in view.sources
    )
    return replace(view, address=relative(view.address, base), sources=sources)


def _link(context: Context, source: str, reference: Reference) -> str:
    address = target_address(context, reference.target)
    if not address:
        _report(context, "G301", source, reference)
        return ""
    fragment = reference.fragment
    if fragment and not fragment.startswith(_OWN) and context.ask.address_of(reference.target):
        fragment = TEXT + fragment
    return address + (f"#{fragment}" if fragment else "")


def target_address(context: Context, target: str) -> str:
    """The address that a source's path or an address leads to; empty where nothing is there."""
    if target.startswith("/"):
        path = target.partition("?")[0]
        return next((each for each in (path, path + "/") if context.ask.has_page(each)), "")
    if address := context.ask.address_of(target):
        return address
    if is_media(target):
        media = context.ask.picture(target)
        return media.address if media else ""
    key = basename(target)
    return f"/issues/{key}/" if is_issue_key(key) and context.ask.issue(key) else ""


def _picture(context: Context, source: str, reference: Reference) -> PictureView | None:
    view = context.ask.picture(reference.target)
    if view:
        if context.ask.is_damaged(reference.target):
            spot = reference.spot
            context.findings.append(finding("G316", f"content/{source}", spot.line, spot.column, target=reference.text))
        return view
    if not is_media(reference.target):
        context.findings.append(
            finding("G303", f"content/{source}", reference.spot.line, reference.spot.column, target=reference.text)
        )
    elif not context.ask.is_source(reference.target):
        _report(context, "G302", source, reference)
    return None


def _report(context: Context, code: str, source: str, reference: Reference) -> None:
    told = suggestion(context, source, reference)
    spot = reference.spot
    context.findings.append(finding(code, f"content/{source}", spot.line, spot.column, target=reference.text, **told))

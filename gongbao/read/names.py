"""What an article's file name says, however it is typed; and names that betray a copy or a file that is not read."""

import re
import unicodedata
from posixpath import basename

from gongbao.diagnostics import N_, Diagnostic, finding

_NUMBERED = re.compile(r"(?P<leaf>[a-z0-9]{1,8})-(?P<number>\d{1,4})(?:-(?P<slug>[^/]+))?")
_DASHES = re.compile(r"\s*[—–―－‐‑−﹣─_]+\s*|\s*-\s*")
_SPOKEN = re.compile(
    r"第?(?P<leaf>\d{1,3}|[a-z]\d{1,2})版?[-.\s、]*第?(?P<number>\d{1,4})[篇条]?(?:[-.\s、]+(?P<slug>.+))?"
)
_COPY = re.compile(
    r"(?:\s*[-_]?\s*(?:副本|拷贝|复件|copy)(?:\s*[(（]?\d*[)）]?)?|\s*\(\d{1,2}\)|[.\s_-]*冲突.*)$"
    r"|^(?:副本|复件|copy of)\s*",
    re.IGNORECASE,
)
_ARTICLE_LIKE = re.compile(r"(?:第?[a-z]?\d{1,3}版?)\s*[-—－_]\s*\d{1,3}\b", re.IGNORECASE)
_DOCUMENTS = {".doc", ".docx", ".wps", ".rtf", ".odt", ".pages", ".txt", ".text", ".html", ".htm"}


def parts(stem: str) -> tuple[str, str, str] | None:
    """Leaf, number and the rest of a file name without its ending: 4-05-五大服务, also ４－０５ 五大服务, 第4版-05."""
    match = _NUMBERED.fullmatch(stem.lower())
    if not match:
        plain = _DASHES.sub("-", unicodedata.normalize("NFKC", stem).lower().strip()).strip("-")
        match = _NUMBERED.fullmatch(plain) or _SPOKEN.fullmatch(plain)
    if not match:
        return None
    leaf = str(int(match["leaf"])) if match["leaf"].isdigit() else match["leaf"]
    return leaf, match["number"], match["slug"] or ""


def told(source: str) -> tuple[Diagnostic, ...]:
    """What is wrong with the name of a source."""
    name = basename(source)
    if name.isascii() and not ("(" in name or "opy" in name or "OPY" in name):
        return ()
    if _COPY.search(name.rpartition(".")[0]):
        return (finding("G118", source, value=name),)
    if not unicodedata.is_normalized("NFC", name):
        return (finding("G119", source, value=name),)
    return ()


def unread(name: str) -> str:
    """What to do with a file that is no source, where its name is that of an article or issue; empty otherwise."""
    lower = name.lower()
    stem, _, ending = lower.rpartition(".")
    if lower.endswith((".md.txt", ".markdown.txt", ".yaml.txt")):
        return N_("take “.txt” off its end (in Windows first show the endings of file names)")
    if lower in ("issue.yml", "issue.yaml", "moved.csv"):
        return N_("write its name in small letters, as issue.yaml or moved.csv")
    if f".{ending}" in _DOCUMENTS and _ARTICLE_LIKE.match(stem):
        return N_("copy the text into a text editor, and save it as .md with the encoding UTF-8")
    return N_("let its name end in .md, with a plain full stop") if re.search(r"[。．]md$", lower) else ""

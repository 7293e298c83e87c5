"""What a source refers to: where each link and picture of it leads, and what is wrong with those that lead nowhere."""

from dataclasses import dataclass, field
from posixpath import basename

from gongbao.diagnostics import N_, finding
from gongbao.markdown import place_tokens
from gongbao.model import Reference
from gongbao.pages.base import Context
from gongbao.pictures import is_media
from gongbao.text import is_issue_key

TEXT = "t-"
"""What the ids of a text begin with on its page."""
_OWN = ("item-", TEXT)


@dataclass(slots=True)
class Resolved:
    """Where the tokens of a source's texts lead, by their number among all of its references."""

    links: dict[int, str] = field(default_factory=dict)
    pictures: dict[int, tuple[str, int, int]] = field(default_factory=dict)


def resolve(context: Context, source: str) -> Resolved:
    """Follows every reference of `source`; what leads nowhere becomes a finding of the page at hand."""
    found = Resolved()
    for number, reference in enumerate(context.ask.references(source)):
        if reference.kind == "link":
            if address := _link(context, source, reference):
                found.links[number] = address
        elif reference.kind == "picture":
            view = _picture(context, source, reference)
            if view:
                found.pictures[number] = view
        elif not context.ask.address_of(reference.target):
            _report(context, "G305", source, reference)
    return found


def fill(text: str, resolved: Resolved) -> str:
    """A rendered text with its tokens replaced."""
    return place_tokens(text, resolved.links, resolved.pictures)


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


def _picture(context: Context, source: str, reference: Reference) -> tuple[str, int, int] | None:
    view = context.ask.picture(reference.target)
    if view:
        return view.address, view.width, view.height
    if not is_media(reference.target):
        context.findings.append(
            finding("G303", f"content/{source}", reference.spot.line, reference.spot.column, target=reference.text)
        )
    elif not context.ask.is_source(reference.target):
        _report(context, "G302", source, reference)
    return None


def _report(context: Context, code: str, source: str, reference: Reference) -> None:
    near = [path for path in context.ask.sources_like(basename(reference.target)) if path != reference.target]
    if near:
        told = {"near": f"content/{near[0]}", "suggestion": N_("the file {near} has that name")}
    elif context.ask.is_source(reference.target):
        told = {"suggestion": N_("the file is there, but it is a draft, is not due yet, or has errors of its own")}
    else:
        told = {"suggestion": N_("check the name; it is seen from the folder of this file, or begins with “/”")}
    spot = reference.spot
    context.findings.append(finding(code, f"content/{source}", spot.line, spot.column, target=reference.text, **told))

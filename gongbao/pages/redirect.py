"""Former addresses: a page that leads on, or a tombstone that says why nothing is there."""

from gongbao.catalogue import Former
from gongbao.diagnostics import N_, finding
from gongbao.pages.base import Context, Kind
from gongbao.pages.references import target_address
from gongbao.views import Named, Page, RedirectPage

ISSUES = "/issues/"
"""Each prefix of an address is a page: this one leads to the calendar."""


def _address(context: Context, key: str) -> str | None:
    if key == ISSUES:
        return key
    return key if context.ask.formers(key) else None


def _page(context: Context, key: str) -> Page | None:
    if key == ISSUES:
        view = RedirectPage(key, Named(context.speaker.say("Past issues"), "/archive/"), (), "", "")
        return context.page(key, "redirect.html", view, Named(context.speaker.say("Past issues"), key))
    formers = _first_of_each(context, context.ask.formers(key))
    ends = [_end(context, former) for former in formers]
    targets = [target for target, _ in ends]
    if len(formers) == 1:
        told = ends[0][1]
        view = RedirectPage(formers[0].former, targets[0], (), told.date, told.reason)
    else:
        view = _choices(key, formers, targets)
    title = view.target.name or context.speaker.say(N_("A former address"))
    return context.page(key, "redirect.html", view, Named(title, key))


def _choices(key: str, formers: list[Former], targets: list[Named]) -> RedirectPage:
    """Several former addresses that differ only after “?”, which no static host can tell apart."""
    plain = next((n for n, former in enumerate(formers) if "?" not in former.former), None)
    target = targets[plain] if plain is not None else Named("")
    choices = tuple(each for n, each in enumerate(targets) if n != plain)
    return RedirectPage(key, target, choices, "", "")


def _first_of_each(context: Context, formers: list[Former]) -> list[Former]:
    first: dict[str, Former] = {}
    for former in formers:
        kept = first.setdefault(former.former, former)
        if kept is not former:
            spot = former.spot
            context.findings.append(
                finding("G406", former.file, spot.line, spot.column, address=former.former, other=kept.file)
            )
    return list(first.values())


def _end(context: Context, former: Former) -> tuple[Named, Former]:
    """Where a former address leads, and the line that says since when and why: what leads to a tombstone is one
    itself. Findings where it leads nowhere or back."""
    last, address = _follow(context, former)
    if not last.target:
        return Named(""), last
    if address:
        return Named(context.ask.named(address) or address, address), former
    return Named(former.target), former


def _follow(context: Context, former: Former) -> tuple[Former, str]:
    """The last of a chain of former addresses, and the page to which it leads; no address, with a finding, where there
    is none."""
    spot, seen, last = former.spot, set[str](), former
    while last.target:
        address = target_address(context, last.target)
        if not address:
            told = {"target": former.target, "suggestion": N_("write an address that is there, or “gone” and a reason")}
            context.findings.append(finding("G405", former.file, spot.line, spot.column, address=former.former, **told))
            return last, ""
        nexts = [each for each in context.ask.formers(address) if "?" not in each.former]
        if context.ask.stands(address, "redirect") is False or not nexts:
            return last, address
        if address in seen:
            context.findings.append(finding("G404", former.file, spot.line, spot.column, address=former.former))
            return last, ""
        seen.add(address)
        last = nexts[0]
    return last, ""


def report_occupied(context: Context, key: str) -> None:
    """Something else stands at a former address."""
    for former in context.ask.formers(key):
        spot = former.spot
        context.findings.append(finding("G403", former.file, spot.line, spot.column, address=former.former))


KIND = Kind(
    name="redirect",
    keys=lambda context: [ISSUES, *context.ask.former_pages()],
    address=_address,
    page=_page,
    touched={
        "former": lambda context, page: [page, *context.ask.leading_to(page)],
        "address": lambda context, address: context.ask.leading_to(address),
    },
    rank=9,
    mapped=False,
)

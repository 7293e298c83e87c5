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
    targets = [_target(context, former) for former in formers]
    if len(formers) == 1:
        view = RedirectPage(formers[0].former, targets[0], (), formers[0].date, formers[0].reason)
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


def _target(context: Context, former: Former) -> Named:
    """Where a former address leads; findings where it leads nowhere or back."""
    if not former.target:
        return Named("")
    address = _follow(context, former)
    if address:
        return Named(context.ask.named(address) or address, address)
    return Named(former.target)


def _follow(context: Context, former: Former) -> str:
    """The page at the end of a chain of former addresses; empty, with a finding, where there is none."""
    spot, seen, target = former.spot, set[str](), former.target
    while True:
        address = target_address(context, target)
        nexts = [each for each in context.ask.formers(address) if "?" not in each.former] if address else []
        if not address:
            told = {"target": former.target, "suggestion": N_("write an address that is there, or “gone” and a reason")}
            context.findings.append(finding("G405", former.file, spot.line, spot.column, address=former.former, **told))
            return ""
        if context.ask.stands(address, "redirect") is False or not nexts or not nexts[0].target:
            return address
        if address in seen:
            context.findings.append(finding("G404", former.file, spot.line, spot.column, address=former.former))
            return ""
        seen.add(address)
        target = nexts[0].target


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
        "former": lambda context, page: [page, *context.ask.former_pages(page)],
        "address": lambda context, address: context.ask.former_pages(address),
    },
    rank=9,
    mapped=False,
)

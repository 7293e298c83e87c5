"""What the preview puts into the pages that it serves, and the page that stands in for those that are not there."""

import json
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from gongbao.diagnostics import N_, Diagnostic, Severity, Translate
from gongbao.messages import catalogue
from gongbao.serve.told import State

SCRIPT = Path(__file__).with_name("preview.js")
_SHOWN = 100
"""How many findings a page is told of."""


@dataclass(frozen=True, slots=True)
class Served:
    """A page as it is served: the number and the paths by which to tell whether it is old."""

    number: str
    paths: tuple[str, ...]


def inject(page: bytes, served: Served, state: State, host: str) -> bytes:
    """The page with the scripts that follow the site and show what is wrong."""
    asked = urlsplit(f"//{host}")
    name = f"[{asked.hostname}]" if ":" in (asked.hostname or "") else asked.hostname
    told = {"number": served.number, "paths": served.paths, "state": told_of(state)}
    data = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
    query = escape(f"host={name}&port={asked.port or 80}&mindelay=500&maxdelay=3000")
    scripts = (
        f'<script type="application/json" id="gongbao-preview">{data}</script>'
        '<script defer src="/livereload/preview.js"></script>'
        f'<script defer src="/livereload.js?{query}"></script>'
    ).encode()
    before, head, after = page.partition(b"</head>")
    return before + scripts + head + after if head else page + scripts


def told_of(state: State) -> dict[str, object]:
    """A state in words, for the script."""
    say = catalogue(state.language).gettext
    errors = sum(each.severity is Severity.ERROR for each in state.findings)
    warnings = len(state.findings) - errors
    counted = say(N_("Found: {errors} errors, {warnings} warnings.")).format(errors=errors, warnings=warnings)
    more = len(state.findings) - _SHOWN
    return {
        "language": state.language,
        "built": state.built,
        "errors": errors,
        "warnings": warnings,
        "base": state.base,
        "findings": [_told(each, say) for each in state.findings[:_SHOWN]],
        "marks": {address: _mark(day, say) for address, day in sorted(state.marks.items())},
        "words": {
            "counted": counted,
            "stale": "" if state.built else say(N_("Nothing could be built: the pages are the last good ones.")),
            "more": say(N_("and {count} more: the command check tells them all")).format(count=more)
            if more > 0
            else "",
            "hide": say(N_("Hide")),
            "title": say(N_("What is wrong")),
        },
    }


def _told(each: Diagnostic, say: Translate) -> dict[str, str]:
    place = ""
    if each.line:
        place = say(N_("line {line}, column {column}") if each.column else N_("line {line}"))
        place = place.format(line=each.line, column=each.column)
    return {
        "severity": each.severity.value,
        "code": each.code,
        "kind": say(N_("error") if each.severity is Severity.ERROR else N_("warning")),
        "file": each.file,
        "place": place,
        "message": each.message(say),
        "hint": each.hint(say),
    }


def _mark(day: str, say: Translate) -> str:
    return say(N_("to be published on {day}")).format(day=day) if day else say(N_("draft"))


def refusal(state: State) -> str:
    """What those hear who asked for this machine by a name that is not its own."""
    say = catalogue(state.language).gettext
    return say(N_("The preview answers to 127.0.0.1 and localhost; with --host also to the name given there.")) + "\n"


def waiting_page(state: State) -> bytes:
    """The page for what has not been built yet, or could not be."""
    say = catalogue(state.language).gettext
    title = say(N_("The preview is being made")) if not state.ended else say(N_("There is no preview yet"))
    text = (
        say(N_("This page shows itself as soon as it is there."))
        if not state.ended
        else say(N_("Mend what is told below and save the file: this page then shows itself."))
    )
    return (
        f'<!doctype html><html lang="{state.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>:root{{color-scheme:light dark}}"
        "body{font:1.125rem/1.7 system-ui,sans-serif;margin:15vh auto;padding:0 1.5rem;max-width:34rem}"
        "h1{font-size:1.5rem}</style></head>"
        f"<body><main><h1>{escape(title)}</h1><p>{escape(text)}</p></main></body></html>"
    ).encode()

"""Why a page may be stale: a source from the root of the site, or one of these signs."""

from gongbao.diagnostics import N_

BASIS = ":basis"
"""Theme, settings, engine or output folder are others than before."""
OUTPUT = ":output"
"""Its file in the output folder was changed or is missing."""
VERIFY = ":verify"
"""Nothing: every page was asked for."""
TEMPLATE = ":template "
"""A template changed, or what it uses; its name follows."""
SITE = ":site"
"""What every page shows of the newspaper changed."""

_SAID = {
    "": N_("the catalogue was made anew"),
    BASIS: N_("the theme or the settings changed"),
    OUTPUT: N_("its file in the output folder was changed or is missing"),
    VERIFY: N_("nothing told of a change, but it shows something else"),
    SITE: N_("what every page shows of the newspaper changed"),
}


def said(cause: str) -> tuple[str, dict[str, str]]:
    """A cause as a message, and what stands in it."""
    if cause.startswith(TEMPLATE):
        return N_("the template {template} changed, or one that it uses"), {"template": cause.removeprefix(TEMPLATE)}
    return (_SAID[cause], {}) if cause in _SAID else (N_("{source} changed"), {"source": cause})

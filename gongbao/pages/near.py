"""What a source may have meant by the name of a file that is not there."""

import unicodedata
from posixpath import basename, dirname, relpath, splitext

from gongbao.diagnostics import N_
from gongbao.model import Reference
from gongbao.pages.base import Context
from gongbao.pictures import is_media
from gongbao.read import kind_of


def suggestion(context: Context, source: str, reference: Reference) -> dict[str, str]:
    """The hint of a finding on a `reference` of `source` that leads nowhere, and what fills it."""
    target = reference.target
    if context.ask.is_source(target):
        return {"suggestion": N_("the file is there, but it is a draft, is not due yet, or has errors of its own")}
    if beside := _beside(context, target):
        said = N_("write “{near}”, as the file is called: capitals, spaces and full-width characters count")
        return {"near": _written(source, beside), "suggestion": said}
    if elsewhere := _elsewhere(context, target):
        return {"near": _written(source, elsewhere), "suggestion": N_("write “{near}”: a file of that name lies there")}
    return {"suggestion": N_("check the name; it is seen from the folder of this file, or begins with “/”")}


def _written(source: str, path: str) -> str:
    """A path as it is written in `source`."""
    return relpath(path, dirname(source) or ".")


def _beside(context: Context, target: str) -> str:
    """The file in the same folder whose name is the same to a hasty eye, if need be with another ending."""
    wanted = _plain(basename(target))
    there = {_plain(basename(path)): path for path in reversed(context.ask.sources_in(dirname(target)))}
    same = [there[wanted]] if wanted in there else []
    stem = splitext(wanted)[0]
    same += [path for name, path in there.items() if splitext(name)[0] == stem and _alike(path, target)]
    return next(iter(same), "")


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _alike(path: str, target: str) -> bool:
    """Whether a file is of the sort that is wanted; what has no ending may be a text."""
    if is_media(target):
        return is_media(path)
    return kind_of(path) in ("article", "standing") and not is_media(path)


def _elsewhere(context: Context, target: str) -> str:
    name = basename(target)
    names = (name, name + ".md") if name else ()
    return next((path for each in names for path in context.ask.sources_like(each) if path != target), "")

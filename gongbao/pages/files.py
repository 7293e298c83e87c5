"""Files that are published as they are: the theme's assets, and the pictures and documents that something shows."""

from collections.abc import Iterable

from gongbao import pictures
from gongbao.model import Picture
from gongbao.pages import search
from gongbao.pages.base import Context, Kind
from gongbao.views import FilePage, Page


def _asset_keys(context: Context) -> Iterable[str]:
    return [name for name, _ in context.theme.assets if name != search.SCRIPT or context.settings.has(search.FEATURE)]


def _asset_address(context: Context, key: str) -> str | None:
    asset = dict(context.theme.assets).get(key)
    return asset.address if asset and key in _asset_keys(context) else None


def _asset(context: Context, key: str) -> Page | None:
    asset = dict(context.theme.assets)[key]
    return Page(asset.address, "", FilePage(asset.file, asset.digest, asset.text))


def _media(context: Context, key: str) -> Picture | None:
    """A key is a digest and a name; several sources may hold the same bytes under the same name."""
    digest, _, name = key.partition("/")
    return next((each for each in context.ask.media_with(digest) if each.name == name), None)


def _media_keys(context: Context) -> Iterable[str]:
    for digest in context.ask.media_digests():
        yield from dict.fromkeys(f"{digest}/{each.name}" for each in context.ask.media_with(digest))


def _media_address(context: Context, key: str) -> str | None:
    found = _media(context, key)
    return pictures.address(found.digest, found.name) if found else None


def _media_page(context: Context, key: str) -> Page | None:
    found = _media(context, key)
    if not found:
        return None
    return Page(pictures.address(found.digest, found.name), "", FilePage(f"content/{found.source}", found.digest))


ASSET = Kind("asset", _asset_keys, _asset_address, _asset, {}, mapped=False)
MEDIA = Kind(
    name="media",
    keys=_media_keys,
    address=_media_address,
    page=_media_page,
    touched={"media": lambda context, digest, name: [f"{digest}/{name}"]},
    mapped=False,
)

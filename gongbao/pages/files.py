"""Files that are published as they are: the theme's assets, and the pictures and documents that something shows."""

from collections.abc import Iterable

from gongbao import pictures
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


def _media_keys(context: Context) -> Iterable[str]:
    """A picture's key is its digest and name, a variant's is the digest, the name without ending, and its own name;
    several sources may hold the same bytes under the same name."""
    for digest in context.ask.media_digests():
        named = [each.name for each in context.ask.media_with(digest)]
        yield from dict.fromkeys(key for name in named for key in _keys_of(context, digest, name))


def _keys_of(context: Context, digest: str, name: str) -> list[str]:
    return [f"{digest}/{name}", *(f"{digest}/{_stem(name)}/{each}" for each in context.ask.variants(digest))]


def _stem(name: str) -> str:
    return name.rpartition(".")[0]


def _media_address(context: Context, key: str) -> str | None:
    page = _media_page(context, key)
    return page.address if page else None


def _media_page(context: Context, key: str) -> Page | None:
    digest, name, *more = key.split("/")
    for variant in more:
        return _variant_page(context, digest, name, variant)
    found = next((each for each in context.ask.media_with(digest) if each.name == name), None)
    if not found:
        return None
    return Page(pictures.address(digest, name), "", FilePage(f"content/{found.source}", digest))


def _variant_page(context: Context, digest: str, stem: str, variant: str) -> Page | None:
    shown = (_stem(each.name) for each in context.ask.media_with(digest, shown=True))
    if variant not in context.ask.variants(digest) or stem not in shown:
        return None
    file = FilePage(f"{pictures.kept_at(digest)}/{variant}", pictures.variant_digest(digest))
    return Page(pictures.variant_address(digest, stem, variant), "", file)


ASSET = Kind("asset", _asset_keys, _asset_address, _asset, {}, mapped=False)
MEDIA = Kind(
    name="media",
    keys=_media_keys,
    address=_media_address,
    page=_media_page,
    touched={"media": _keys_of},
    mapped=False,
)

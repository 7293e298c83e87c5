"""Pictures and documents beside the articles: what kind they are, how large, and what else is made of a picture."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".gif": "GIF", ".webp": "WEBP", ".avif": "AVIF"}
DOCUMENTS = {".pdf": b"%PDF-"}
TYPES = {"avif": "image/avif", "webp": "image/webp"}
"""What variants are made in, the format that browsers should try first before the others."""
STEPS = (240, 480, 720, 960, 1600)
"""The widths of variants; a picture that is narrower than the last comes in its own width, too."""
SMALL = 480
"""The widest variant for small sheets and the like."""
_NEAR = 0.9
"""A step this near to the widest variant is not worth a file of its own."""
_RECIPE = "1"
"""Another one for everything below that makes other bytes."""


def is_media(path: str) -> bool:
    """Whether the file's ending is that of a picture or document that may be published."""
    return is_picture(path) or PurePosixPath(path).suffix.lower() in DOCUMENTS


def is_picture(path: str) -> bool:
    """Whether the file's ending is that of a picture."""
    return PurePosixPath(path).suffix.lower() in FORMATS


def address(digest: str, name: str) -> str:
    """Where a picture with these bytes is published."""
    return f"/media/{digest[:16]}/{name}"


def measure(path: str, data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels as shown (0, 0 for a document); None where the bytes are not what the ending says."""
    ending = PurePosixPath(path).suffix.lower()
    if ending in DOCUMENTS:
        return (0, 0) if data.startswith(DOCUMENTS[ending]) else None
    with _opened(path, data) as image:
        if image is None:
            return None
        turned = image.getexif().get(_ORIENTATION, 1) in (5, 6, 7, 8)
        return (image.height, image.width) if turned else image.size


_ORIENTATION = 0x0112
_FAULTS = (OSError, ValueError, SyntaxError, TypeError, EOFError, IndexError, KeyError, OverflowError)
"""What Pillow raises for files that are damaged: its readers do not agree on one error."""


@contextmanager
def _opened(path: str, data: bytes) -> "Iterator[Image | None]":
    """The picture; None where it cannot be one, or is so large that it would fill the memory."""
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            image = Image.open(BytesIO(data), formats=[FORMATS[PurePosixPath(path).suffix.lower()]])
            image.getexif()
        except (*_FAULTS, Image.DecompressionBombError, Image.DecompressionBombWarning):
            yield None
            return
        with image:
            yield image


# Variants


@cache
def recipe() -> str:
    """The name of how variants are made: another one may make other bytes of the same picture."""
    return f"{_RECIPE}-{version('pillow')}"


def kept_in() -> str:
    """The folder, from the root of the site, that keeps all variants of this recipe."""
    return f"{KEPT}/{recipe()}"


def kept_at(digest: str) -> str:
    """The folder, from the root of the site, that keeps the variants of the picture with these bytes."""
    return f"{kept_in()}/{digest[:2]}/{digest}"


KEPT = ".gongbao/pictures"
"""Where variants are kept, by recipe and by the digest of what they are made of."""


def variant_address(digest: str, stem: str, file: str) -> str:
    """Where a variant of the picture with these bytes is published. What is there never changes, for another recipe
    gives another address."""
    return address(variant_digest(digest), f"{stem}-{file}")


def variant_digest(digest: str) -> str:
    """The digest that stands for all variants of the picture with these bytes."""
    return sha256(f"{recipe()} {digest}".encode()).hexdigest()


def widths(width: int) -> tuple[int, ...]:
    """The widths of the variants of a picture, the narrowest first: never more than its own."""
    widest = min(width, STEPS[-1])
    return (*(step for step in STEPS if step < widest * _NEAR), widest)


def variants(path: str, data: bytes) -> dict[str, bytes] | None:
    """By name, such as 480.avif, every variant of a picture that is smaller than its file; None where it is damaged.

    None of them has what the file says of camera, place or person. What moves is left as it is.
    """
    with _opened(path, data) as image:
        try:
            plain = _plain(image) if image and not getattr(image, "is_animated", False) else image
        except _FAULTS:
            return None
        if image is None or plain is None:
            return None
        if plain is image:
            return {}
        lossless = image.format in ("PNG", "GIF")
    return dict(_encoded(plain, lossless, len(data)))


def _encoded(plain: "Image", lossless: bool, limit: int) -> Iterator[tuple[str, bytes]]:
    from PIL import Image, features

    for width in widths(plain.width):
        scaled = plain
        if width < plain.width:
            size = (width, max(1, round(plain.height * width / plain.width)))
            scaled = plain.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
        for ending in TYPES:
            ways = _ways(ending, scaled.mode, lossless and scaled is plain)
            found = min(_saved(scaled, ending, ways), key=len, default=b"") if features.check(ending) else b""
            if 0 < len(found) < limit:
                yield f"{width}.{ending}", found


def _ways(ending: str, mode: str, whole: bool) -> list[dict[str, Any]]:
    """The ways to save a variant, of which the smallest file is taken. `whole`: as sharp as a file without loss."""
    if ending == "avif":
        # One thread, for pictures are made side by side; without colours there are none to be saved.
        return [{"quality": 55, "speed": 8, "max_threads": 1, "subsampling": "4:0:0" if mode == "L" else "4:2:0"}]
    return [{"quality": 78, "method": 4}, *([{"lossless": True, "method": 4}] if whole else [])]


def _saved(image: "Image", ending: str, ways: list[dict[str, Any]]) -> Iterator[bytes]:
    for way in ways:
        out = BytesIO()
        try:
            image.save(out, ending.upper(), **way)
        except _FAULTS:  # wider or higher than the format allows
            continue
        yield out.getvalue()


def _plain(image: "Image") -> "Image":
    """The picture upright, in sRGB or grey, with nothing else that its file says; itself where that cannot be."""
    from PIL import ImageOps

    twice = 2 * STEPS[-1]
    image.draft(None, (twice, twice))  # a JPEG is read no larger than is needed
    upright = ImageOps.exif_transpose(image)
    if upright.mode.startswith("I;16"):
        upright = upright.point(lambda level: level / 256).convert("L")
    if upright.mode in ("I", "F"):
        return image
    plain = _in_srgb(upright)
    plain.info.clear()
    return plain


def _in_srgb(image: "Image") -> "Image":
    from PIL import ImageCms

    profile = image.info.get("icc_profile")
    if image.has_transparency_data:
        image = image.convert("RGBA")
    elif image.mode in ("1", "L"):
        return image.convert("L")
    elif image.mode not in ("RGB", "CMYK"):
        image = image.convert("RGB")
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile:
        try:
            told = ImageCms.ImageCmsProfile(BytesIO(profile))
            if "sRGB" not in ImageCms.getProfileDescription(told):
                srgb = ImageCms.createProfile("sRGB")
                return ImageCms.profileToProfile(image, told, srgb, outputMode=mode) or image.convert(mode)
        except (ImageCms.PyCMSError, *_FAULTS):  # a profile of another kind of picture, or a broken one
            pass
    return image.convert(mode)

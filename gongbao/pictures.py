"""Pictures and documents beside the articles: what kind they are and how large."""

import warnings
from io import BytesIO
from pathlib import PurePosixPath

FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".gif": "GIF", ".webp": "WEBP", ".avif": "AVIF"}
DOCUMENTS = {".pdf": b"%PDF-"}


def is_media(path: str) -> bool:
    """Whether the file's ending is that of a picture or document that may be published."""
    ending = PurePosixPath(path).suffix.lower()
    return ending in FORMATS or ending in DOCUMENTS


def address(digest: str, name: str) -> str:
    """Where a picture with these bytes is published."""
    return f"/media/{digest[:16]}/{name}"


def measure(path: str, data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels as shown (0, 0 for a document); None where the bytes are not what the ending says."""
    ending = PurePosixPath(path).suffix.lower()
    if ending in DOCUMENTS:
        return (0, 0) if data.startswith(DOCUMENTS[ending]) else None
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=[FORMATS[ending]]) as image:
                turned = image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
                return (image.height, image.width) if turned else image.size
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError, Warning):
        return None

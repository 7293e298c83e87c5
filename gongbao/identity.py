"""What this engine is: a digest of its own files and of the libraries whose output it passes on."""

import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

_LIBRARIES = ("jinja2", "markdown", "nh3", "pillow", "pypinyin", "python-slugify")
_SUFFIXES = {".py", ".csv", ".mo", ".xml", ".txt"}


@lru_cache
def engine_digest() -> str:
    """A digest that changes when another engine may write other bytes; 32 hexadecimal digits."""
    sha = hashlib.sha256(" ".join(f"{name}={version(name)}" for name in _LIBRARIES).encode())
    package = Path(__file__).parent
    for path in sorted(package.rglob("*")):
        if path.suffix in _SUFFIXES and "themes" not in path.relative_to(package).parts:
            sha.update(path.relative_to(package).as_posix().encode())
            sha.update(path.read_bytes())
    return sha.hexdigest()[:32]

"""Find browsers and Chinese fonts for the browser tests; as a command, install them where that is allowed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fontconfig", "fonts-noto-cjk")
INSTALL = Path(__file__).parents[1] / ".ci" / "debian-install"
MISSING = """\
The browser tests need Chromium or Chrome (on the PATH, or named in GONGBAO_CHROMIUM) and a Chinese font.
浏览器测试需要 Chromium 或 Chrome（在 PATH 里，或写在 GONGBAO_CHROMIUM 里）和一种中文字体。
Debian: apt-get install {packages}"""


def find() -> str | None:
    """The path of the browser, or None."""
    named = os.environ.get("GONGBAO_CHROMIUM")
    names = (named,) if named else NAMES
    return next(filter(None, map(shutil.which, names)), None)


def has_chinese_font() -> bool:
    """Whether fontconfig knows a font that holds Chinese."""
    if shutil.which("fc-list") is None:
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout.strip())


def missing() -> str:
    """What to tell whoever lacks the browser or the font; empty when both are there."""
    return "" if find() and has_chinese_font() else MISSING.format(packages=" ".join(PACKAGES))


def firefox() -> str:
    """The path of Firefox, which only proving needs; installed where it is not there."""
    if not (shutil.which("firefox") or shutil.which("firefox-esr")):
        subprocess.run([INSTALL, "firefox-esr"], check=True)
    path = shutil.which("firefox") or shutil.which("firefox-esr")
    if not path:
        raise SystemExit("Firefox is not there: install it (Debian: firefox-esr)")
    return path


def main() -> int:
    if missing() and shutil.which("apt-get"):
        subprocess.run([INSTALL, *PACKAGES], check=False)
    if text := missing():
        print(text, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

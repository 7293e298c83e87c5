"""Takes the pictures of the editors' guide: a small site, the commands on a terminal, its pages in Chromium.

Run by `make guide`. The pictures go to content/pages/help/: the guide is a page of the sample site, too.
"""

import fcntl
import html
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from tests import get_browser
from tests.building import NOW, PROJECT, build, copy_of
from tests.judging import Screen, chromium, visiting
from tests.serving import serving

FOLDER = PROJECT / "content" / "pages" / "help"
LIMIT = 60_000
"""How many bytes a picture may have in the repository."""
_ISSUES = ("2019-07-02", "2019-07-04")
_COLUMNS = 96
_FRAME = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: #fff; }}
pre {{ display: inline-block; box-sizing: border-box; min-width: 760px; max-width: 980px; margin: 0; padding: 18px 22px;
  border-radius: 8px; background: #1c1c1e; color: #e8e6e3; font: 15px/1.55 "Noto Sans Mono CJK SC", monospace;
  white-space: pre-wrap; overflow-wrap: anywhere; }}
b {{ color: #9fd49a; font-weight: normal; }}
</style><pre>{text}</pre>"""


def small_archive(root: Path) -> Path:
    """Two issues of the sample archive, one article with a mistake that editors make."""
    copy_of(PROJECT, root)
    for path in sorted((root / "content").rglob("*"), reverse=True):
        if path.is_file() and not any(issue in path.parts for issue in _ISSUES):
            path.unlink()
    wrong = root / "content/2019/2019-07-04/2-02-shu-qi-gong.md"
    text = wrong.read_text("utf-8")
    column = next(line for line in text.splitlines() if line.startswith(("column:", "栏目:")))
    wrong.write_text(text.replace(column, "栏目: 工会动志"), encoding="utf-8")
    return root


def talk(root: Path, arguments: Iterable[str], answers: Iterable[str] = ()) -> str:
    """What stands on the terminal after a command whose questions were answered; what was typed is between \\x02 and
    \\x03."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, _COLUMNS, 0, 0))
    pending, said = list(answers), ""
    command = [sys.executable, str(PROJECT / "build.py"), *arguments]
    told = os.environ | {"TERM": "dumb"}
    with subprocess.Popen(command, cwd=root, stdin=slave, stdout=slave, stderr=slave, env=told) as process:
        os.close(slave)
        raw = b""
        while True:
            try:
                raw += os.read(master, 4096)
            except OSError:
                break
            said = raw.decode(errors="ignore")
            if pending and said.endswith((": ", ":")):
                answer = pending.pop(0)
                os.write(master, f"{answer}\n".encode())
                raw += b"\x02"
        process.wait(60)
    os.close(master)
    # The terminal echoes what is typed up to the end of its line.
    typed = re.sub(r"\x02([^\r\n]*)", "\x02\\1\x03", raw.decode())
    return f"\x02$ python build.py {' '.join(arguments)}\x03\n" + typed.replace("\r\n", "\n")


def screen(browser: Browser, text: str) -> bytes:
    """A terminal as a picture."""
    page = browser.new_page(viewport={"width": 1000, "height": 700}, device_scale_factor=1.25)
    shown = html.escape(text.strip("\n")).replace("\x02", "<b>").replace("\x03", "</b>")
    page.set_content(_FRAME.format(text=shown))
    picture = page.locator("pre").screenshot()
    page.close()
    return picture


def keep(name: str, picture: bytes, width: int, height: int = 0) -> None:
    """A picture as WebP, at a width, its upper part alone where a height is told."""
    with Image.open(BytesIO(picture)) as image:
        seen = image.crop((0, 0, image.width, min(image.height, height * image.width // width))) if height else image
        size = (min(width, seen.width), seen.height * min(width, seen.width) // seen.width)
        small = seen.convert("RGB").resize(size, Image.Resampling.LANCZOS)
    for quality in range(80, 20, -5):
        out = BytesIO()
        small.save(out, "WEBP", quality=quality, method=6)
        if out.tell() <= LIMIT:
            break
    (FOLDER / f"{name}.webp").write_bytes(out.getvalue())


def main() -> None:
    """Takes every picture of the guide."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, chromium(get_browser.find() or "") as browser:
        root = small_archive(Path(folder))
        answers = ["2", "4", "银行行长下车间听意见", "2", "1、通讯员 单雄信"]
        keep("xin-jian", screen(browser, talk(root, ["new"], answers)), 900)
        told = talk(root, ["check", "--now", NOW]).replace(f" --now {NOW}", "")
        keep("jian-cha", screen(browser, told), 900)
        told = talk(root, ["mv", "4-05-wu-da-fu-wu", "jia-men", "--now", NOW]).replace(f" --now {NOW}", "")
        keep("gai-ming", screen(browser, told), 900)
        build(root)
        with serving(root / "output") as base:
            for name, seen, height in (
                ("kan-yang", Screen(1280, 900, "light"), 560),
                ("shou-ji", Screen(390, 844, "light"), 720),
            ):
                with visiting(browser, seen) as visitor:
                    page = visitor.visit(f"{base}issues/2019-07-02/4/qin-du-ping-pang/")
                    picture = page.screenshot()
                    keep(name, picture, 900 if seen.width > 1000 else 390, height)


if __name__ == "__main__":
    main()

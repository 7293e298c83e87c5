"""Photographs every kind of page of the sample archive, on a phone and a desk, light, dark and printed.

Run by `make shots`. The photographs go to shots/, one contact sheet for each width to docs/.
"""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Browser

from tests import get_browser
from tests.building import PROJECT, build, copy_of
from tests.judging import POLICY, Screen, chromium, visiting
from tests.samples import Sample, one_of_each, samples
from tests.serving import serving

SHOTS = PROJECT / "shots"
LIMIT = 600_000
"""How many bytes a contact sheet may have in the repository."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A contact sheet: the screens on it, how large and how many its tiles are, the kinds that it shows printed."""

    name: str
    screens: tuple[Screen, Screen]
    tile: tuple[int, int]
    across: int
    papers: tuple[str, ...] = ()


SHEETS = [
    Sheet("phone", (Screen(390, 844, "light"), Screen(390, 844, "dark")), (210, 560), 10),
    Sheet("desk", (Screen(1440, 900, "light"), Screen(1440, 900, "dark")), (400, 420), 6, ("article", "leaf")),
]
GROUND, INK, GAP, CAPTION = "#d8d8d8", "#111111", 14, 22


def photograph(browser: Browser, base: str, screen: Screen, chosen: list[Sample]) -> None:
    """Every sample on a screen, from top to end."""
    with visiting(browser, screen) as visitor:
        for sample in chosen:
            page = visitor.visit(base + sample.link)
            page.screenshot(path=SHOTS / f"{sample.name}-{screen}.png", full_page=True)


def print_out(browser: Browser, base: str, chosen: list[Sample]) -> None:
    """An article and a leaf on paper, and the first sheet of each as a picture."""
    with visiting(browser, Screen(1440, 900, "light")) as visitor:
        for sample in chosen:
            paper = SHOTS / f"{sample.name}-print.pdf"
            visitor.visit(base + sample.link).pdf(path=paper, format="A4")
            document = pypdfium2.PdfDocument(paper)
            document[0].render(scale=2).to_pil().save(paper.with_suffix(".png"))
            document.close()


def tiles(sheet: Sheet, chosen: list[Sample]) -> Iterator[tuple[str, Path]]:
    """Caption and photograph, light beside dark; what is printed stands at the end."""
    for sample in chosen:
        light, dark = (SHOTS / f"{sample.name}-{screen}.png" for screen in sheet.screens)
        yield f"{sample.kind}  /{sample.link}", light
        yield "", dark
    for sample in printed(sheet, chosen):
        yield f"{sample.kind}, printed", SHOTS / f"{sample.name}-print.png"


def printed(sheet: Sheet, chosen: list[Sample]) -> list[Sample]:
    """The pages that are printed for a sheet, one of each kind."""
    return [sample for sample in one_of_each(chosen) if sample.kind in sheet.papers]


def compose(sheet: Sheet, chosen: list[Sample]) -> Image.Image:
    """All tiles of a sheet on one picture."""
    placed = list(tiles(sheet, chosen))
    width, height = sheet.tile[0] + GAP, sheet.tile[1] + GAP + CAPTION
    picture = Image.new("RGB", (sheet.across * width + GAP, -(-len(placed) // sheet.across) * height + GAP), GROUND)
    draw, font = ImageDraw.Draw(picture), ImageFont.load_default(13)
    for number, (caption, path) in enumerate(placed):
        x, y = GAP + number % sheet.across * width, GAP + number // sheet.across * height
        draw.text((x, y), caption, INK, font)
        picture.paste(_tile(path, sheet.tile), (x, y + CAPTION))
    return picture


def _tile(path: Path, size: tuple[int, int]) -> Image.Image:
    """The upper part of a photograph, at the tile's width; a sheet of paper is shown whole."""
    with Image.open(path) as image:
        if path.stem.endswith("print"):
            image.thumbnail(size, Image.Resampling.LANCZOS)
            return image.convert("RGB")
        seen = min(image.height, image.width * size[1] // size[0])
        part = image.crop((0, 0, image.width, seen)).convert("RGB")
        return part.resize((size[0], seen * size[0] // image.width), Image.Resampling.LANCZOS)


def packed(picture: Image.Image) -> bytes:
    """A contact sheet as WebP, as good as the limit allows."""
    for quality in range(85, 20, -5):
        out = BytesIO()
        picture.save(out, "WEBP", quality=quality, method=6)
        if out.tell() <= LIMIT:
            break
    return out.getvalue()


def main() -> None:
    """Builds the sample archive and photographs it."""
    shutil.rmtree(SHOTS, ignore_errors=True)
    SHOTS.mkdir()
    with tempfile.TemporaryDirectory() as folder:
        root = copy_of(PROJECT, Path(folder))
        build(root)
        chosen = samples(root)
        with serving(root / "output", headers=POLICY) as base, chromium(get_browser.find() or "") as browser:
            for sheet in SHEETS:
                for screen in sheet.screens:
                    photograph(browser, base, screen, chosen)
                print_out(browser, base, printed(sheet, chosen))
    for sheet in SHEETS:
        (PROJECT / "docs" / f"shots-{sheet.name}.webp").write_bytes(packed(compose(sheet, chosen)))


if __name__ == "__main__":
    main()

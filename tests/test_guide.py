"""The editors' guide: its pictures are there and small, its cheat sheet fits on a page, its snippets are sound."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page

from gongbao.diagnostics import CODES
from gongbao.read import read_source
from tests import guide
from tests.building import PROJECT, build, small_site, write

GUIDES = ("bian-ji-shou-ce.md", "su-cha.md")


@pytest.mark.parametrize("name", GUIDES)
def test_the_pictures_are_there_and_small(name: str) -> None:
    text = (PROJECT / "docs" / name).read_text("utf-8")
    for picture in re.findall(r"!\[[^\]]+\]\((\.\.[^)]+)\)", text):
        path = PROJECT / "docs" / picture
        assert 2_000 < path.stat().st_size <= guide.LIMIT, picture
        assert path.resolve().parent == guide.FOLDER
    shown = {path.name for path in guide.FOLDER.glob("*.webp")}
    named = set(re.findall(r"([\w-]+\.webp)\)", (PROJECT / "docs" / GUIDES[0]).read_text("utf-8")))
    assert shown == named


@pytest.mark.parametrize("name", GUIDES)
def test_the_guide_is_a_page_without_a_fault(name: str) -> None:
    source = f"pages/help/{name}"
    reading = read_source(source, (PROJECT / "content" / source).read_bytes())
    assert reading.findings == ()
    assert "```" not in "".join(reading.texts)
    assert set(re.findall(r"G\d{3}", "".join(reading.texts))) <= set(CODES)


@pytest.mark.browser
def test_the_cheat_sheet_is_one_page(tmp_path: Path, serve_folder: Callable[..., str], page: Page) -> None:
    root = small_site(tmp_path)
    write(root / "content/pages/help/su-cha.md", (PROJECT / "content/pages/help/su-cha.md").read_text("utf-8"))
    shutil.copy2(PROJECT / "site.yaml", root / "site.yaml")  # the footer of a real newspaper
    build(root)
    page.goto(serve_folder(root / "output") + "help/su-cha/")
    page.pdf(path=tmp_path / "sheet.pdf", format="A4")
    document = pypdfium2.PdfDocument(tmp_path / "sheet.pdf")
    assert len(document) == 1
    document.close()


def test_the_settings_of_the_text_editor_are_sound() -> None:
    folder = PROJECT / ".vscode"
    settings = json.loads((folder / "settings.json").read_text("utf-8"))
    for schema in settings["yaml.schemas"]:
        assert (PROJECT / schema).is_file(), schema
    snippets = json.loads((folder / "gongbao.code-snippets").read_text("utf-8"))
    told = (PROJECT / "docs" / GUIDES[0]).read_text("utf-8")
    for prefix in ("wtj", "tp", "lj"):
        assert f"`{prefix}`" in told
        assert any(prefix in each["prefix"] for each in snippets.values())


def test_the_snippet_of_front_matter_reads(tmp_path: Path) -> None:
    snippets = json.loads((PROJECT / ".vscode" / "gongbao.code-snippets").read_text("utf-8"))
    text = "\n".join(snippets["文件头"]["body"])
    text = re.sub(r"\$\{\d+\|([^,|}]+)[^}]*\}", r"\1", text)
    text = re.sub(r"\$\{\d+:([^}]*)\}|\$\{\d+\}|\$0", r"\1", text).replace("省/市/县", "陕西省")
    reading = read_source("2019/2019-07-02/1-01.md", text.encode())
    assert reading.findings == (), text
    assert reading.record is not None

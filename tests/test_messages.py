"""The catalogues of messages: complete in every language, in step with the code, and with the same places to fill."""

import re
import string
from io import BytesIO
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from docs import messages
from gongbao import cli
from gongbao.cli import words
from gongbao.diagnostics import CODES

FROM_LIBRARY = {*words.LIBRARY, *(one for one, _ in words.PLURALS)}
PLACES = re.compile(r"%\(\w+\)s|\{\w+\}")


@pytest.fixture(params=messages.LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def _told(language: str) -> Catalog:
    return read_po(BytesIO(messages.po_path(language).read_bytes()), locale=language)


def _sides(message: Message) -> tuple[list[str], list[str]]:
    both = [[side] if isinstance(side, str) else list(side or ()) for side in (message.id, message.string)]
    return both[0], both[1]


def test_every_message_is_translated(language: str) -> None:
    ids = {message if isinstance(message, str) else message[0] for message, _ in messages.messages()}
    told = {_sides(message)[0][0]: message for message in _told(language) if message.id}
    assert told.keys() == ids
    for message in told.values():
        assert not message.fuzzy, message.id
        assert all(_sides(message)[1]), message.id


def test_translations_have_the_same_places(language: str) -> None:
    for message in _told(language):
        if message.id:
            ours, theirs = _sides(message)
            wanted = sorted(PLACES.findall(ours[-1]))
            for text in theirs:
                found = sorted(PLACES.findall(text))
                # The library of commands fills its places whether they are there or not.
                either = set(found) <= {place for each in ours for place in PLACES.findall(each)}
                assert either if ours[0] in FROM_LIBRARY else found == wanted, message.id


def test_the_compiled_catalogue_is_that_of_the_translations(language: str) -> None:
    path = messages.po_path(language)
    assert messages.as_po(messages.catalogue(language)) == path.read_bytes(), "run: make docs"
    assert messages.as_mo(_told(language)) == path.with_suffix(".mo").read_bytes(), "run: make docs"


def test_every_code_is_given_by_something() -> None:
    engine = [path for path in (messages.ROOT / "gongbao").rglob("*.py") if path.name != "diagnostics.py"]
    text = "".join(path.read_text("utf-8") for path in engine)
    assert [name for name in CODES if f'"{name}"' not in text] == []


def test_every_code_says_how_to_mend_it() -> None:
    for name, code in CODES.items():
        assert re.fullmatch(r"G[1-9]\d\d", name)
        assert code.message, name
        assert code.hint, name
        for text in (code.message, code.hint):
            list(string.Formatter().parse(text))


SAID = re.compile(r"--?[\w-]+|“[^”]*”|\[[a-z|]+\]|[\w./]*\w[./]\w*|<=|x<=")
NAMES = {
    "Markdown",
    "JSON",
    "json",
    "gongbao",
    "Gongbao",
    "build",
    "check",
    "explain",
    "mv",
    "new",
    "rm",
    "search",
    "serve",
    "why",
    "output",
    "content",
}
WRONG = [
    "--frob", "publish", "biuld", "--jobs 0", "--jobs x", "--executor far", "--now 很快", "--jobs", "--clean=x", "why",
    "explain", "explain G998", "explain G103 G104", "check --format xml", "--root /dev/null", "--changes .", "--help",
    "check --help", "build --help", "serve --help", "explain --help", "why --help",
]  # fmt: skip


@pytest.mark.parametrize("arguments", WRONG)
def test_no_english_leaks_into_what_the_command_says(
    arguments: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["gongbao", *arguments.split()])
    with pytest.raises(SystemExit):
        cli.main()
    told = capsys.readouterr()
    said = SAID.sub(" ", told.out + told.err)
    assert any("\u4e00" <= char <= "\u9fff" for char in said)
    assert not set("\"'") & set(said)
    assert set(re.findall(r"[A-Za-z]{2,}", said)) - NAMES - set(CODES) == set()


def test_what_the_library_says_is_what_is_translated() -> None:
    folder = Path(click.__file__).parent
    source = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    for text in (*words.LIBRARY, *(each for pair in words.PLURALS for each in pair)):
        assert text.replace("\n", "\\n").replace("\t", "\\t") in source, text

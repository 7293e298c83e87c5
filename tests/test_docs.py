"""Documents held to the code: the theme contract, the table of edits, the front matter, the command."""

import re
from pathlib import Path

from jinja2 import Environment, nodes

from docs import make
from gongbao.diagnostics import CODES
from gongbao.forms import ArticleForm, IssueForm, SiteForm, twins
from gongbao.forms.base import Form
from tests.building import PROJECT
from tests.test_cli import OPTIONS

TEMPLATES = PROJECT / "themes" / "classic" / "templates"
GUIDE = PROJECT / "docs" / "bian-ji-shou-ce.md"


def test_the_generated_documents_are_up_to_date() -> None:
    assert make.PATH.read_text("utf-8") == make.theme_variables(), "run: make docs"
    assert (PROJECT / "docs" / "architecture.md").read_text("utf-8") == make.architecture(), "run: make docs"


def test_every_field_of_a_page_is_explained() -> None:
    for name, record in make.records().items():
        if name.endswith("Page") and name != "FilePage":
            for field, _, said in make.fields(record):
                assert said, f"{name}.{field}"


def _used(folder: Path) -> set[str]:
    """Every attribute that any template asks of anything."""
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    found = set()
    for path in [*folder.glob("*.html"), *(PROJECT / "gongbao" / "templates").iterdir()]:
        tree = environment.parse(path.read_text("utf-8"))
        found |= {node.attr for node in tree.find_all(nodes.Getattr)}
        found |= {str(node.value) for node in tree.find_all(nodes.Const) if isinstance(node.value, str)}
    return found


def test_the_theme_uses_what_it_is_given() -> None:
    used = _used(TEMPLATES)
    given = {f"{name}.{field}" for name, record in make.records().items() for field, _, _ in make.fields(record)}
    assert {each for each in given if each.partition(".")[2] not in used} == UNUSED


UNUSED = {
    "FilePage.digest", "FilePage.file", "FilePage.text", "IssueView.key", "RedirectPage.former", "RegionPage.steps",
    "Site.base_url", "Site.theme_settings",
}  # fmt: skip
"""What the classic theme is given and does not show; other themes may."""


def test_templates_ask_for_nothing_that_is_not_given() -> None:
    known = {field for record in make.records().values() for field, _, _ in make.fields(record)}
    attributes = set()
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    for path in TEMPLATES.glob("*.html"):
        attributes |= {node.attr for node in environment.parse(path.read_text("utf-8")).find_all(nodes.Getattr)}
    methods = {
        "startswith",
        "get",
        "first",
        "last",
        "previtem",
        "nextitem",
        "loop",
        "index",
        "cn",
        "issn",
        "sponsor",
        "email",
        "rights",
        "icp",
        "police",
    }
    assert attributes <= known | methods


LANGUAGE = {
    "startswith", "get", "first", "last", "previtem", "nextitem", "loop", "index",
    "cn", "issn", "sponsor", "email", "rights", "icp", "police",
}  # fmt: skip
"""What the template language itself has, and the keys of publisher and footer."""


def _keys(form: type[Form]) -> set[str]:
    return {name for name in twins(form) if not name.isascii()}


def test_the_editors_guide_names_every_key() -> None:
    guide = GUIDE.read_text("utf-8")
    for form in (ArticleForm, IssueForm, SiteForm):
        for name in _keys(form):
            assert name in guide, name
    for code in re.findall(r"G\d{3}", guide):
        assert code in CODES


def test_the_readmes_name_the_commands_and_options() -> None:
    for name in ("README.md", "README.zh-CN.md"):
        text = (PROJECT / name).read_text("utf-8")
        for wanted in ("make site", "make test", "python build.py", *OPTIONS["build"]):
            assert wanted in text, (name, wanted)


def _prose(path: Path) -> str:
    return re.sub(r"```.*?```|`[^`]*`", "", path.read_text("utf-8"), flags=re.DOTALL)


def test_links_between_documents_lead_somewhere() -> None:
    for path in [*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md"), *(PROJECT / "themes").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", _prose(path)):
            assert (path.parent / target).exists(), (path.name, target)

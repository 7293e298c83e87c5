"""Law 1 as a state machine: after every edit, an incremental build equals a clean one, byte for byte, file by file."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule

from tests.building import build, differences, tree, write
from tests.scale import counts

ISSUES = ("2018-07-02", "2019-06-28", "2019-07-02", "2019-07-02-2", "2020-01")
WORDS = st.sampled_from(["甲", "乙", "**丙**", "长" * 90])
COLUMNS = st.sampled_from(["要闻", "工会动态", "没有的栏目"])
PEOPLE = st.sampled_from(["王震", "罗青禾, 王震", "{姓名: 韩雪川, 身份: 记者, 单位: 某厂}"])
REGIONS = st.sampled_from(["陕西省/西安市/莲湖区", "四川省", "全国"])
TAGS = st.sampled_from(["安全", "帮扶", "安全, 帮扶"])
PLACES = st.tuples(st.sampled_from(ISSUES), st.integers(1, 2), st.integers(1, 4))
BROKEN = "没有这样的键: 1\n"


class Newspaper(RuleBasedStateMachine):
    """A small newspaper, its sources as they are and, where one is broken just now, as they last were good."""

    articles: Bundle[str] = Bundle("articles")

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.root, self.sound = self.folder / "edited", self.folder / "sound"
        self.broken: set[str] = set()
        self._settle(
            "site.yaml", "title: 小报\nbase_url: https://paper.example\ncolumns: [要闻, 工会动态]\ntheme: plain\n"
        )
        (self.root / "content").mkdir()
        (self.sound / "content").mkdir()

    def teardown(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def _settle(self, path: str, text: str) -> None:
        write(self.root / path, text)
        if path not in self.broken:
            write(self.sound / path, text)

    def _read(self, path: str) -> str:
        return (self.root / path).read_text("utf-8")

    def _set(self, path: str, name: str, value: str) -> None:
        lines = self._read(path).split("\n")
        at = next((n for n, line in enumerate(lines) if line.startswith(f"{name}: ")), None)
        if at is None:
            lines.insert(1, f"{name}: {value}")
        else:
            lines[at] = f"{name}: {value}"
        self._settle(path, "\n".join(lines))

    @rule(target=articles, place=PLACES, word=WORDS, column=COLUMNS, author=PEOPLE, region=REGIONS, tag=TAGS)
    def add(self, place: tuple[str, int, int], word: str, column: str, author: str, region: str, tag: str) -> str:
        issue, leaf, number = place
        path = f"content/{issue[:4]}/{issue}/{leaf}-{number:02}.md"
        self.broken.discard(path)
        link = f"见[另一篇](1-01.md)和[往期](/archive/{issue[:4]}/)。"
        front = f"标题: {word.strip('*')}\n栏目: {column}\n作者: {author}\n地区: {region}\n标签: [{tag}]\n"
        self._settle(path, f"---\n{front}---\n{word}\n\n{link}\n")
        return path

    def _is_there(self, path: str) -> bool:
        return (self.root / path).exists()

    @rule(path=articles, word=WORDS)
    def edit_body(self, path: str, word: str) -> None:
        if self._is_there(path):
            self._settle(path, self._read(path) + f"\n{word}\n")

    @rule(path=articles, word=WORDS)
    def edit_title(self, path: str, word: str) -> None:
        if self._is_there(path):
            self._set(path, "标题", f"新{word.strip('*')}")

    @rule(path=articles, column=COLUMNS)
    def change_column(self, path: str, column: str) -> None:
        if self._is_there(path):
            self._set(path, "栏目", column)

    @rule(path=articles, tag=TAGS, region=REGIONS)
    def change_tag(self, path: str, tag: str, region: str) -> None:
        if self._is_there(path):
            self._set(path, "标签", f"[{tag}]")
            self._set(path, "地区", region)

    @rule(target=articles, path=consumes(articles), issue=st.sampled_from(ISSUES), number=st.integers(1, 4))
    def move(self, path: str, issue: str, number: int) -> str:
        to = f"content/{issue[:4]}/{issue}/2-{number:02}.md"
        if not self._is_there(path) or path in self.broken or self._is_there(to):
            return path
        for root in (self.root, self.sound):
            (root / to).parent.mkdir(parents=True, exist_ok=True)
            (root / path).rename(root / to)
        return to

    @rule(path=consumes(articles))
    def delete(self, path: str) -> None:
        for root in (self.root, self.sound):
            (root / path).unlink(missing_ok=True)
        self.broken.discard(path)

    @rule(path=articles)
    def break_source(self, path: str) -> None:
        if self._is_there(path) and path not in self.broken:
            self.broken.add(path)
            write(self.root / path, self._read(path).replace("---\n", f"---\n{BROKEN}", 1))

    @rule(path=articles)
    def mend_source(self, path: str) -> None:
        if self._is_there(path) and path in self.broken:
            self.broken.discard(path)
            self._settle(path, self._read(path).replace(BROKEN, ""))

    @rule(theme=st.sampled_from(["plain", "classic"]))
    def retheme(self, theme: str) -> None:
        self._set("site.yaml", "theme", theme)

    @rule(columns=st.sampled_from(["[要闻]", "[要闻, 工会动态]", "[{name: 要闻, slug: yw}]"]))
    def change_settings(self, columns: str) -> None:
        self._set("site.yaml", "columns", columns)

    @rule(issue=st.sampled_from(ISSUES), number=st.integers(1, 3), name=st.sampled_from(["要闻", "综合"]))
    def change_issue(self, issue: str, number: int, name: str) -> None:
        text = f"期号: {number}\n版面:\n  - 版次: {number}\n    版名: {name}\n"
        self._settle(f"content/{issue[:4]}/{issue}/issue.yaml", text)

    @invariant()
    def equals_a_clean_build(self) -> None:
        if not hasattr(self, "root"):
            return
        build(self.root)
        for made in ("output", ".gongbao"):
            shutil.rmtree(self.sound / made, ignore_errors=True)
        build(self.sound)
        assert differences(tree(self.root / "output"), tree(self.sound / "output")) == []


TestNewspaper = Newspaper.TestCase
TestNewspaper.settings = settings(
    max_examples=counts(4, 100),
    stateful_step_count=12,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)

"""Every article that has the words, and no other: plain search of all texts is the truth, SQL that of filters."""

import random
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks.archive import write_archive
from gongbao.catalogue import Reader
from gongbao.search import groups
from gongbao.search.fold import fold
from gongbao.search.groups import Shape
from gongbao.search.language import Query, Text, parse
from gongbao.search.query import ask
from gongbao.search.reading import Index
from gongbao.search.show import SURE, show, written_passages
from tests.building import PROJECT, build, copy_of
from tests.scale import counts

CASES = (Path(__file__).parent / "cases" / "search" / "truth.txt").read_text("utf-8").splitlines()
QUERIES = [line for line in CASES if not line.startswith("# ")]
ARTICLES, PIECES = counts(150, 10_000), counts(60, 400)


@dataclass(frozen=True, slots=True)
class Archive:
    """A built site, its index, and the folded passages of all articles by address, oldest first."""

    root: Path
    reader: Reader
    index: Index
    passages: dict[str, list[str]]

    def truth(self, words: str) -> set[str]:
        """Every article in which the words stand."""
        folded = fold(words).strip()
        return {address for address, texts in self.passages.items() if any(folded in text for text in texts)}

    def asked(self, query: Query, sort: str = "new") -> tuple[list[str], bool]:
        """The addresses of all hits, and whether the candidates were no more."""
        found = ask(self.index, query, sort)
        cards = [(at, doc, self.index.card(self.index.segments[at], doc).address) for at, doc in found.docs]
        hits = [address for at, doc, address in cards if found.holds(at, doc, self.passages[address])]
        return hits, len(hits) == len(cards) or not found.exact

    def select(self, where: str) -> list[str]:
        """The addresses of articles, oldest first."""
        with closing(sqlite3.connect(self.root / ".gongbao" / "catalogue.db")) as db:
            sql = f"SELECT address FROM articles a WHERE {where} ORDER BY issue, leaf_sort, ord, source"
            return [address for (address,) in db.execute(sql)]


def _archive(root: Path) -> Archive:
    build(root, jobs=2)
    reader = Reader(root / ".gongbao" / "catalogue.db")
    addresses = [str(address) for (address,) in reader.rows("SELECT address FROM articles")]
    passages = {address: [fold(each) for each in written_passages(reader, address)] for address in addresses}
    return Archive(root, reader, Index(root / "output"), passages)


@pytest.fixture(scope="module", params=["sample", "benchmark"])
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    root = tmp_path_factory.mktemp("archive") / "site"
    with pytest.MonkeyPatch.context() as patch:
        # Several segments, the older ones with lists of files, as a large archive has.
        patch.setattr(groups, "FULL", max(40, ARTICLES // 3))
        patch.setattr(groups, "LARGE", max(40, ARTICLES // 3))
        patch.setattr(groups, "LARGE_SHAPE", Shape(2000, 4, 8))
        if request.param == "sample":
            return _archive(copy_of(PROJECT, root))
        write_archive(root, ARTICLES, wide=True)
        settings = root / "site.yaml"
        settings.write_text(settings.read_text("utf-8") + "theme: plain\n", "utf-8")
        return _archive(root)


def _phrase(words: str) -> Query:
    return Query(((Text(fold(words).strip()),),), ())


def test_there_are_many_queries() -> None:
    assert len(QUERIES) >= 200


def test_words_find_every_article_that_has_them_and_no_other(archive: Archive) -> None:
    for words in QUERIES:
        hits, honest = archive.asked(_phrase(words))
        assert set(hits) == archive.truth(words), words
        assert len(hits) == len(set(hits))
        assert honest, words


def test_any_piece_of_a_text_is_found(archive: Archive) -> None:
    chance = random.Random(20261125)
    texts = [text for passages in archive.passages.values() for text in passages if text.strip()]
    for _ in range(PIECES):
        text = chance.choice(texts)
        start = chance.randrange(len(text))
        piece = text[start : start + chance.choice((1, 2, 3, 5, 8, 13, 40))].strip()
        if piece:
            hits, honest = archive.asked(Query(((Text(piece),),), ()))
            assert set(hits) == archive.truth(piece), piece
            assert honest, piece


def test_words_together_apart_and_either(archive: Archive) -> None:
    every = set(archive.passages)
    for one, other in zip(QUERIES[::3], QUERIES[1::3], strict=False):
        a, b = archive.truth(one), archive.truth(other)
        first, second = _phrase(one).groups[0], _phrase(other).groups[0]
        assert set(archive.asked(Query((first, second), ()))[0]) == a & b, (one, other)
        assert set(archive.asked(Query((first + second,), ()))[0]) == a | b, (one, other)
        assert set(archive.asked(Query((first,), second))[0]) == a - b, (one, other)
        assert set(archive.asked(Query((), first))[0]) == every - a, one


MEMBER = "EXISTS (SELECT 1 FROM memberships m WHERE m.source = a.source AND m.subject = '{}')"
FILTERS = [
    ("column:要闻", "column = '要闻'"),
    ("-栏目:要闻", "column <> '要闻'"),
    ("版:1", "leaf = '1'"),
    ("region:陕西省", MEMBER.format("region:shaanxi")),
    ("地区：西安市", MEMBER.format("region:shaanxi/xi-an")),
    ("地区：陕西省/西安市", MEMBER.format("region:shaanxi/xi-an")),
    ("作者:王震", MEMBER.format("author:王震")),
    ("标签:农民工", MEMBER.format("tag:农民工")),
    ("date:2019", "issue >= '2019' AND issue < '2020'"),
    ("date:1950..1950-06", "issue >= '1950' AND issue < '1950-07'"),
    ("日期：2019-07-02", "issue >= '2019-07-02' AND issue < '2019-07-02~'"),
    ("日期：2018年4月..2019-07-02", "issue >= '2018-04' AND issue < '2019-07-02~'"),
    ("date:..1989-07-25", "issue < '1989-07-25~'"),
    ("-date:2019..", "issue < '2019'"),
    ("column:要闻 OR column:工会动态 版:1", "column IN ('要闻', '工会动态') AND leaf = '1'"),
]


@pytest.mark.parametrize(("query", "where"), FILTERS)
def test_filters_and_sorting_are_those_of_the_catalogue(archive: Archive, query: str, where: str) -> None:
    for sort in ("old", "new"):
        hits, honest = archive.asked(parse(query), sort)
        assert honest
        assert (hits if sort == "old" else hits[::-1]) == archive.select(where)


def test_what_has_pictures_is_what_shows_them(archive: Archive) -> None:
    hits, _ = archive.asked(parse("photo:yes"), "old")
    assert hits == archive.select("CAST(card AS TEXT) NOT LIKE '%\"picture\":null%'")
    assert sorted(hits + archive.asked(parse("图片:无"))[0]) == sorted(archive.passages)


def test_what_is_shown_is_right_and_marked(archive: Archive) -> None:
    for words in ("工会", "7.26亿", "勞動", "《", "安全 职工"):
        query = parse(words)
        shown = show(archive.index, archive.reader, query, "best", 5)
        truth = set.intersection(*(archive.truth(atom) for atom in query.words))
        found = ask(archive.index, query)
        sure = found.exact or len(found.docs) <= SURE  # of more it is told that they are candidates
        assert (shown.total, shown.about) == (len(truth) if sure else len(found.docs), not sure), words
        for hit in shown.hits:
            assert hit.card.address in truth
            marked = [fold(hit.passage[start:end]) for start, end in hit.marks]
            assert all(any(word in mark for word in query.words) for mark in marked), hit
            assert marked or not archive.passages, hit


def test_the_best_come_first(archive: Archive) -> None:
    found = ask(archive.index, parse("工会"), "best")
    cards = [archive.index.card(archive.index.segments[at], doc) for at, doc in found.docs]
    dates = [card.date for card in cards if "工会" in card.title]
    assert dates == sorted(dates, reverse=True)

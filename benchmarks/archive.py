"""An invented archive of any size, the same for the same size: years of issues, leaves and articles."""

import random
from datetime import date, timedelta
from pathlib import Path

COLUMNS = ["要闻", "工会动态", "职工之声", "他山之石", "工报时评", "图片新闻"]
REGIONS = ["陕西省/西安市/莲湖区", "四川省/成都市", "商洛市", "广东省", "上海市", "河南省/郑州市"]
WORDS = [
    "工会",
    "职工",
    "班组",
    "车间",
    "劳模",
    "安全",
    "生产",
    "技能",
    "比赛",
    "慰问",
    "困难",
    "帮扶",
    "维权",
    "合同",
    "工资",
    "协商",
    "服务",
    "站点",
    "学习",
    "培训",
    "群众",
    "干部",
    "企业",
    "代表",
    "大会",
]
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀英华"


def write_archive(root: Path, articles: int) -> None:
    """A site of `articles` articles at `root`: 4 leaves an issue, 5 articles a leaf, an issue every third day."""
    chance = random.Random(articles)
    root.mkdir(parents=True)
    columns = "[" + ", ".join(COLUMNS) + "]"
    root.joinpath("site.yaml").write_text(
        f"title: 试验工报\nbase_url: https://bench.example\ncolumns: {columns}\n", "utf-8"
    )
    day = date(1950, 2, 7)
    for number in range(articles):
        if number % 20 == 0:
            day += timedelta(days=3)
            folder = root / "content" / str(day.year) / day.isoformat()
            folder.mkdir(parents=True)
            folder.joinpath("issue.yaml").write_text(f"期号: {number // 20 + 1}\n", "utf-8")
        leaf, order = number % 20 // 5 + 1, number % 5 + 1
        folder.joinpath(f"{leaf}-{order:02}.md").write_text(_article(chance), "utf-8")


def _article(chance: random.Random) -> str:
    author = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=2))
    body = "\n\n".join(_sentence(chance, chance.randrange(30, 90)) for _ in range(chance.randrange(3, 9)))
    return (
        f"---\n标题: {_sentence(chance, 6)[:-1]}\n栏目: {chance.choice(COLUMNS)}\n作者: {author}\n"
        f"地区: {chance.choice(REGIONS)}\n标签: [{chance.choice(WORDS)}, {chance.choice(WORDS)}]\n---\n{body}\n"
    )


def _sentence(chance: random.Random, words: int) -> str:
    return "".join(chance.choices(WORDS, k=words)) + "。"

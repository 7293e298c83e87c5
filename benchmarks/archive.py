"""An invented archive of any size, the same for the same size: a newspaper's years of issues, leaves and articles.

Its measures are a real newspaper's: half the articles have fewer than some 420 characters and a tenth more than 1,000;
few authors write much and many write once; an issue has four leaves.
"""

import math
import random
from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from io import BytesIO
from itertools import accumulate, product
from pathlib import Path

from PIL import Image

from benchmarks import words

COLUMNS = ["要闻", "工会动态", "职工之声", "他山之石", "工报时评", "劳动者风采", "法律顾问", "图片新闻"]
PROVINCES = [
    "陕西省", "北京市", "河北省", "山西省", "辽宁省", "黑龙江省", "上海市", "江苏省", "浙江省", "安徽省", "江西省",
    "山东省", "河南省", "湖北省", "湖南省", "广东省", "四川省", "贵州省", "云南省", "甘肃省",
]  # fmt: skip
CITIES = [
    "陕西省/西安市", "陕西省/宝鸡市", "陕西省/咸阳市", "陕西省/铜川市", "陕西省/延安市", "四川省/成都市",
    "河南省/郑州市", "河南省/洛阳市", "广东省/广州市", "湖北省/武汉市", "江苏省/南京市", "辽宁省/沈阳市",
]  # fmt: skip
TAGS = [
    "安全生产", "劳动竞赛", "劳模", "工匠", "技能培训", "集体协商", "工资支付", "劳动合同", "困难帮扶", "金秋助学",
    "送清凉", "送温暖", "农民工", "女工", "职工书屋", "普惠服务", "户外劳动者驿站", "厂务公开", "职代会", "法律援助",
    "工伤", "劳保", "班组建设", "师徒结对", "合理化建议", "文体活动", "职工疗养", "基层建会", "爱心驿站", "先进集体",
]  # fmt: skip
KINDS = ["消息", "通讯", "评论", "图片新闻", "来信", "简讯"]
PEOPLE = 3000

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔向汤"
)
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红春梅建国文志海波宁云飞鹏浩宇晨光辉永庆福林山峰松柏青"
    "树生根长安康乐新民东南西北中学思远达成功德仁义礼智信宝贵金银铁钢石川江河湖雪冰月星晓天雨霖"
)
_WHO = [
    ("工会", "gong-hui"), ("职工", "zhi-gong"), ("班组", "ban-zu"), ("车间", "che-jian"), ("劳模", "lao-mo"),
    ("青工", "qing-gong"), ("矿工", "kuang-gong"), ("纺织厂", "fang-zhi-chang"), ("铁路局", "tie-lu-ju"),
    ("电厂", "dian-chang"), ("建筑公司", "jian-zhu-gong-si"), ("环卫所", "huan-wei-suo"), ("女工", "nü-gong"),
    ("老师傅", "lao-shi-fu"), ("技术员", "ji-shu-yuan"), ("代表们", "dai-biao-men"), ("干部", "gan-bu"),
]  # fmt: skip
_HOW = [
    ("积极", "ji-ji"), ("带头", "dai-tou"), ("认真", "ren-zhen"), ("连续三年", "lian-xu-san-nian"),
    ("主动", "zhu-dong"), ("全面", "quan-mian"), ("深入基层", "shen-ru-ji-ceng"), ("共同", "gong-tong"),
    ("及时", "ji-shi"), ("坚持", "jian-chi"), ("首次", "shou-ci"), ("就近", "jiu-jin"),
]  # fmt: skip
_DOES = [
    ("开展", "kai-zhan"), ("推进", "tui-jin"), ("完成", "wan-cheng"), ("讨论", "tao-lun"), ("改进", "gai-jin"),
    ("举办", "ju-ban"), ("建立", "jian-li"), ("检查", "jian-cha"), ("落实", "luo-shi"), ("学习", "xue-xi"),
    ("试行", "shi-xing"), ("总结", "zong-jie"), ("宣传", "xuan-chuan"), ("保障", "bao-zhang"),
]  # fmt: skip
_WHAT = [
    ("安全检查", "an-quan-jian-cha"), ("技能比赛", "ji-neng-bi-sai"), ("集体合同", "ji-ti-he-tong"),
    ("工资协商", "gong-zi-xie-shang"), ("慰问活动", "wei-wen-huo-dong"), ("帮扶办法", "bang-fu-ban-fa"),
    ("生产计划", "sheng-chan-ji-hua"), ("培训班", "pei-xun-ban"), ("服务站点", "fu-wu-zhan-dian"),
    ("先进经验", "xian-jin-jing-yan"), ("职工书屋", "zhi-gong-shu-wu"), ("降温措施", "jiang-wen-cuo-shi"),
    ("操作规程", "cao-zuo-gui-cheng"), ("文体活动", "wen-ti-huo-dong"), ("夜校课程", "ye-xiao-ke-cheng"),
    ("困难补助", "kun-nan-bu-zhu"), ("厂务公开", "chang-wu-gong-kai"), ("设备检修", "she-bei-jian-xiu"),
]  # fmt: skip
_LEADS = [
    "据了解，", "记者在现场看到，", "几年来，", "今年以来，", "与此同时，", "大家说，", "会议要求，", "在车间里，",
    "到上月底，", "为此，", "从那以后，", "一位老工人告诉记者，", "", "", "", "",
]  # fmt: skip
_LINKS = ["，", "，并且", "，", "，为的是", "；", "，还"]

_FIRST = date(1950, 2, 7)
_DAYS = (date(2026, 11, 24) - _FIRST).days
_ISSUE = 14  # articles
_LEAVES = (4, 8, 11)  # how many articles stand on the leaves before the second, third and fourth
_MEDIAN, _SPREAD = (
    395,
    0.677,
)  # characters, before the last sentence goes over; ln(1000 / 420) / 0.677 leaves a tenth above 1,000
_SPECIAL = 0.15  # of the articles have more than paragraphs
_TARGETS = 400  # newest articles that a link may lead to


@dataclass(slots=True)
class _Paper:
    """What is being written: chance, the folder of the issue, and articles that links may lead to."""

    chance: random.Random
    content: Path
    sentences: Callable[[random.Random, int], Iterator[str]]
    day: date = _FIRST
    targets: list[str] = field(default_factory=list)

    @property
    def folder(self) -> str:
        """The issue's folder below content/."""
        return f"{self.day.year}/{self.day.isoformat()}"


def write_archive(root: Path, articles: int, wide: bool = False) -> None:
    """A site of `articles` articles at `root`: weekly from 1950, oftener where that would lead beyond today. Its words
    are few, or `wide`: as many as a newspaper's."""
    paper = _Paper(random.Random(articles), root / "content", words.sentences if wide else _sentences)
    root.mkdir(parents=True)
    columns = "[" + ", ".join(COLUMNS) + "]"
    root.joinpath("site.yaml").write_text(
        f"title: 试验工报\nbase_url: https://bench.example\ncolumns: {columns}\n", "utf-8"
    )
    size = max(_ISSUE, math.ceil(articles / _DAYS))
    issues = math.ceil(articles / size)
    step = max(1, min(7, _DAYS // max(1, issues)))
    for number in range(issues):
        _write_issue(paper, number + 1, min(size, articles - number * size))
        paper.day += timedelta(days=step)


def _write_issue(paper: _Paper, number: int, articles: int) -> None:
    folder = paper.content / paper.folder
    folder.mkdir(parents=True)
    folder.joinpath("issue.yaml").write_text(f"期号: {number}\n", "utf-8")
    used: set[str] = set()
    for at in range(articles):
        leaf = bisect(_LEAVES, at % _ISSUE) + 1
        title, slug = _unused(paper.chance, used, leaf)
        name = f"{leaf}-{at + 1:02}-{slug}.md"
        folder.joinpath(name).write_text(_article(paper, title), "utf-8")
        paper.targets = [*paper.targets[1 - _TARGETS :], f"{paper.folder}/{name}"]


def _unused(chance: random.Random, used: set[str], leaf: int) -> tuple[str, str]:
    """A headline and its slug that no article of the leaf has."""
    while True:
        words = [chance.choice(each) for each in (_WHO, _HOW, _DOES, _WHAT)]
        slug = "-".join(spoken for _, spoken in words).replace("ü", "v")
        if f"{leaf} {slug}" not in used:
            used.add(f"{leaf} {slug}")
            return "".join(word for word, _ in words), slug


def _article(paper: _Paper, title: str) -> str:
    chance = paper.chance
    authors = ", ".join(_authors(chance))
    tags = ", ".join(dict.fromkeys(chance.choices(TAGS, k=chance.choice((1, 2, 2, 3)))))
    blocks = _paragraphs(paper)
    photo = ""
    if chance.random() < _SPECIAL:
        photo = _special(paper, blocks)
    return (
        f"---\n标题: {title}\n栏目: {chance.choice(COLUMNS)}\n作者: [{authors}]\n地区: {_region(chance)}\n"
        f"体裁: {chance.choice(KINDS)}\n标签: [{tags}]\n{photo}---\n" + "\n\n".join(blocks) + "\n"
    )


def _authors(chance: random.Random) -> list[str]:
    names, weights = _people()
    many = 1 + (chance.random() < 0.16) + (chance.random() < 0.04)
    return list(dict.fromkeys(chance.choices(names, cum_weights=weights, k=many)))


def _region(chance: random.Random) -> str:
    """The paper's own province as often as all others."""
    home = [each for each in PROVINCES + CITIES if each.startswith(PROVINCES[0])]
    return chance.choice(home if chance.random() < 0.5 else PROVINCES + CITIES)


@cache
def _people() -> tuple[Sequence[str], Sequence[float]]:
    """Names, and weights added up: the first write most, as in every newspaper."""
    chance = random.Random(PEOPLE)
    given = [*_GIVEN, *("".join(pair) for pair in product(_GIVEN, _GIVEN))]
    weights = list(accumulate(1 / rank for rank in range(1, len(_SURNAMES) + 1)))
    names: dict[str, None] = {}
    while len(names) < PEOPLE:
        surname = chance.choices(_SURNAMES, cum_weights=weights)[0]
        names[surname + (chance.choice(_GIVEN) if chance.random() < 0.2 else chance.choice(given))] = None
    return list(names), list(accumulate(1 / (rank + 8) for rank in range(PEOPLE)))


def _paragraphs(paper: _Paper) -> list[str]:
    """Paragraphs of a text as long as a newspaper's."""
    chance = paper.chance
    wanted = min(8000, max(60, round(chance.lognormvariate(math.log(_MEDIAN), _SPREAD))))
    found, length = [], 0
    while length < wanted:
        paragraph = "".join(paper.sentences(chance, min(chance.randrange(60, 180), wanted - length)))
        found.append(paragraph)
        length += len(paragraph)
    return found


def _sentences(chance: random.Random, length: int) -> Iterator[str]:
    """Sentences until `length` characters are written."""
    while length > 0:
        clauses = chance.choice((1, 2, 2, 3))
        parts = [chance.choice(_LEADS), chance.choice(_WHO)[0], _clause(chance)]
        for _ in range(clauses - 1):
            parts += [chance.choice(_LINKS), _clause(chance)]
        sentence = "".join(parts) + "。"
        length -= len(sentence)
        yield sentence


def _clause(chance: random.Random) -> str:
    number = f"{chance.randrange(2, 90)}次" if chance.random() < 0.2 else ""
    return chance.choice(_HOW)[0] + chance.choice(_DOES)[0] + number + chance.choice(_WHAT)[0]


# What some articles have besides paragraphs


def _special(paper: _Paper, blocks: list[str]) -> str:
    """Puts bold words, a link, a table or a list into a text, or returns the line of a photo for the front matter."""
    chance = paper.chance
    at = chance.randrange(len(blocks))
    match chance.randrange(5):
        case 0:
            blocks[at] = f"{chance.choice(_WHO)[0]}的**{chance.choice(_WHAT)[0]}**受到欢迎。{blocks[at]}"
        case 1 if paper.targets:
            blocks[at] += f"此事详见[前文报道]({_path(paper)})。"
        case 2:
            blocks.insert(at, "\n".join(["| 单位 | 人数 |", "| --- | --- |", *_rows(chance)]))
        case 3:
            blocks.insert(at, "\n".join(f"- {_clause(chance)}；" for _ in range(chance.randrange(3, 7))))
        case _:
            return _photo(paper)
    return ""


def _rows(chance: random.Random) -> list[str]:
    return [f"| {chance.choice(_WHO)[0]} | {chance.randrange(10, 999)} |" for _ in range(chance.randrange(3, 9))]


def _path(paper: _Paper) -> str:
    """An older article as seen from the issue's folder."""
    return "../../" + paper.chance.choice(paper.targets)


def _photo(paper: _Paper) -> str:
    number = paper.chance.randrange(len(_pictures()))
    folder = paper.content / paper.folder
    folder.joinpath(f"tu-{number}.png").write_bytes(_pictures()[number])
    return f"图片: [{{文件: tu-{number}.png, 说明: 图为{paper.chance.choice(_WHAT)[0]}现场}}]\n"


@cache
def _pictures() -> list[bytes]:
    """A handful of tiny pictures."""
    found = []
    for number in range(5):
        file = BytesIO()
        Image.new("L", (48 + 8 * number, 32), 40 * number + 20).save(file, "PNG")
        found.append(file.getvalue())
    return found

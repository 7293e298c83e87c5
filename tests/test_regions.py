"""Regions: what editors write, and that the committed table keeps its promises."""

import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import TypedDict

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gongbao.model import Place
from gongbao.regions import Region, Resolution, place, regions, resolve


class Case(TypedDict, total=False):
    text: str
    year: int
    place: str
    candidates: list[str]
    suggestions: list[str]


CASES: list[Case] = yaml.safe_load((Path(__file__).parent / "cases" / "regions.yaml").read_text(encoding="utf-8"))

PROVINCES = {
    "beijing", "tianjin", "hebei", "shanxi", "neimenggu", "liaoning", "jilin", "heilongjiang", "shanghai", "jiangsu",
    "zhejiang", "anhui", "fujian", "jiangxi", "shandong", "henan", "hubei", "hunan", "guangdong", "guangxi", "hainan",
    "chongqing", "sichuan", "guizhou", "yunnan", "xizang", "shaanxi", "gansu", "qinghai", "ningxia", "xinjiang",
    "taiwan", "hongkong", "macau",
}  # fmt: skip

HARD_READINGS = {
    "山东省/菏泽市/单县": "shan-xian",
    "安徽省/六安市": "lu-an",
    "浙江省/台州市": "tai-zhou",
    "浙江省/丽水市": "li-shui",
    "福建省/厦门市": "xia-men",
    "江西省/上饶市/铅山县": "yan-shan",
    "广东省/广州市/番禺区": "pan-yu",
    "河南省/鹤壁市/浚县": "xun-xian",
    "安徽省/亳州市/涡阳县": "guo-yang",
    "安徽省/黄山市/歙县": "she-xian",
    "浙江省/温州市/乐清市": "yue-qing",
    "山东省/德州市/乐陵市": "lao-ling",
    "河北省/唐山市/乐亭县": "lao-ting",
    "四川省/乐山市": "le-shan",
    "山西省/长治市/长子县": "zhang-zi",
    "山西省/长治市": "chang-zhi",
    "山西省/临汾市/洪洞县": "hong-tong",
    "河北省/廊坊市/大城县": "dai-cheng",
    "河北省/张家口市/蔚县": "yu-xian",
    "新疆维吾尔自治区/巴音郭楞蒙古自治州/尉犁县": "yu-li",
    "河南省/开封市/尉氏县": "wei-shi",
    "上海市/闵行区": "min-hang",
    "内蒙古自治区/锡林郭勒盟": "xi-lin-guo-le",
    "内蒙古自治区/呼伦贝尔市/扎赉诺尔区": "zha-lai-nuo-er",
    "内蒙古自治区/赤峰市/克什克腾旗": "ke-shi-ke-teng",
    "四川省/德阳市/什邡市": "shi-fang",
    "新疆维吾尔自治区/阿勒泰地区": "a-le-tai",
    "福建省/福州市/马尾区": "ma-wei",
    "广西壮族自治区/梧州市/龙圩区": "long-xu",
    "广西壮族自治区/百色市": "bai-se",
    "四川省/成都市": "cheng-du",
    "江西省/吉安市/新干县": "xin-gan",
    "甘肃省/陇南市/宕昌县": "tan-chang",
    "青海省/玉树藏族自治州/称多县": "chen-duo",
    "江苏省/淮安市/盱眙县": "xu-yi",
    "陕西省/商洛市/柞水县": "zha-shui",
    "陕西省/榆林市/吴堡县": "wu-bu",
    "陕西省/西安市/鄠邑区": "hu-yi",
    "陕西省/渭南市/白水县": "bai-shui",
    "陕西省/咸阳市/乾县": "qian-xian",
    "河南省/漯河市/召陵区": "shao-ling",
    "山西省/太原市/万柏林区": "wan-bai-lin",
    "陕西省/汉中市/佛坪县": "fo-ping",
    "山东省/聊城市/莘县": "shen-xian",
    "天津市/宝坻区": "bao-di",
    "广东省/梅州市/大埔县": "da-bu",
    "广东省/广州市/黄埔区": "huang-pu",
    "新疆维吾尔自治区/伊犁哈萨克自治州/伊宁县": "yi-ning-xian",
    "江西省/赣州市/宁都县": "ning-du",
}

rows = st.sampled_from(regions())


def path(found: Place) -> str:
    return "/".join(found.names)


def address(found: Place) -> str:
    return "/".join(found.slugs)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['text']}-{case.get('year', '')}")
def test_what_editors_write(case: Case) -> None:
    found = resolve(case["text"], case.get("year"))
    assert (address(found.place) if found.place else None) == case.get("place")
    assert [path(candidate) for candidate in found.candidates] == case.get("candidates", [])
    if "place" not in case:
        assert list(found.suggestions) == case.get("suggestions", [])


def test_every_row_is_found_by_its_full_path() -> None:
    for row in regions():
        for year in {None, row.since, row.until}:
            assert resolve(path(place(row)), year) == Resolution(place(row)), (row, year)


@given(rows, st.sampled_from(["", "/", "／", "　"]))
def test_a_path_may_be_written_with_and_without_slashes(row: Region, glue: str) -> None:
    found = resolve(glue.join(place(row).names), row.until)
    assert place(row) in (found.place, *found.candidates)


@given(st.text() | st.text("陕西省市县区/莲湖鼓楼长安重庆全国 ", max_size=40), st.none() | st.integers())
def test_no_text_raises(text: str, year: int | None) -> None:
    found = resolve(text, year)
    assert not (found.place and found.candidates)
    assert len(found.candidates) != 1
    assert len(found.suggestions) <= 3
    assert not (found.suggestions and (found.place or found.candidates))


@pytest.mark.parametrize("text", ["陕" * 10_000, "/" * 10_000, "西安" * 5_000, "\udc80\x00", "陕西省/" * 20])
def test_long_and_odd_texts_name_nothing(text: str) -> None:
    assert resolve(text).place is None


def test_parents_exist_and_lead_to_a_province() -> None:
    codes = {row.code: row for row in regions()}
    assert len(codes) == len(regions())
    for row in regions():
        assert not row.parent or codes[row.parent].level < row.level
        assert 1 <= len(place(row).names) <= 3


RENAMED = {"hebei/han-dan/qiu-xian": {"邱县", "丘县"}, "shaanxi/yan-an/wu-qi": {"吴起", "吴旗"}}
"""Places whose name is written otherwise today; each is one place."""


def test_each_address_is_one_place_through_the_years() -> None:
    called: defaultdict[str, set[str]] = defaultdict(set)
    today = Counter(address(place(row)) for row in regions() if row.until is None)
    for row in regions():
        called[address(place(row))].add(row.short)
    assert {where: names for where, names in called.items() if len(names) > 1} == RENAMED
    assert [where for where, times in today.items() if times > 1] == []
    assert len({place(row).names for row in regions()}) == len(regions())
    assert all({"/".join(place(row).slugs[:depth]) for depth in (1, 2, 3)} <= called.keys() for row in regions())


def test_slugs_are_small_letters_digits_and_hyphens() -> None:
    assert [row for row in regions() if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row.slug)] == []


def test_no_region_is_called_after_a_heading_of_the_lists() -> None:
    headings = re.compile("^(市辖区|县|市|.*直辖.*)$")
    assert [row for row in regions() if headings.match(row.name)] == []
    assert [row for row in regions() if len(row.short) < 2 or not row.name.startswith(row.short)] == []


def test_years_run_forward() -> None:
    assert [row for row in regions() if row.since and row.until and row.since > row.until] == []


def test_all_provinces_of_today() -> None:
    assert {row.slug for row in regions() if row.level == 1 and row.until is None} == PROVINCES


def test_how_many_regions_there_are_today() -> None:
    levels = Counter(row.level for row in regions() if row.until is None)
    assert levels[1] == 34
    assert 330 <= levels[2] <= 340
    assert 2840 <= levels[3] <= 3000


@pytest.mark.parametrize(("written", "slug"), HARD_READINGS.items())
def test_hard_readings(written: str, slug: str) -> None:
    found = resolve(written).place
    assert found
    assert (path(found), found.slugs[-1]) == (written, slug)

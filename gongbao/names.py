"""People named in one line: where one name ends and the next begins."""

import re
from functools import lru_cache

from gongbao.text import HAN, person_name

_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪"
    "范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪"
    "庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶"
    "解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎"
    "甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉"
)
_DOUBLE = frozenset(
    {"欧阳", "司马", "上官", "诸葛", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "令狐", "长孙", "宇文", "司徒", "端木"}
)
_HAN_WORD = re.compile(rf"[{HAN}]+")

_JOINED = re.compile(r"[、，,;；﹑､/／|｜]")

_AROUND = frozenset({"【】", "〔〕", "［］", "“”", '""', "''", "‘’"})
_UNIT = re.compile(
    r".*(?:[部厂会局社处科室站所院校队组委办团段矿行报网台]|中心|公司|集团|学校|大学|中学|小学|街道|机关)"
)
_REGION = "省市县区旗州乡镇村"


def parted(text: str, separators: re.Pattern[str] = _JOINED) -> list[str]:
    """The texts between the signs that part names."""
    if text.isalnum():
        return [text]
    bare = text.strip()
    if bare[:1] + bare[-1:] in _AROUND:
        bare = bare[1:-1]
    return [part.strip() for part in separators.split(bare) if part.strip()]


def is_person(word: str) -> bool:
    """Whether a word is a surname that is known and a given name."""
    twice = len(word) == 4 and word[0] in _SURNAMES and word[1] in _SURNAMES
    return bool(_HAN_WORD.fullmatch(word)) and (_is_whole(word) or twice)


def is_unit(word: str) -> bool:
    """Whether a word names a unit: 宣教部, 渭川机床厂工会."""
    return len(word) > 2 and bool(_UNIT.fullmatch(word)) and not is_person(word)


@lru_cache(1024)
def split_names(words: tuple[str, ...]) -> list[str] | None:
    """The names that these words make up: 王震 李强 is two, 王 震 one; None where more than one reading is possible."""
    if len(words) == 1 or not all(_HAN_WORD.fullmatch(word) for word in words) or len(words) > 24:
        return [person_name(" ".join(words))]
    readings = _readings(words)
    if len(readings) == 1:
        return list(readings[0])
    return None if readings or _may_be_several(words) else ["".join(words)]


def _readings(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """At most two ways to read the words as names."""
    ways: list[list[tuple[str, ...]]] = [[()], *([] for _ in words)]
    for end in range(1, len(words) + 1):
        for start in range(max(0, end - 3), end):
            if ways[start] and _is_name(words[start:end]):
                ways[end] += [(*before, "".join(words[start:end])) for before in ways[start]]
        ways[end] = ways[end][:2]
    return ways[-1]


def _is_name(words: tuple[str, ...]) -> bool:
    first, rest = words[0], words[1:]
    if not rest:
        return _is_whole(first)
    given = sum(map(len, rest))
    begins = first in _DOUBLE or (len(first) == 1 and first in _SURNAMES)
    return begins and given <= 2 and (len(rest) == 1 or given == len(rest))


def _is_whole(word: str) -> bool:
    """Whether a word is surname and given name."""
    if word[:2] in _DOUBLE:
        return 3 <= len(word) <= 4
    return 2 <= len(word) <= 3 and word[0] in _SURNAMES


def _may_be_several(words: tuple[str, ...]) -> bool:
    if any(is_person(word) and word[-1] not in _REGION for word in words):
        return True
    if _UNIT.fullmatch(words[-1]):
        return False
    return sum(len(word) >= 2 for word in words) >= 2 and all(len(word) <= 6 for word in words)

"""A byline as it was typed: who is named in it, as what, and of which unit."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from gongbao.names import is_person, is_unit, parted, split_names
from gongbao.text import HAN, nfc, person_name

_BEFORE = (
    rf"(?:本报|本刊|本社|本网|本台|[{HAN}]{{1,6}}?[报社网台])?(?:驻[{HAN}]{{1,4}}?)?"
    r"(?:特约|见习|实习|首席|资深|高级|特派|随军|摄影|文字)*"
)
_ROLES = "特约撰稿人|特约撰稿|评论员|通讯员|实习生|撰稿人|记者|撰稿"
_CREDITS = (
    "摄影报道|图文|文图|文摄|图片|文字|视频|采写|采访|报道|编译|撰文|供图|供稿|整理|制图|插图|漫画|绘图|书法|摄影师|摄影|摄制"
    "|责任编辑|责编|编辑|校对|口述|文|图|摄|绘"
)
_SHORT = frozenset("文图摄绘")
_LOOSE_ROLE = re.compile(rf"(?P<of>[{HAN}]{{0,6}})(?:记者|通讯员|评论员|实习生|特约撰稿|摄影报道)")
_ROLE = re.compile(rf"{_BEFORE}(?:{_ROLES})|{_CREDITS}")
_LEADING = re.compile(rf"{_BEFORE}(?:{_ROLES})|摄影报道|摄影师|摄影|责任编辑|责编|编辑|撰文|供稿|供图|整理|制图")
_CREDIT = re.compile(rf"(?:{_CREDITS})(?:/(?:{_CREDITS}))*")
_HOLDS_ROLE = re.compile(r"记者|通讯员|评论员|实习生")
_UNIT_AND_NAME = re.compile(rf"(?P<unit>[{HAN}]{{3,}}[部厂会局社处科室站院校队])(?P<name>[{HAN}]{{2,3}})")
_NO_NAMES = frozenset({"文章", "文集", "文选", "文萃"})
_PLACES = "厂局校站科处部矿段"
_REGIONS = "省市县区旗州乡镇村"
_SEPARATORS = re.compile(r"[、，,;；﹑､|｜]")
_TOKEN = re.compile(r"[/:]|\([^()]*\)|[^\s/:()]+|[()]")
_SIGNS = str.maketrans("／：﹕∶︰（）", "/::::()")
_NOT_IN_NAMES = re.compile(r"[{}｛｝：:﹕∶︰/／（）()]")


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody in a byline."""

    name: str
    role: str = ""
    unit: str = ""

    def spoken(self) -> str:
        """How it is typed so that it is read as this."""
        return " ".join(filter(None, (self.role, self.unit, self.name)))

    def filled(self, role: str = "") -> str:
        """The same as a mapping; `role`: where it has none of its own."""
        told = (("姓名", self.name), ("身份", self.role or role), ("单位", self.unit))
        return "{" + "，".join(f"{key}：{value}" for key, value in told if value) + "}"


@dataclass(frozen=True, slots=True)
class Byline:
    """Those who are named; `doubts`: what was taken as one name without being certain; `likely`: who may be meant."""

    people: tuple[Named, ...]
    doubts: tuple[str, ...] = ()
    likely: tuple[Named, ...] = ()

    def spoken(self) -> str:
        """How those who may be meant are typed, so that it is certain."""
        line = "、".join(each.spoken() for each in self.likely)
        return self.filled() if read(line).doubts else line

    def filled(self, role: str = "") -> str:
        """The same as mappings."""
        return "、".join(each.filled(role) for each in self.likely)

    @property
    def signs(self) -> str:
        """The signs in doubtful names that no name has."""
        return "".join(dict.fromkeys(sign for name in self.doubts for sign in _NOT_IN_NAMES.findall(name)))


@lru_cache(8192)
def read(text: str) -> Byline:
    """The byline that was typed as `text`."""
    if is_person(text):
        return Byline((Named(text),))
    people: list[Named] = []
    doubts: list[str] = []
    likely: list[Named] = []
    for part in parted(nfc(text), _SEPARATORS):
        for group in _Part(part).groups():
            found = group.people()
            people += found or [group.whole()]
            likely += found or group.apart()
            if found is None:
                doubts.append(people[-1].name)
    return Byline(tuple(people), tuple(doubts), tuple(likely))


@dataclass(slots=True)
class _Group:
    """Names with what is said of all of them."""

    role: str = ""
    words: list[str] = field(default_factory=list)
    unit: str = ""
    certain: bool = True

    def whole(self) -> Named:
        """All words as one name."""
        return Named(person_name(" ".join(self.words)), self.role, self.unit) if self.words else Named(self.role)

    def people(self) -> list[Named] | None:
        """Who is named; None where it is not certain."""
        units, names = self._parted()
        found = split_names(tuple(names)) if names and self.certain and not self._has_place() else None
        if found is None or any(map(_is_doubtful, found)) or (units and not all(map(is_person, found))):
            return None
        return [Named(name, self.role, self.unit or "".join(units)) for name in found]

    def is_unit(self) -> bool:
        """Whether the words name a unit and nobody in it."""
        return not self.role and bool(self.words) and all(map(is_unit, self.words))

    def apart(self) -> list[Named]:
        """Each word as what it is most likely."""
        units, names = self._parted()
        unit = self.unit or "".join(units)
        found = [each for word in names for each in _taken_apart(word)]
        return [Named(each.name, self._with(each.role), each.unit or unit) for each in found] or [self.whole()]

    def _with(self, role: str) -> str:
        """The role of the group, and that which was found in a word."""
        return f"{role}/{self.role}" if _CREDIT.fullmatch(role) and _CREDIT.fullmatch(self.role) else role or self.role

    def _parted(self) -> tuple[list[str], list[str]]:
        """The unit that the words begin with, and the names behind it; a unit alone is named itself."""
        count = 0
        while count < len(self.words) and (is_unit(self.words[count]) or (count and _is_place(self.words[count]))):
            count += 1
        return (self.words[:count], self.words[count:]) if count < len(self.words) else ([], self.words)

    def _has_place(self) -> bool:
        """Whether it is not certain that a word is a name."""
        _, names = self._parted()
        return len(names) > 1 and any(map(_is_place, names[:-1]))


def _is_place(word: str) -> bool:
    """Whether a word is as long as a name and ends like a place of work: 安康站."""
    return len(word) == 3 and word[-1] in _PLACES


def _taken_apart(word: str) -> list[Named]:
    if (role := _LEADING.match(word)) and role.end() < len(word):
        return [Named(word[role.end() :], role[0])]
    if (unit := _UNIT_AND_NAME.fullmatch(word)) and not is_unit(word):
        return [Named(unit["name"], "", unit["unit"])]
    if two := _two(word):
        return [Named(name) for name in two]
    told = re.fullmatch(rf"([{HAN}]{{2,4}}?)({_ROLES}|{_CREDITS})", word)
    return [Named(told[1], told[2])] if told and is_person(told[1]) else [Named(word)]


def _is_doubtful(name: str) -> bool:
    """Whether what was taken as a name has more in it than a name."""
    if _NOT_IN_NAMES.search(name):
        return True
    if is_unit(name) or _is_role(name) or (name[-2:] in _NO_NAMES and _is_role(name[:-2])):
        return False
    if _HOLDS_ROLE.search(name) or (len(name) == 4 and name[-1] in _SHORT and is_person(name[:3])):
        return True
    told = _UNIT_AND_NAME.fullmatch(name)
    return bool(told and is_person(told["name"])) or bool(_two(name))


def _two(word: str) -> tuple[str, ...]:
    """The two names in 王震和李强 and 沈云岫马学礼."""
    for cut in (2, 3) if 4 < len(word) < 8 else ():
        names = word[:cut], word[cut:].lstrip("和与及")
        if all(is_person(name) and name[-1] not in _REGIONS for name in names):
            return names
    return ()


def _is_role(word: str) -> bool:
    return bool(_ROLE.fullmatch(word) or _CREDIT.fullmatch(word))


def _begins(word: str, after: str) -> bool:
    """Whether a word is a role, of a kind that is not known, before a name."""
    told = _LOOSE_ROLE.fullmatch(word)
    return bool(told and after and not (len(told["of"]) > 2 and is_person(told["of"])))


def _tokens(text: str) -> list[str]:
    """The words and signs of a text; 文/图 is one word."""
    found: list[str] = []
    for word in _TOKEN.findall(text.translate(_SIGNS)):
        if found[-1:] == ["/"] and len(found) > 1 and _CREDIT.fullmatch(found[-2]) and _CREDIT.fullmatch(word):
            found[-2:] = [f"{found[-2]}/{word}"]
        else:
            found += _unglued(word)
    return found


def _unglued(word: str) -> list[str]:
    """记者王震 as two words, 王震摄 too."""
    role = _LEADING.match(word)
    if role and (name := word[role.end() :]) not in _NO_NAMES and is_person(name):
        return [role[0], name]
    return [word[:-1], word[-1]] if word.endswith("摄") and is_person(word[:-1]) else [word]


class _Part:
    """Goes through the words of a part of a byline."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._group = _Group()
        self._found: list[_Group] = []
        self._unclear = False
        """Whether there is a sign whose meaning is not known."""
        self._behind: bool | None = None
        """Whether 文, 图 and the like stand behind the names that they are of; None while not known."""

    def groups(self) -> list[_Group]:
        """The groups of names in it."""
        words = _tokens(self._text)
        if len(words) == 1 and words != ["/"]:
            return [_Group(words=[self._text])]
        for number, word in enumerate(words):
            self._take(word, words[number - 1] if number else "", "".join(words[number + 1 : number + 2]))
        self._end()
        if self._unclear:
            return [_Group(words=[self._text], certain=False)]
        lacking = self._behind and any(group.words and not group.role for group in self._found)
        if lacking or (len(self._found) > 1 and any(group.is_unit() for group in self._found)):
            for group in self._found:
                group.certain = False
        return self._found

    def _take(self, word: str, before: str, after: str) -> None:
        if word == "/":
            if self._group.words and not _is_role(after):
                self._end(self._group.role)
        elif word == ":":
            known = _is_role(before) or (_is_role(after) and self._group.words)
            self._unclear = self._unclear or not known
        elif word[0] in "()":
            self._bracket(word[1:-1].strip())
        elif _is_role(word) or _begins(word, after):
            self._role(word, before, after)
        else:
            self._group.words.append(word)

    def _role(self, word: str, before: str, after: str) -> None:
        behind = bool(self._group.words) and self._stands_behind(word, before, after)
        if _CREDIT.fullmatch(word) and self._behind is None:
            self._behind = behind
        if behind:
            self._end_as(word)
            return
        if self._group.role and not self._group.words:
            self._group.certain = False
        self._end()
        self._group.role = word

    def _stands_behind(self, word: str, before: str, after: str) -> bool:
        """Whether a role is that of the names before it."""
        if ":" in (before, after):
            return after != ":"
        if "/" in (before, after) and before != after:
            return before == "/"
        if not _CREDIT.fullmatch(word):
            return not after and not any(each.role for each in [*self._found, self._group])
        if self._behind is not None:
            return self._behind
        return word[0] in _SHORT or not after

    def _bracket(self, told: str) -> None:
        words = self._group.words
        if words and (_is_role(told) or (is_unit(told) and not is_unit(words[-1]))):
            last, role = words.pop(), self._group.role
            if words:
                self._end(role)
            self._group.words = [last]
            self._group.unit = "" if _is_role(told) else told
            self._end_as(told if _is_role(told) else "")
        elif not words and _is_role(told):
            self._role(told, "", "")
        elif not words and self._group.role and is_person(told):
            words.append(told)
        else:
            self._unclear = True

    def _end_as(self, role: str) -> None:
        self._group.role = " ".join(filter(None, (self._group.role, role)))
        self._end()

    def _end(self, role: str = "") -> None:
        if self._group.words or self._group.role:
            self._found.append(self._group)
        self._group = _Group(role)

"""Where a link or picture leads, as editors write it, to what it means."""

import re
import unicodedata

_COMPUTER = re.compile(r"\s*(?:[A-Za-z]:[\\/]|\\\\[^\\]|file:|/(?:Users|home|Volumes|private)/|~/)", re.IGNORECASE)
_WEB = re.compile(r"(?P<scheme>https?)\s*[:：]?\s*[/／\\＼]{1,2}\s*(?=[^\s/\\])", re.IGNORECASE)
_HOST = re.compile(
    r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|cn|net|org|gov|edu|info|top|vip|中国|公司|网络)(?=[/?#:]|$)", re.I
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_FILE = re.compile(r"[^\s()（）]+\.(?:md|markdown|html?|jpe?g|png|gif|webp|avif|pdf)(?:#\S*)?$", re.IGNORECASE)


def is_on_computer(target: str) -> bool:
    """Whether a target is a path on the editor's own computer."""
    return bool(_COMPUTER.match(target))


def file_name(target: str) -> str:
    """The last step of a path."""
    return re.split(r"[\\/]", target.strip())[-1]


def mended(target: str) -> str:
    """The target that is meant: www.a.cn is http://www.a.cn, 图片\\a.jpg is 图片/a.jpg, a@b.cn is mailto:a@b.cn."""
    plain = target.strip()
    if is_on_computer(plain):
        return target
    if web := _WEB.match(plain):
        rest = unicodedata.normalize("NFKC", plain[web.end() :]).replace("\\", "/").replace("。", ".")
        return f"{web['scheme'].lower()}://{rest}"
    if plain.lower().startswith("www.") and "." in plain[4:]:
        return "http://" + plain.replace("\\", "/")
    if _MAIL.fullmatch(plain):
        return "mailto:" + plain
    return plain.replace("\\", "/") if "\\" in plain else target


def bare_host(target: str) -> bool:
    """Whether a target, which is taken as a file, begins with the name of a host."""
    return bool(_HOST.match(target.strip())) and not target.strip().lower().startswith("www.")


def is_target(text: str) -> bool:
    """Whether what stands in wide brackets can only be the target of a link."""
    plain = text.strip()
    return bool(
        _WEB.match(plain) or plain.lower().startswith("www.") or _FILE.fullmatch(plain) or _MAIL.fullmatch(plain)
    )

"""The gettext catalogues: findings, reports and page texts in the site's language."""

import gettext
from functools import lru_cache
from pathlib import Path

LANGUAGES = {"zh-CN": "zh_CN", "en": "en"}
DEFAULT = "zh-CN"
FOLDER = Path(__file__).parent / "locale"


@lru_cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The catalogue of `language` (a key of LANGUAGES; any other is the default)."""
    name = LANGUAGES.get(language, LANGUAGES[DEFAULT])
    return gettext.translation("gongbao", FOLDER, [name])

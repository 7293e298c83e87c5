"""The forms that editors fill in: front matter, issue.yaml, site.yaml, theme.yaml."""

from gongbao.forms import values
from gongbao.forms.article import ArticleForm, ItemForm, PersonForm, StandingForm
from gongbao.forms.base import Filled, Form, twins
from gongbao.forms.issue import IssueForm
from gongbao.forms.site import SiteForm
from gongbao.forms.theme import SettingForm, ThemeForm
from gongbao.forms.typed import read_typed

__all__ = [
    "ArticleForm",
    "Filled",
    "Form",
    "IssueForm",
    "ItemForm",
    "PersonForm",
    "SettingForm",
    "SiteForm",
    "StandingForm",
    "ThemeForm",
    "read_typed",
    "twins",
    "values",
]

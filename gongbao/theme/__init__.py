"""Themes: how the site looks. The one place that knows Jinja."""

from gongbao.theme.assets import Asset
from gongbao.theme.load import Theme, load_theme
from gongbao.theme.renderer import Renderer, ThemeFault

__all__ = ["Asset", "Renderer", "Theme", "ThemeFault", "load_theme"]

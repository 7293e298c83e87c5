"""Gongbao (工报): a newspaper's Markdown in, a permanent public archive of static files out."""

__version__ = "0.1.0"

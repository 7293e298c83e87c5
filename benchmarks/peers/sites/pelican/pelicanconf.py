"""Pelican's settings: what Pelican does itself for articles and the feed; plugins/lists.py makes all other pages."""

SITENAME = "试验工报"
SITEURL = "https://bench.example"
AUTHOR = SITENAME
TIMEZONE = "UTC"
DEFAULT_LANG = "zh"
PATH = "content"
STATIC_PATHS = ["media"]
OUTPUT_PATH = "output"
THEME = "theme"
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["lists"]
MARKDOWN = {"extensions": ["markdown.extensions.meta", "markdown.extensions.tables"], "output_format": "html"}
SLUGIFY_USE_UNICODE = True
ARTICLE_URL = "issues/{issue}/{leaf}/{slug}/"
ARTICLE_SAVE_AS = "issues/{issue}/{leaf}/{slug}/index.html"
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
DIRECT_TEMPLATES: list[str] = []
FEED_ALL_ATOM = "feed.xml"
FEED_MAX_ITEMS = 30
FEED_DOMAIN = SITEURL
CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None

"""The settings of the Pelican site; what is parsed is kept between builds."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

SITENAME = "Incident chronicle"
SITEURL = ""
FEED_DOMAIN = "https://chronicle.example"
AUTHOR = "Editors"
TIMEZONE = "Europe/Minsk"
DEFAULT_LANG = "en"
PATH = "content"
THEME = str(HERE / "theme")
THEME_STATIC_PATHS = []
STATIC_PATHS = []
STATIC_CREATE_LINKS = False
READERS = {"html": None, "rst": None}
MARKDOWN = {"extensions": ["tables", "meta"], "extension_configs": {}, "output_format": "html5"}
TYPOGRIFY = False
DEFAULT_PAGINATION = False

ARTICLE_URL = "incidents/{date:%Y}/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_URL + "index.html"
SLUGIFY_SOURCE = "basename"
CATEGORY_URL = "cities/{slug}/"
CATEGORY_SAVE_AS = CATEGORY_URL + "index.html"
CATEGORIES_SAVE_AS = "cities/index.html"
ARCHIVES_SAVE_AS = "dates/index.html"
YEAR_ARCHIVE_URL = "dates/{date:%Y}/"
MONTH_ARCHIVE_URL = "dates/{date:%Y}-{date:%m}/"
DAY_ARCHIVE_URL = "dates/{date:%Y}-{date:%m}-{date:%d}/"
YEAR_ARCHIVE_SAVE_AS = YEAR_ARCHIVE_URL + "index.html"
MONTH_ARCHIVE_SAVE_AS = MONTH_ARCHIVE_URL + "index.html"
DAY_ARCHIVE_SAVE_AS = DAY_ARCHIVE_URL + "index.html"
DIRECT_TEMPLATES = ["index", "categories", "archives", "sitemap"]
SITEMAP_SAVE_AS = "sitemap.xml"
TAG_SAVE_AS = AUTHOR_SAVE_AS = TAGS_SAVE_AS = AUTHORS_SAVE_AS = ""

FEED_ATOM = "feed.xml"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
FEED_MAX_ITEMS = 50

LOAD_CONTENT_CACHE = CACHE_CONTENT = True
CACHE_PATH = ".cache"
CHECK_MODIFIED_METHOD = "mtime"

PLUGINS = ["neighbours"]
PLUGIN_PATHS = [str(HERE)]

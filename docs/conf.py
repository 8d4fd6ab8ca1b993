"""The documentation: one configuration, built once in Chinese (tag zh) and once in English.

`tools/build_docs.py` builds both into `docs/_build/html`. Nothing is fetched, neither here nor by the built pages.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pairing_graph

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "extensions"))
CHINESE = tags.has("zh")  # type: ignore[name-defined]  # noqa: F821  # Sphinx gives the tags to this file

project = "pairing_graph"
author = "The pairing_graph founders"
version = release = pairing_graph.__version__
language = "zh_CN" if CHINESE else "en"
extensions = ["myst_nb", "han_search", "han_lines", "generated", "tutorials"]
exclude_patterns = ["_build"]
templates_path = ["templates"]

nb_execution_mode = "off"  # `extensions/tutorials.py` runs them, where their relative paths hold
nb_merge_streams = True
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
suppress_warnings = ["myst.header"]  # a docstring's section begins at the level that its page needs

add_function_parentheses = False
add_module_names = False
toc_object_entries = False
python_maximum_signature_line_length = 70
nitpick_ignore_regex = [("py:class", ".*")]  # types in signatures; names in texts are checked

html_theme = "pydata_sphinx_theme"
html_title = "pairing_graph"
html_baseurl = ""
html_static_path = ["static"]
html_extra_path = ["_build/notebooks/extra"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_use_index = False
html_domain_indices = False
html_search_language = "zh"  # the class in `extensions/han_search.py`, for both languages
html_show_search_summary = False  # it fetches pages, which a browser refuses of files on the disk
html_context = {
    "other": "en" if CHINESE else "zh",
    "other_name": "English" if CHINESE else "中文",
    "default_mode": "auto",
}
html_theme_options = {
    "logo": {"text": "pairing_graph"},
    "navbar_start": ["navbar-logo"],
    "navbar_center": ["navbar-nav"],
    "navbar_end": ["language-switch", "theme-switcher"],
    "navbar_persistent": ["search-button-field"],
    "header_links_before_dropdown": 7,
    "search_bar_text": "搜索文档" if CHINESE else "Search",
    "secondary_sidebar_items": ["page-toc"],
    "show_toc_level": 2,
    "footer_start": ["site-footer"],
    "footer_end": [],
    "back_to_top_button": False,
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
html_sidebars = {"**": ["sidebar-nav-bs"], "index": [], "search": [], "twelve-questions": []}
html_js_files = ["words-zh.js"] if CHINESE else []

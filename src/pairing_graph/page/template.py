"""The HTML file: a template with everything inline, and a policy that lets the browser fetch nothing."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from pairing_graph.base.errors import Complaint, MissingExtraError
from pairing_graph.base.extras import require
from pairing_graph.base.words import Language, catalogue
from pairing_graph.page.columns import packed
from pairing_graph.page.font import font_face
from pairing_graph.page.network import vis_script

_MODULES = (
    "dom",
    "words",
    "payload",
    "store",
    "model",
    "loads",
    "shown",
    "labels",
    "curves",
    "focus",
    "canvas",
    "legend",
    "filters",
    "tooltip",
    "search",
    "copy",
    "source_data",
    "source",
    "picks",
    "drawer",
    "views/source",
    "details",
    "heading",
    "files",
    "scene",
    "tabs",
    "pair_rows",
    "views/load",
    "views/pairs",
    "views/gaps",
    "matrix_cells",
    "matrix_layout",
    "matrix_data",
    "matrix_drawing",
    "views/matrix",
    "views/network",
    "views/table",
    "picture",
    "positions",
    "keyboard",
    "bridge",
    "main",
)
READING_MODULES = ("dom", "words", "store", "copy", "source_data", "source", "reading")
"""What of them a reading needs, and what starts it."""
_UNSAFE = "<>&\u2028\u2029"


def render(payload: Mapping[str, Any], lang: Language) -> str:
    """The page as one HTML text.

    Raises:
        MissingExtraError: Jinja2, pyvis or fontTools is not installed.
    """
    return render_several({"": payload}, lang)


def render_several(payloads: Mapping[str, Mapping[str, Any]], lang: Language, *, back: str = "") -> str:
    """The pages of several notices as one HTML text, which share its scripts and its font: `?n=` names the one to show.

    Args:
        payloads: The data of each page under what names it, letters and digits.
        lang: The language of the words.
        back: The address of the page that leads to these; empty for none.

    Raises:
        MissingExtraError: Jinja2, pyvis or fontTools is not installed.
    """
    require("jinja2", "page", "The interactive page")
    from markupsafe import Markup

    data = {number: as_json(packed(payload)) for number, payload in payloads.items()}
    titles = {number: _title(payload, catalogue(lang)) for number, payload in payloads.items()}
    style = "\n".join([font_face(data.values()), asset("page.css"), asset("source.css")])
    scripts = {"vis": vis_script(), "script": page_script()} | ({"choose": asset("choose.js")} if len(data) > 1 else {})
    refuse_end_tags(*scripts.values(), style)
    rows = [(number, titles[number], Markup(text)) for number, text in data.items()]
    return fill_in("page", lang, style, scripts, title=next(iter(titles.values())), payloads=rows, back=back)


def fill_in(
    name: str,
    lang: Language,
    style: str,
    scripts: Mapping[str, str] = MappingProxyType({}),
    trusted: Mapping[str, str] = MappingProxyType({}),
    **values: Any,
) -> str:
    """A template of the page as HTML.

    Args:
        name: `page` or `reading`: the template, and what its words in the catalogue begin with.
        lang: The language of the words.
        style: The style sheet; the policy allows it.
        scripts: Scripts that the policy allows.
        trusted: Other texts that are not escaped.
        values: What the template shows, escaped.

    Raises:
        MissingExtraError: Jinja2 is not installed.
    """
    require("jinja2", "page", "The interactive page" if name == "page" else "The page of a reading")
    from markupsafe import Markup

    return fragment(
        name,
        name,
        lang,
        policy=policy(scripts.values(), (style,)),
        **{key: Markup(text) for key, text in {"style": style, **scripts, **trusted}.items()},
        **values,
    )


def fragment(name: str, room: str, lang: Language, **values: Any) -> str:
    """A template with its values, which are escaped; `room` is what its words in the catalogue begin with.

    Raises:
        MissingExtraError: Jinja2 is not installed.
    """
    words = catalogue(lang)
    page: str = (
        environment("The page of a reading")
        .from_string(asset(f"{name}.html.jinja"))
        .render(lang="zh-CN" if lang == "zh" else "en", word=lambda key: words[f"{room}.{key}"], **values)
    )
    return page


def environment(what: str) -> Any:
    """What fills in a template: all that it is given is escaped, and what it lacks is an error.

    Args:
        what: What is made of it, for the error.

    Raises:
        MissingExtraError: Jinja2 is not installed.
    """
    jinja2 = require("jinja2", "page", what)
    return jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, keep_trailing_newline=True, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip


def as_json(payload: Any) -> str:
    r"""Data as JSON that is safe inside a script element: no character of it can end the element.

    Example:
        >>> as_json({"name": "</script>"})
        '{"name":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in _UNSAFE:
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """A Content-Security-Policy that runs these scripts and styles and nothing else, and fetches nothing."""
    allowed_scripts = " ".join(map(_fingerprint, scripts))
    allowed_styles = " ".join(map(_fingerprint, styles))
    return (
        f"default-src 'none'; script-src {allowed_scripts}; style-src {allowed_styles}; font-src data:; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


@cache
def page_script(modules: tuple[str, ...] = _MODULES) -> str:
    """The page's own modules as one script, in one scope."""
    body = "\n".join(asset(f"{name}.js") for name in modules)
    return f'(() => {{\n"use strict";\n{body}\n}})();'


@cache
def asset(name: str) -> str:
    """The text of a file of the page."""
    return (resources.files("pairing_graph.page") / "assets" / name).read_text(encoding="utf-8")


def _fingerprint(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"


def refuse_end_tags(*texts: str) -> None:
    """Refuse scripts and styles that would end their own element.

    Raises:
        MissingExtraError: One of them would.
    """
    for text in texts:
        if "</script" in text.lower() or "</style" in text.lower() or "<!--" in text:
            raise MissingExtraError(Complaint("A script of the page cannot be put into HTML", got="an end tag"))


def _title(payload: Mapping[str, Any], words: Mapping[str, str]) -> str:
    titles = [str(document.get("title") or document.get("document", "")) for document in payload["documents"]]
    return titles[0] if len(titles) == 1 and titles[0] else words["page.title"]

"""Build the documentation in both languages: python tools/build_docs.py."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
SITE = DOCS / "_build" / "html"
DOOR = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>pairing_graph</title>
<meta http-equiv="refresh" content="0; url=zh/index.html"></head>
<body><p><a href="zh/index.html">中文文档</a> · <a href="en/index.html">English documentation</a></p></body></html>
"""

sys.path.insert(0, str(DOCS / "extensions"))
from tutorials import BUILT, run_notebooks  # noqa: E402  # the same runs for both languages


def build(language: str) -> subprocess.Popen[bytes]:
    """One language, from nothing; a warning, such as for a link that leads nowhere, is an error."""
    shutil.rmtree(SITE / language, ignore_errors=True)
    places = [str(DOCS / language), str(SITE / language)]
    doctrees = str(DOCS / "_build" / "doctrees" / language)
    options = ["-q", "-E", "-W", "-n", "--keep-going", "-c", str(DOCS), "-d", doctrees, "-t", language]
    return subprocess.Popen([sys.executable, "-m", "sphinx", *options, *places])  # our own arguments


def main() -> int:
    """Run the notebooks, build, and say where to look."""
    begun = time.monotonic()
    (BUILT / "extra").mkdir(parents=True, exist_ok=True)
    run_notebooks()
    builds = [build(language) for language in ("zh", "en")]
    codes = [running.wait() for running in builds]
    if any(codes):
        return 1
    (SITE / "index.html").write_text(DOOR, encoding="utf-8")
    print(f"{(SITE / 'index.html').relative_to(ROOT)}: open it in a browser ({time.monotonic() - begun:.0f} s)")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

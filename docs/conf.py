"""Sphinx configuration; built by `make docs` with warnings as errors."""

import sys
from pathlib import Path

from rvd import __version__

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "rvd"
author = "The rvd authors"
copyright = "The rvd authors; Apache-2.0"
version = release = __version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.mathjax",
    "compiled",  # these four are ours, in docs/_ext
    "docstrings",
    "outcomes",
    "pages",
]
exclude_patterns = ["_build"]
myst_enable_extensions = ["dollarmath", "amsmath", "deflist", "attrs_inline"]
myst_heading_anchors = 3
# Packages may use the same word (a Plan of legs, a Plan of chunks); a signature that says one links to neither.
suppress_warnings = ["myst.header", "ref.python"]

html_theme = "furo"
html_title = f"rvd {version}"
html_static_path = []

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"

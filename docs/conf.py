"""Sphinx configuration; built by `make docs` with warnings as errors."""

import os
import sys
from pathlib import Path

from sphinx_gallery.sorting import ExplicitOrder

from rvd import __version__

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "rvd"
author = "The rvd authors"
copyright = "The rvd authors; Apache-2.0"
version = release = __version__

extensions = [
    "myst_nb",
    "sphinx_gallery.gen_gallery",
    "sphinx.ext.autodoc",
    "sphinx.ext.mathjax",
    "compiled",  # these four are ours, in docs/_ext
    "docstrings",
    "outcomes",
    "pages",
]
exclude_patterns = ["_build", "examples", "jupyter_execute", "_generated/**/*.ipynb", "_generated/**/*.py"]
myst_enable_extensions = ["dollarmath", "amsmath", "deflist", "attrs_inline"]
myst_heading_anchors = 3
# Packages may use the same word (a Plan of legs, a Plan of chunks); a signature that says one links to neither.
suppress_warnings = ["myst.header", "ref.python", "config.cache"]

# A notebook shows its figures by a backend of its own, unless this names another.
os.environ.pop("MPLBACKEND", None)

# Scripts of the gallery are executed in this process, before the reference is made (docs/decisions/gallery.md).
sphinx_gallery_conf = {
    "examples_dirs": "examples",
    "gallery_dirs": "_generated/gallery",
    "subsection_order": ExplicitOrder(
        [f"examples/{part}" for part in ("motion", "guidance", "safety", "attitude", "plots", "campaign")]
    ),
    "within_subsection_order": "FileNameSortKey",
    "filename_pattern": "/plot_",
    "abort_on_example_error": True,
    "capture_repr": ("_repr_html_", "__repr__"),
    "ignore_repr_types": r"matplotlib.*|.*mpl_toolkits.*|builtins.*",
    "matplotlib_animations": False,
    "download_all_examples": False,
    "show_memory": False,
    "show_signature": False,
    "remove_config_comments": True,
    "write_computation_times": False,
}

# Notebooks (docs/notebooks) are executed each time: what they show is of this version.
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 900
nb_merge_streams = True

html_theme = "furo"
html_title = f"rvd {version}"
html_static_path = []

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"

"""Names of a package that are loaded when they are first asked for."""

import math
import subprocess
import sys

import pytest

from rvd.lazy import loader

find = loader("here", {"maths": "math", "turn": "math:tau"})


def test_a_module_and_a_name_in_one():
    assert find("maths") is math
    assert find("turn") == math.tau


def test_another_name_is_refused_in_python_s_words():
    with pytest.raises(AttributeError, match="module 'here' has no attribute 'trun'"):
        find("trun")


def test_to_make_a_case_ready_to_fly_loads_no_arrow():
    """Arrow is for tables of results; it takes longer to load than a check of a case should take."""
    look = "import sys, rvd.montecarlo.mission; assert 'pyarrow' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", look]).returncode == 0

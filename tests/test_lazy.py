"""Names of a package that are loaded when they are first asked for."""

import math

import pytest

from rvd.lazy import loader

find = loader("here", {"maths": "math", "turn": "math:tau"})


def test_a_module_and_a_name_in_one():
    assert find("maths") is math
    assert find("turn") == math.tau


def test_another_name_is_refused_in_python_s_words():
    with pytest.raises(AttributeError, match="module 'here' has no attribute 'trun'"):
        find("trun")

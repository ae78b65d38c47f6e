"""The former place of the array functions leads to where they are now."""

import pytest

import rvd
from rvd import arrays


@pytest.mark.parametrize("name", [name for name in arrays.__all__ if name != "ArgumentError"])
def test_each_name_leads_to_its_module(name):
    with pytest.warns(DeprecationWarning, match=f"rvd.arrays.{name} is rvd"):
        module = getattr(arrays, name)
    assert module.__name__ in (f"rvd.motion.{name}", f"rvd.orbit.{name}", f"rvd.{name}")


def test_another_name_is_refused():
    with pytest.raises(AttributeError, match="no attribute 'cx'"):
        arrays.cx  # noqa: B018
    assert dir(arrays) == sorted(arrays.__all__) and "arrays" not in dir(rvd)

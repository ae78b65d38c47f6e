"""The small case and the shipped one, built."""

from tests.case.conftest import built, htv

__all__ = ["built", "htv"]

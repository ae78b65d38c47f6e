"""The case file: read into a `Case`, checked, said back in words, written again."""

from .load import load
from .schema import Case

__all__ = ["Case", "load"]

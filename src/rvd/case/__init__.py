"""The case file: read into a `Case`, checked, said back in words, written again."""

from .load import load
from .say import say
from .schema import Case, json_schema

__all__ = ["Case", "json_schema", "load", "say"]

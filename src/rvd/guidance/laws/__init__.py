"""Guidance laws that ship with `rvd` and are written as a user's own are: one file each, by `own_law`.

A law's file bears its name, and so does its function. It takes numbers with units, which a case gives in
`parameters`; the first line of its docstring is what `rvd check` says of it. To add one: its file, its test, and its
name in `SHIPPED`.
"""

from pathlib import Path

SHIPPED = ("arc", "coelliptic")
"""The laws, by the words that cases use."""

FOLDER = Path(__file__).parent
"""Where their files are."""

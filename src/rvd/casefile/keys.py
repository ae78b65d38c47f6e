"""Where each key of a TOML text stands: the line of every dotted path, for error messages."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

Place = tuple[str | int, ...]

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_STRINGS = (
    re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}', re.DOTALL),
    re.compile(r"'''.*?'{3,5}", re.DOTALL),
    re.compile(r'"(?:[^"\\\n]|\\.)*"'),
    re.compile(r"'[^'\n]*'"),
)
_SCALAR = re.compile(r"[^,\]}#\n]*")


def key_lines(text: str) -> dict[Place, int]:
    """The line (from 1) of every key, table and array element of a TOML text that `tomllib` has accepted.

    A text it would not accept gives the lines found before its first fault.
    """
    scanner = _Scanner(text)
    with contextlib.suppress(IndexError, ValueError, RecursionError):
        scanner.document()
    return scanner.lines


class Spot(NamedTuple):
    """Where something stands: a file, and a line of it from 1."""

    file: Path
    line: int


def spots_of(path: Path, text: str) -> dict[Place, Spot]:
    """Where every key of a file's text stands."""
    return {place: Spot(path, line) for place, line in key_lines(text).items()}


def spot_of(spots: Mapping[Place, Spot], place: Place) -> Spot | None:
    """Where a place stands, or the nearest thing around it that stands anywhere; None if nothing does."""
    for k in range(len(place), 0, -1):
        if place[:k] in spots:
            return spots[place[:k]]
    return None


class _Scanner:
    """Walks a TOML text once, noting where keys stand; values are skipped, not read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.seen = (0, 1)  # an offset and its line
        self.lines: dict[Place, int] = {}
        self.counts: dict[Place, int] = {}

    def line(self, offset: int) -> int:
        start, number = self.seen
        number += self.text.count("\n", start, offset)
        self.seen = (offset, number)
        return number

    def note(self, place: Place, offset: int) -> None:
        self.lines.setdefault(place, self.line(offset))

    def skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def document(self) -> None:
        table: Place = ()
        while True:
            self.skip(_BLANK)
            if self.at >= len(self.text):
                return
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table)

    def header(self) -> Place:
        begin = self.at
        many = self.text.startswith("[[", begin)
        self.at += 2 if many else 1
        path = self.resolved(self.key())
        self.skip(_SPACE)
        self.at += 2 if many else 1
        if many:
            k = self.counts.get(path, -1) + 1
            self.counts[path] = k
            self.note(path, begin)
            path = (*path, k)
        for n in range(1, len(path) + 1):
            self.note(path[:n], begin)
        return path

    def resolved(self, key: list[str]) -> Place:
        """The place a header names: within an array of tables, its last element."""
        path: Place = ()
        for k, word in enumerate(key):
            path = (*path, word)
            if k < len(key) - 1 and path in self.counts:
                path = (*path, self.counts[path])
        return path

    def pair(self, table: Place) -> None:
        begin = self.at
        key = self.key()
        self.skip(_SPACE)
        if self.text[self.at] != "=":
            raise ValueError("no equals sign")
        self.at += 1
        for n in range(1, len(key) + 1):
            self.note((*table, *key[:n]), begin)
        self.skip(_SPACE)
        self.value((*table, *key))

    def key(self) -> list[str]:
        words: list[str] = []
        while True:
            self.skip(_SPACE)
            found = _BARE.match(self.text, self.at) or self.string()
            if not found:
                raise ValueError("no key")
            self.at = found.end()
            word = found.group()
            words.append(word[1:-1] if word[0] in "\"'" else word)
            self.skip(_SPACE)
            if self.text[self.at] != ".":
                return words
            self.at += 1

    def string(self) -> re.Match[str] | None:
        for pattern in _STRINGS:
            found = pattern.match(self.text, self.at)
            if found:
                return found
        return None

    def value(self, place: Place) -> None:
        first = self.text[self.at]
        if first == "[":
            self.array(place)
        elif first == "{":
            self.inline(place)
        else:
            found = self.string() or _SCALAR.match(self.text, self.at)
            if not found:
                raise ValueError("no value")
            self.at = found.end()

    def array(self, place: Place) -> None:
        self.at += 1
        k = 0
        while True:
            self.skip(_BLANK)
            if self.text[self.at] == "]":
                self.at += 1
                return
            self.note((*place, k), self.at)
            self.value((*place, k))
            k += 1
            self.skip(_BLANK)
            if self.text[self.at] == ",":
                self.at += 1

    def inline(self, place: Place) -> None:
        self.at += 1
        while True:
            self.skip(_BLANK)
            if self.text[self.at] == "}":
                self.at += 1
                return
            self.pair(place)
            self.skip(_BLANK)
            if self.text[self.at] == ",":
                self.at += 1

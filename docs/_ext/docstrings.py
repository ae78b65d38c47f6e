"""Renders our docstrings, which are plain prose with `code` in backticks, as reStructuredText.

Prose needs no knowledge of a markup language: outside backticks every character means itself, and a paragraph
with lines set in (a table, a formula, a matrix) keeps its line breaks.
"""

import re
from collections import namedtuple
from typing import Any

# The names of fields of a NamedTuple carry no text of their own; they stand in its signature.
TUPLE_FIELD = type(namedtuple("Probe", "field").field)
SPECIAL = re.compile(r"([*|_\\])")
ESCAPED = r"\\\1"
EMPHASIS = re.compile(r"(?<!\w)\*(\w[^*]*\w)\*(?!\w)")


def literal(piece: str) -> str:
    """A piece of code between backticks."""
    return f"``{piece}``"


def plain(piece: str) -> str:
    """A piece of prose without code: *emphasis* stays, every other character means itself."""
    words = EMPHASIS.split(piece)
    return "".join(
        f"*{SPECIAL.sub(ESCAPED, w)}*" if i % 2 else SPECIAL.sub(ESCAPED, w) for i, w in enumerate(words)
    )


def prose(line: str) -> str:
    """One line of prose: `code` becomes a literal, all else means itself."""
    pieces = re.split(r"`+([^`]+)`+", line)
    done = [literal(piece) if i % 2 else plain(piece) for i, piece in enumerate(pieces)]
    # A literal must not touch a word, or reStructuredText does not see it.
    apart = (f"\\ {piece}\\ " if i % 2 and touches(done, i) else piece for i, piece in enumerate(done))
    return "".join(apart)


def touches(pieces: list[str], i: int) -> bool:
    """Whether piece i has a letter or digit directly before or after it."""
    before = pieces[i - 1][-1:]
    after = pieces[i + 1][:1]
    return bool(re.match(r"[\w/-]", after)) or bool(re.match(r"[\w/-]", before))


def paragraphs(lines: list[str]) -> list[list[str]]:
    """The lines between blank lines."""
    found: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            found[-1].append(line.rstrip())
        elif found[-1]:
            found.append([])
    return [part for part in found if part]


def render(lines: list[str]) -> list[str]:
    """The docstring as reStructuredText."""
    out: list[str] = []
    for part in paragraphs(lines):
        bullets = part[0].lstrip().startswith(("- ", "* "))
        if part[0].startswith(">>>"):  # an example is code, as it stands
            out += [*part, ""]
        elif not bullets and any(line[:1].isspace() for line in part):
            head = [prose(line) for line in part if not line[:1].isspace()] if keeps_head(part) else []
            body = [line for line in part if not (head and not line[:1].isspace())]
            out += [*head, "", "::", "", *(f"    {line}" for line in body), ""]
        else:
            marked = [re.sub(r"^(\s*)\* ", r"\1- ", line) for line in part] if bullets else part
            out += [*map(prose, marked), ""]
    return out


def keeps_head(part: list[str]) -> bool:
    """Whether a paragraph is lines of prose followed by lines that are set in."""
    first = next(i for i, line in enumerate(part) if line[:1].isspace())
    return first > 0 and all(line[:1].isspace() for line in part[first:])


def process(app: Any, what: str, name: str, obj: Any, options: Any, lines: list[str]) -> None:
    """Sphinx's event: changes `lines` in place."""
    lines[:] = render(lines)


def skip(app: Any, what: str, name: str, obj: Any, skipped: bool, options: Any) -> bool | None:
    """Sphinx's event: leaves the fields of NamedTuples out."""
    return True if isinstance(obj, TUPLE_FIELD) else None


def setup(app: Any) -> dict[str, Any]:
    """Called by Sphinx."""
    app.connect("autodoc-process-docstring", process)
    app.connect("autodoc-skip-member", skip)
    return {"parallel_read_safe": True}

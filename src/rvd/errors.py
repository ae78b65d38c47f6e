"""What goes wrong because of what was given: one sentence each, with its place and its remedy.

A flight that ends badly is an `Outcome`, never an exception, and a requirement that is not met is a `Finding`;
an `RvdError` says that an input has to be changed before anything can be said.
"""

from __future__ import annotations


class RvdError(Exception):
    """Something given to `rvd` is wrong; `str()` is one sentence for the user, `exit_code` the process's answer."""

    exit_code = 2

    def __reduce__(self):
        # Exceptions cross process borders (workers); the default would call __init__ with the sentence only.
        return _rebuild, (type(self), self.args, self.__dict__)


def _rebuild(kind: type[RvdError], args: tuple, state: dict) -> RvdError:
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(state)
    return error


class CaseError(RvdError):
    """A case file or a table it names cannot be flown: where (file, line, key), what is wrong, what to write.

    `file` may be a path or text, `line` counts from 1 (0 or None: not known), `key` is the dotted path in the case.
    Any of the three may be left empty by a package that does not know it; `at` fills them in.
    """

    def __init__(self, file, line, key, what: str, remedy: str = ""):
        self.file = str(file) if file else ""
        self.line = int(line) if line else 0
        self.key = str(key) if key else ""
        self.what = what
        self.remedy = remedy
        super().__init__(_sentence(_place(self.file, self.line), self.key, what, remedy))

    def at(self, file="", line=0, key="") -> CaseError:
        """The same error with the places that are still empty filled in."""
        return CaseError(self.file or file, self.line or line, self.key or key, self.what, self.remedy)


class ArgumentError(RvdError, ValueError):
    """An argument of a function cannot be used; the sentence names it and says what it should be."""


class StoreError(RvdError):
    """A results folder cannot be read or written, or is of another campaign; nothing in it was overwritten."""

    def __init__(self, file, what: str, remedy: str = ""):
        self.file = str(file) if file else ""
        self.what = what
        self.remedy = remedy
        super().__init__(_sentence(_place(self.file, 0), "", what, remedy))


_MOST_SHOWN = 250
"""Characters of a path in a sentence; the error has all of it."""


def _place(file: str, line: int) -> str:
    if len(file) > _MOST_SHOWN:
        file = f"{file[:_MOST_SHOWN]}..."
    if file and line:
        return f"{file}:{line}"
    return file or (f"line {line}" if line else "")


def _sentence(place: str, key: str, what: str, remedy: str) -> str:
    head = ": ".join(part for part in (place, key) if part)
    body = "; ".join(part.strip().rstrip(".") for part in (what, remedy) if part)
    sentence = body if body.endswith("?") else f"{body}."
    return (f"{head}: {sentence}" if head else sentence).replace("\n", " ")

"""The ladder of a case's own laws: loaded from what their files hold, compiled once, kept in the cache.

What travels (to the results folder's manifest, to the workers of a cluster) is the text of the files: each process
writes them into the cache of the kernels, in a folder named after them, and loads them from there. So a changed law
never meets the numbers of yesterday, and a law that is found in the cache is not compiled again.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib.util
import inspect
import os
import re
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from numba import types

from rvd.core.guidance.own import SIGNATURE
from rvd.core.kernel import argument, cache_folder
from rvd.core.signals import Asked
from rvd.errors import CaseError
from rvd.names import plain_file

_compiling = threading.RLock()

NAN = float("nan")

NOT_A_NUMBER = Asked(NAN, (NAN, NAN, NAN), (NAN, NAN, NAN), (NAN, NAN, NAN), NAN, NAN)
"""What a law that raises an exception has asked for."""

REMEDY = "compute with numbers, tuples, math, and the functions of rvd"


@dataclass(frozen=True)
class OwnLaw:
    """A law of the user's own: its file as the case names it, what the file holds, the function, and its numbers."""

    file: str
    content: bytes
    name: str
    numbers: int


@functools.lru_cache(maxsize=64)
def ladder(laws: tuple[OwnLaw, ...]) -> Any:
    """The compiled function (which, leg, now, numbers) -> Asked of these laws; of none, one that is never asked.

    Raises CaseError (the law's file, its line, the function) for a file that does not run and a law that does not
    compile.
    """
    with _compiling:
        functions = [law_of(law) for law in laws]
        try:
            return argument(_written(laws, functions), SIGNATURE)
        except Exception as error:  # Numba's own, and now and then one of Python's
            for law, function in zip(laws, functions, strict=True):
                _try(law, function)
            if not laws:
                raise
            raise _does_not_compile(laws[0], error) from None


def law_of(law: OwnLaw) -> Any:
    """The law's function, marked by `own_law`, from its file."""
    function = getattr(_module(law), law.name, None)
    if not hasattr(function, "own_law"):
        what = f"{law.name} is not a function marked @own_law once the file has run"
        raise CaseError(law.file, 0, law.name, what, "define it at the top of the file, under @own_law")
    return function


# ---- files


def _module(law: OwnLaw) -> ModuleType:
    """What the law's file defines, run once for each content of the file."""
    name = f"rvd_own_{_hash(law.file.encode(), law.content)}"
    path = _kept(name, Path(law.file).name, law.content)
    try:
        with contextlib.redirect_stdout(sys.stderr):
            return _loaded(name, path)
    except (Exception, SystemExit) as error:
        raise _does_not_run(law, path, error) from None


def _loaded(name: str, path: Path, **known: Any) -> ModuleType:
    """A module of this name from a file, run with what is known to it already; a module that is there stays.

    It is listed as any module is: Numba asks for it by name when it reads what it has kept.
    """
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    module.__dict__.update(known)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


def _kept(folder: str, name: str, content: bytes) -> Path:
    """The path of a file with this content in the cache of the kernels."""
    there = cache_folder() / "own" / folder
    path = there / name
    with contextlib.suppress(OSError):
        if plain_file(path).read_bytes() == content:
            return path
    there.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=there)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.replace(draft, path)
    return path


def _hash(*parts: bytes) -> str:
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()[:24]


def _does_not_run(law: OwnLaw, path: Path, error: BaseException) -> CaseError:
    if isinstance(error, SyntaxError):
        return CaseError(law.file, error.lineno, law.name, f"this is not Python: {error.msg}", "correct it")
    lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == str(path)]
    what = f"the file does not run: {type(error).__name__}: {error}"
    alone = "a law's file stands alone: it imports rvd.guidance and other installed packages"
    remedy = alone if isinstance(error, ImportError) else "correct it"
    return CaseError(law.file, lines[-1] if lines else 0, law.name, _brief(what), remedy)


# ---- the ladder


def _written(laws: Sequence[OwnLaw], functions: Sequence[Any]) -> Callable:
    """The ladder in Python, in a file of its own, beside which Numba keeps what it compiles of it."""
    rungs = [
        f"        if which == {k}:\n            return law_{k}({', '.join(_arguments(law.numbers))})\n"
        for k, law in enumerate(laws)
    ]
    # An exception in a law is an answer too: every run is counted.
    source = (
        '"""The own laws of a case: written by rvd."""\n\n\ndef asked(which, leg, now, numbers):\n'
        f"    try:\n{''.join(rungs)}        return NOT_A_NUMBER\n"
        "    except Exception:\n        return NOT_A_NUMBER\n"
    )
    parts = [part for law in laws for part in (law.file.encode(), law.name.encode(), law.content)]
    name = f"rvd_ladder_{_hash(source.encode(), *parts)}"
    path = _kept(name, "ladder.py", source.encode())
    known = {f"law_{k}": function for k, function in enumerate(functions)}
    return _loaded(name, path, NOT_A_NUMBER=NOT_A_NUMBER, **known).asked


def _arguments(numbers: int) -> list[str]:
    return ["leg", "now", *(f"numbers[{i}]" for i in range(numbers))]


# ---- what is wrong


def _try(law: OwnLaw, function: Any) -> None:
    """Compiles a law by itself; raises CaseError if it is what keeps the ladder from compiling."""
    _, leg, now, _ = SIGNATURE.args
    given = (leg, now, *(types.float64,) * law.numbers)
    try:
        function.compile(given)
        answer = function.overloads[given].signature.return_type
    except Exception as error:
        raise _does_not_compile(law, error) from None
    if getattr(answer, "instance_class", None) is not Asked:
        what = f"it returns {_answer(answer)}, which no flight can follow"
        line = inspect.unwrap(getattr(function, "py_func", function)).__code__.co_firstlineno
        raise CaseError(law.file, line, law.name, what, "return track(...), gain(...) or coast(...)")


def _answer(kind: Any) -> str:
    return "nothing" if kind == types.none else f"a value of type {_brief(str(kind), 60)}"


def _does_not_compile(law: OwnLaw, error: Exception) -> CaseError:
    """The error's first line that says something, and the line of the file that it speaks of."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", str(error))
    name = re.escape(Path(law.file).name)
    places = re.findall(rf'(?:File "(?:[^"\n]*[/\\])?{name}", line |{name} \()(\d+)', text)
    skipped = ("Failed in nopython mode", "File ", "During:", "Overload of function", "There are")
    said = [line.strip() for line in _short(text).splitlines()]
    first = next((line for line in said if line and not line.startswith(skipped)), type(error).__name__)
    what = f"it does not compile: {_brief(first)}"
    return CaseError(law.file, int(places[0]) if places else 0, law.name, what, REMEDY)


def _short(text: str) -> str:
    """Numba's words without what is in our records and where they are kept."""
    before = ""
    while before != text:
        before, text = text, re.sub(r"(UniTuple|Tuple)\([^()]*\)", "tuple", text)
    text = re.sub(r"\b(Leg|Now|Asked)\([^()]*\)", r"\1", text)
    return re.sub(r",? (?:defined )?at \S*[/\\]\S+ \(\d+\)", "", text)


def _brief(text: str, most: int = 200) -> str:
    one = " ".join(text.split())
    return one if len(one) <= most else f"{one[: most - 3]}..."

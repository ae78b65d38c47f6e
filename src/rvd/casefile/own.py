"""Laws that are functions as a case names them, `my_laws.py:spiral` or `arc`: read, not run.

A file is run only when the case is made ready to fly; what is wrong with a name, a file's text, or the numbers that a
leg gives is said with the other mistakes of the case, at its line.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rvd.case.legs import HILL
from rvd.case.own_law import WORD, LawText, Number, is_function
from rvd.case.values import Quantity, brief, did_you_mean
from rvd.errors import CaseError
from rvd.guidance.laws import FOLDER, SHIPPED
from rvd.names import plain_file, why_no_file, why_outside
from rvd.python_text import parsed
from rvd.units import MOST, example, factor, si_unit

from .faults import Fault
from .keys import Place

MOST_NUMBERS = 8
"""How many numbers a law may take."""

MARK = "own_law"

FRAME = "frame"
"""What may stand in the mark beside the units."""


def own_laws(legs: Any, folder: Path, si: bool, faults: list[Fault]) -> tuple[Any, dict[str, LawText]]:
    """The legs of parsed TOML with the `parameters` of laws that are functions in SI, and these laws by their words.

    Faults are added to those given.
    """
    if not isinstance(legs, list | tuple):
        return legs, {}
    found: dict[str, LawText | None] = {}
    read = []
    for k, leg in enumerate(legs):
        if isinstance(leg, Mapping) and is_function(leg.get("law")):
            place, word = ("leg", k), leg["law"]
            if word not in found:
                found[word] = _read(folder, word, place, faults)
            law = found[word]
            if law and law.frame and leg.get("frame", HILL) != law.frame:
                what = f"{law.called} is flown by the orbit's own motion, in the {law.frame} frame"
                faults.append(Fault((*place, "frame"), what, "remove it, or choose another law"))
            given = _numbers(law, leg.get("parameters", {}), si, place, faults) if law else {}
            leg = {**leg, "parameters": given}
        read.append(leg)
    return read, {word: law for word, law in found.items() if law is not None}


def _read(folder: Path, word: str, at: Place, faults: list[Fault]) -> LawText | None:
    try:
        return read_law(folder, word)
    except CaseError as error:
        faults.append(Fault((*at, "law"), error.what, error.remedy))
        return None


def read_law(folder: Path, word: str) -> LawText:
    """The law that a case in a folder names. Raises CaseError, with no place, where there is none that can be flown."""
    if word in SHIPPED:
        file = f"{word}.py"
        content = (FOLDER / file).read_bytes()
        return _law_in(_parsed(file, content), file, word, content, shipped=True)
    match = WORD.fullmatch(word)
    assert match is not None
    file, name = match["file"], match["name"]
    why = why_outside(file, folder)
    if why:
        remedy = "put the law into the case file's folder or one below it: results take it along"
        raise CaseError("", 0, "", f'the law file "{brief(file)[1:-1]}" {why}', remedy)
    content = _content(folder / file, file)
    tree = _parsed(file, content)
    _alone(tree, folder / file, file)
    return _law_in(tree, file, name, content, shipped=False)


def _law_in(tree: ast.Module, file: str, name: str, content: bytes, shipped: bool) -> LawText:
    """The law of this name in a file that has been parsed."""
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    if name not in functions:
        known = tuple(n for n, node in functions.items() if _mark(node) is not None)
        remedy = did_you_mean(name, known) if known else f"write @own_law and def {name}(leg, now): ... in it"
        raise CaseError("", 0, "", f'{file} has no law "{brief(name)[1:-1]}"', remedy)
    node = functions[name]
    try:
        numbers = tuple(_taken(node))
    except CaseError as error:
        raise CaseError("", 0, "", f"{file}:{node.lineno}: {name}: {error.what}", error.remedy) from None
    return LawText(
        file=file,
        name=name,
        content=content,
        says=(ast.get_docstring(node) or "").partition("\n")[0].rstrip("."),
        numbers=numbers,
        frame=_given(_mark(node)).get(FRAME, ""),
        shipped=shipped,
    )


# ---- the file


def _content(path: Path, file: str) -> bytes:
    try:
        if why := why_no_file(path):
            raise CaseError("", 0, "", f'the law file "{brief(file)[1:-1]}" {why}', "name a file")
        return plain_file(path).read_bytes()
    except FileNotFoundError:
        what, remedy = "does not exist", f"the path is taken from the case file's folder, {path.parents[0]}"
    except IsADirectoryError:
        what, remedy = "is a folder", "name a file"
    except (OSError, ValueError) as error:
        what, remedy = f"cannot be read ({getattr(error, 'strerror', None) or error})", "correct the path"
    raise CaseError("", 0, "", f'the law file "{brief(file)[1:-1]}" {what}', remedy)


def _parsed(file: str, content: bytes) -> ast.Module:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # they are said when the file is run
            return parsed(content)
    except SyntaxError as error:
        raise CaseError(
            "", 0, "", f"{file}:{error.lineno or 1}: this is not Python: {error.msg}", ""
        ) from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise CaseError("", 0, "", f"{file} is not Python ({error or type(error).__name__})", "") from None


def _alone(tree: ast.Module, path: Path, file: str) -> None:
    """Refuses an import of what lies beside the file: its hash would not say all, and no worker would find it."""
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        beside = isinstance(node, ast.ImportFrom) and node.level > 0
        if isinstance(node, ast.ImportFrom) and not beside:
            names = [node.module or ""]
        tops = [name.partition(".")[0] for name in names]
        near = [top for top in tops if (path.parent / f"{top}.py").is_file() or (path.parent / top).is_dir()]
        if beside or near:
            what = f"{file}:{getattr(node, 'lineno', 1)}: it imports {near[0] if near else 'what lies'} beside it"
            raise CaseError("", 0, "", what, "a law's file stands alone: put what it needs into it")


# ---- the function


def _taken(node: ast.FunctionDef) -> Iterator[Number]:
    """The numbers a law takes after its leg and the moment."""
    mark = _mark(node)
    if mark is None:
        raise CaseError("", 0, "", "it is not marked as a law", "write @own_law above it")
    a = node.args
    if a.posonlyargs or a.vararg or a.kwonlyargs or a.kwarg or len(a.args) < 2:
        what = "a law takes its leg, the moment, and numbers by their names"
        raise CaseError("", 0, "", what, f"write def {node.name}(leg, now, ...)")
    names = [argument.arg for argument in a.args[2:]]
    if len(names) > MOST_NUMBERS:
        raise CaseError(
            "", 0, "", f"it takes {len(names)} numbers", f"a law takes {MOST_NUMBERS} at the most"
        )
    units = _units(mark)
    for name in units:
        if name not in names:
            remedy = did_you_mean(name, tuple(names)) if names else "it takes no numbers"
            raise CaseError("", 0, "", f'it takes no number "{name}", whose unit is given', remedy)
    defaults = [None] * (len(a.args) - len(a.defaults)) + [_default(node) for node in a.defaults]
    yield from (Number(n, units.get(n, ""), d) for n, d in zip(names, defaults[2:], strict=True))


def _mark(node: ast.FunctionDef) -> ast.expr | None:
    """The decorator that makes a function a law."""
    for mark in node.decorator_list:
        called = mark.func if isinstance(mark, ast.Call) else mark
        if (called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")) == MARK:
            return mark
    return None


def _units(mark: ast.expr) -> dict[str, str]:
    given = _given(mark)
    if given.pop(FRAME, HILL) != HILL:
        raise CaseError("", 0, "", "a law is flown in any frame or in hill alone", f'write {FRAME}="{HILL}"')
    for unit in given.values():
        if unit and not _known(unit):
            raise CaseError(
                "", 0, "", f'"{unit}" is no unit known', 'write one as in a case, @own_law(speed="m/s")'
            )
    return given


def _given(mark: ast.expr | None) -> dict[str, str]:
    """The texts that the mark of a law is given by name."""
    texts: dict[str, str] = {}
    for keyword in mark.keywords if isinstance(mark, ast.Call) else ():
        text = keyword.value.value if isinstance(keyword.value, ast.Constant) else None
        if keyword.arg is None or not isinstance(text, str):
            raise CaseError("", 0, "", "a unit is not a text", 'write @own_law(speed="m/s")')
        texts[keyword.arg] = text
    return texts


def _known(unit: str) -> bool:
    try:
        factor(unit, unit)
    except CaseError:
        return False
    return True


def _default(node: ast.expr) -> float:
    try:
        value = ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        value = None
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= MOST:
        what = "the default of a number is not a number"
        raise CaseError("", 0, "", what, "write it in SI, as def spiral(leg, now, speed=0.1)")
    return float(value)


# ---- the numbers of a leg


def _numbers(law: LawText, given: Any, si: bool, at: Place, faults: list[Fault]) -> dict[str, float]:
    """What a leg gives its law, in SI; what is wrong is added to the faults."""
    place = (*at, "parameters")
    if not isinstance(given, Mapping):
        faults.append(Fault(place, f"{brief(given)} stands where a table belongs", _table(law)))
        return {}
    known = {number.name: number for number in law.numbers}
    values: dict[str, float] = {}
    for name, value in given.items():
        if name not in known:
            remedy = did_you_mean(str(name), tuple(known)) if known else "remove it"
            faults.append(Fault((*place, name), f"{law.called} takes no such number", remedy))
            continue
        try:
            number = known[name]
            values[name] = Quantity(si_unit(number.unit), number.unit).read(value, si)
        except CaseError as error:
            faults.append(Fault((*place, name), error.what, error.remedy))
            values[name] = 0.0
    for number in law.numbers:
        if number.default is None and number.name not in values:
            what = f"{law.called} needs its {number.name}"
            faults.append(Fault(place, what, _table(law)))
    return values


def _table(law: LawText) -> str:
    """The remedy that shows the numbers a law takes."""
    numbers = ", ".join(f"{n.name} = {example(n.unit)}" for n in law.numbers)
    return f"write parameters = {{ {numbers} }}" if numbers else "remove it: the law takes no numbers"

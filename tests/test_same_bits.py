"""The same bits on every CPU: from the case file to a stored row nothing is computed by what chooses by CPU.

A walk over the sources refuses what may differ, and digests of set-up, rows and runs are taken in processes for which
BLAS and NumPy choose other code.  `python -m validation.digest --everywhere` does so for a generic CPU too.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from validation import digest as program
from validation.digest import SETTINGS, committed, differences, digest, leaves, under

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"
ROOTS = ("rvd.casefile.reading", "rvd.montecarlo.mission", "rvd.montecarlo.worker")
"""What reads cases, what makes rows, and what flies and stores them: all that these import is on the way."""

BESIDE = {
    "rvd.montecarlo.progress": ("counts runs for the eye", ("montecarlo.worker",)),
    "rvd.case.requirement": (
        "judges rows",
        (
            "case.schema",
            "casefile.agreement",
            "casefile.case",
            "casefile.require",
            "casefile.write",
            "montecarlo.plan",
            "montecarlo.worker",
            "montecarlo.words",
        ),
    ),
    "rvd.casefile.leaving": (
        "says which share of runs leaves a limit",
        ("montecarlo.mission", "casefile.agreement"),
    ),
    "rvd.casefile.in_words": ("numbers in words", ("assembly.transfers",)),
    "rvd.assembly.aborts": ("what an abort would do: no column of a row", ("montecarlo.mission",)),
    "rvd.assembly.history": ("lines of a flight for the eye", ("assembly.flyer",)),
    "rvd.statistics": ("judges rows", ()),
}
"""Modules and packages on the way that put nothing into a row: what they do, and who else imports them."""

EXCEPTIONS = {
    ("rvd.montecarlo.mission", "np.linspace"): "times at which aborts are tried: no column of a row",
    ("rvd.montecarlo.uniforms", "import scipy"): "Sobol's sequence: integers times a power of two",
    ("rvd.casefile.disperse", "sum"): "of tuples",
    ("rvd.montecarlo.uniforms", "sum"): "of integers",
    ("rvd.control.facets", "import scipy"): "Qhull: integers, which test_facets holds to be the only ones",
    ("rvd.control.facets", "np.random"): "the bits of PCG64, which NumPy promises to keep",
    ("rvd.units", "**"): "of decimals",
    ("rvd.core.kernel.overloads", "np.generic"): "a type",
}
"""What is refused elsewhere, and why it stands there."""

# fmt: off
MATH = {
    "pi", "nan", "inf", "sqrt", "floor", "ceil", "copysign", "isfinite", "isnan", "isinf", "radians",
}
"""What the standard demands to the last bit, and constants."""

NUMPY = {
    # types, and arrays made, joined, moved
    "ndarray", "dtype", "float64", "int64", "uint64", "int32", "float32", "nan", "inf", "array", "asarray",
    "ascontiguousarray", "empty", "zeros", "ones", "full", "eye", "arange", "zeros_like", "full_like",
    "concatenate", "stack", "column_stack", "tile", "broadcast_to", "reshape", "ravel", "split", "take",
    "put_along_axis", "shape", "size", "require", "can_cast", "datetime64", "datetime_data", "isnat",
    # choices and comparisons
    "where", "minimum", "maximum", "argmax", "argmin", "any", "all", "isin", "isfinite", "isnan",
    "flatnonzero", "nonzero", "searchsorted", "unique", "sort", "array_equal", "count_nonzero", "bincount",
    "intersect1d", "signbit",
    # element by element and right to the last bit
    "abs", "sqrt", "floor", "diff", "errstate",
}
# fmt: on
"""What of NumPy gives the same bits whatever code it chooses."""

SUMS = {"sum", "mean", "dot", "std", "var", "prod", "cumsum", "cumprod", "trace"}
"""Methods of arrays, and functions of NumPy, that add up in an order of their own."""

LIBRARIES = {"scipy", "cmath", "random", "statistics", "mpmath"}


# ---- what is on the way


def file_of(module: str) -> Path | None:
    """The source of a module of ours."""
    path = SOURCE.joinpath(*module.split("."))
    return next((p for p in (path.with_suffix(".py"), path / "__init__.py") if p.is_file()), None)


def imported(module: str) -> Iterator[str]:
    """The names that a module imports, wherever in its text, but for the types alone."""
    path = file_of(module)
    assert path is not None
    package = module.split(".") if path.name == "__init__.py" else module.split(".")[:-1]
    tree = ast.parse(path.read_text())
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for part in node.body
        for inner in ast.walk(part)
    }
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def on_the_way() -> list[str]:
    """The modules between the case file and a stored row."""
    seen: set[str] = set()
    waiting = list(ROOTS)
    while waiting:
        module = waiting.pop()
        if module not in seen and module.startswith("rvd") and file_of(module):
            seen.add(module)
            waiting += imported(module)
    return sorted(seen)


def beside(module: str) -> bool:
    """Whether a module, or its package, puts nothing into a row."""
    return any(f"{module}.".startswith(f"{name}.") for name in BESIDE)


# ---- what may not stand there


def is_whole(node: ast.expr) -> bool:
    """Whether an expression is an integer written out."""
    return isinstance(node, ast.Constant) and type(node.value) is int


def refused(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and name of each thing that may give other bits on another CPU."""
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            yield from ((line, f"import {name.split('.')[0]}") for name in names if library(name))
            if isinstance(node, ast.ImportFrom) and node.module in ("math", "numpy"):
                known = MATH if node.module == "math" else NUMPY
                yield from ((line, f"{node.module}.{a.name}") for a in node.names if a.name not in known)
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.MatMult):
            yield line, "@"
        if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Pow):
            yield line, "**"
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
            if not (is_whole(node.left) and is_whole(node.right)):
                yield line, "**"
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if (node.value.id == "math" and node.attr not in MATH) or (
                node.value.id == "np" and node.attr not in NUMPY | {"argsort"}
            ):
                yield line, f"{node.value.id}.{node.attr}"
        if isinstance(node, ast.Call):
            yield from ((line, name) for name in refused_call(node))


def library(name: str) -> bool:
    """Whether a module is one of those refused."""
    return name.split(".")[0] in LIBRARIES or name.startswith("numpy.")


def refused_call(node: ast.Call) -> Iterator[str]:
    """A call that adds up in an order of its own, or sorts what is equal in one."""
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    if name in ("sum", "pow"):
        yield name
    if method in SUMS and not (isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "np"):
        yield f".{method}"
    if method in ("argsort", "lexsort"):
        stable = any(k.arg == "kind" and ast.unparse(k.value) == "'stable'" for k in node.keywords)
        if not stable:
            yield f"{method} of equals"


def test_the_way_is_seen():
    way = on_the_way()
    for module in (
        "casefile.reading",
        "units",
        "assembly.filters",
        "control.facets",
        "montecarlo.draws",
        "core.flight.scalar",
    ):
        assert f"rvd.{module}" in way
    assert not any(module.startswith(("rvd.reporting", "rvd.cli", "rvd.api")) for module in way)
    assert all(any(f"{module}.".startswith(f"{name}.") for module in way) for name in BESIDE)


@pytest.mark.parametrize("module", list(BESIDE))
def test_what_stands_beside_is_known_to_few(module):
    """Whoever makes a number of it comes to this list first."""
    users = {
        other.removeprefix("rvd.")
        for other in on_the_way()
        if not beside(other) and any(f"{name}.".startswith(f"{module}.") for name in imported(other))
    }
    assert users == set(BESIDE[module][1])


@pytest.mark.parametrize("module", [module for module in on_the_way() if not beside(module)])
def test_nothing_on_the_way_chooses_by_cpu(module):
    path = file_of(module)
    assert path is not None
    found = [
        f"line {line}: {what}"
        for line, what in refused(ast.parse(path.read_text()))
        if (module, what) not in EXCEPTIONS
    ]
    assert not found, "write it with rvd.core.algebra, or give the reason in EXCEPTIONS"


def test_every_exception_is_needed():
    there = {
        (module, what)
        for module in on_the_way()
        for _, what in refused(ast.parse(file_of(module).read_text()))
    }
    assert set(EXCEPTIONS) <= there


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("import scipy.linalg", "import scipy"),
        ("from numpy.linalg import norm", "import numpy"),
        ("from math import sin", "math.sin"),
        ("y = math.hypot(a, b)", "math.hypot"),
        ("y = np.exp(x)", "np.exp"),
        ("y = np.linalg.solve(a, b)", "np.linalg"),
        ("y = np.dot(a, b)", "np.dot"),
        ("y = a @ b", "@"),
        ("y = x**2", "**"),
        ("y = 2.0**-53", "**"),
        ("y = sum(x)", "sum"),
        ("y = x.sum(axis=0)", ".sum"),
        ("y = np.argsort(x)", "argsort of equals"),
    ],
)
def test_what_may_differ_is_refused(text, what):
    assert [found for _, found in refused(ast.parse(text))] == [what]


def test_what_is_right_to_the_last_bit_may_stand():
    text = "y = np.sqrt(x) + math.sqrt(z); n = 10**9; k = np.argsort(x, kind='stable'); m = np.argmax(x)"
    assert not list(refused(ast.parse(text)))


# ---- the numbers themselves


@pytest.mark.parametrize("setting", list(SETTINGS))
def test_one_digest_whatever_the_libraries_choose(setting):
    """Set-up and rows under every setting, flights under every second: none of them calls a library in between."""
    runs = [] if list(SETTINGS).index(setting) % 2 else ["--runs", "0"]
    found = under(SETTINGS[setting], *runs)
    assert len(found) == (2 if runs else 3) and found.items() <= committed().items()


def test_plain_python_gives_the_same_digests():
    found = under({"NUMBA_DISABLE_JIT": "1", "PYTHONHASHSEED": "7"}, "--runs", "0")
    assert len(found) == 2 and found.items() <= committed().items()


def test_a_digest_sees_one_bit_and_a_name_and_no_order():
    columns = {"b": np.array([1.0, np.nan]), "a": np.array([0.0])}
    assert digest(columns) == digest(dict(sorted(columns.items())))
    assert digest(columns) == digest({**columns, "b": np.array([1.0, -np.nan])})
    assert digest(columns) != digest({**columns, "b": np.array([np.nextafter(1.0, 2.0), np.nan])})
    assert digest(columns) != digest({**columns, "a": np.array([-0.0])})
    assert digest(columns) != digest({"b": columns["b"], "c": columns["a"]})


def test_numbers_of_nested_records_are_named():
    found = dict(leaves(Pair(first=(1.0, np.array([2.0])), last=3), "setup"))
    assert list(found) == ["setup.first.0", "setup.first.1", "setup.last"]


class Pair(NamedTuple):
    """Two values."""

    first: tuple
    last: int


def test_a_kept_state_names_what_differs():
    before = {"x": np.array([1.0, 2.0]), "gone": np.array([1.0]), "same": np.array([np.nan])}
    now = {"x": np.array([1.0, 2.5]), "new": np.array([1.0]), "same": np.array([np.nan])}
    assert list(differences(now, before)) == [
        "gone: only before", "new: only now", "x: 1 of 2 numbers differ, by 0.5 at most",
    ]  # fmt: skip


def test_the_program_prints_saves_and_compares(tmp_path, capsys):
    few = ["--runs", "0", "--rows", "0"]
    assert program.main([*few, "--save", str(tmp_path / "kept.npz")]) == 0
    assert re.fullmatch(r"setup [0-9a-f]{16}\n", capsys.readouterr().out)
    assert program.main([*few, "--compare", str(tmp_path / "kept.npz")]) == 0
    assert capsys.readouterr().out.endswith("the same bits\n")
    assert program.main(["--runs", "0", "--rows", "3", "--compare", str(tmp_path / "kept.npz")]) == 1
    assert "more columns differ" in capsys.readouterr().out

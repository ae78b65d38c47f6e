"""Writes straight-line covariance kernels: the upper triangle as a tuple of row tuples, no loop, no zero.

`python -m rvd.core.algebra.triangular` writes `triangular6.py` (attitude filter) and `triangular37.py` (relative
filter) beside this file; a test holds them equal to what this file writes.  Both give, for P of that size:
predict F P F' + diag(q), a rank-1 downdate shared by all measurements, P h and h.c for each kind of measurement,
the diagonal; of six states an error in sigmas too.
"""

import textwrap
from pathlib import Path
from typing import NamedTuple

Pattern = tuple[tuple[int, ...], ...]


class Layout(NamedTuple):
    """Where the non-zero elements are, and what is written."""

    #: Columns of the non-zero elements of each row of the transition matrix.
    pattern: Pattern
    #: States that each kind of measurement sees, by its name.
    measured: dict[str, tuple[int, ...]]
    #: Whether what makes an error one of unit covariance is written too, which is long.
    tested: bool


# Attitude errors turn into one another and take their own gyro's bias; biases stay or fade.
ATTITUDE = Layout(((0, 1, 2, 3), (0, 1, 2, 4), (0, 1, 2, 5), (3,), (4,), (5,)), {"": tuple(range(6))}, True)

# Clohessy-Wiltshire on r_hill, v_hill; what a push along each body axis is off by (three vectors, 21-29), and an
# unexplained acceleration (30-32); the target's mean attitude (12-14) and the chaser's centre of mass (33-35) are off
# for good, as drag is (36); the target swings (15-17, its rates 18-20); biases of the GPS position and of the laser
# only fade, as what pushes are off by and that acceleration do.
PUSHES = tuple(range(21, 30))
RELATIVE = Layout(
    (
        (0, 3, 4, *PUSHES, 30), (0, 1, 3, 4, *PUSHES, 31, 36), (2, 5, *PUSHES, 32),
        (0, 3, 4, *PUSHES, 30), (0, 3, 4, *PUSHES, 31, 36), (2, 5, *PUSHES, 32),
        *((i,) for i in range(6, 15)),
        (15, 18), (16, 19), (17, 20), (15, 18), (16, 19), (17, 20),
        *((i,) for i in range(21, 37)),
    ),
    {"gps": tuple(range(9)), "sight": (0, 1, 2, *range(9, 18), 33, 34, 35)},
    False,
)  # fmt: skip
FILES = {"triangular6.py": ATTITUDE, "triangular37.py": RELATIVE}


def _element(i: int, j: int) -> str:
    return f"p{min(i, j)}_{max(i, j)}"


def _wrapped(line: str) -> str:
    """One statement of a function body on lines of at most 108 characters, inside its brackets."""
    return "\n".join(textwrap.wrap(line, 108, initial_indent="    ", subsequent_indent="        "))


LONGEST = 30
"""Elements of a tuple literal that Numba reads on Python 3.11; longer tuples are sums."""


def _tuple(items: list[str]) -> str:
    if len(items) > LONGEST:
        return f"({_tuple(items[:LONGEST])} + {_tuple(items[LONGEST:])})"
    return f"({items[0]},)" if len(items) == 1 else f"({', '.join(items)})"


def _triangle(size: int, name: str) -> str:
    return _tuple([_tuple([f"{name}{i}_{j}" for j in range(i, size)]) for i in range(size)])


def _unpacked(size: int) -> list[str]:
    rows = ([_element(i, j) for j in range(i, size)] for i in range(size))
    return [_unpacking(row, f"P[{i}]") for i, row in enumerate(rows)]


def _unpacking(names: list[str], row: str) -> str:
    """The names of a row's elements; what is too long for one line is bracketed, and breaks only within."""
    if len(names) == 1:
        return f"({names[0]},) = {row}"
    line = ", ".join(names)
    return f"{line} = {row}" if len(line) < 90 else f"({line})={row}"


def _kernel(head: str, doc: str, body: list[str]) -> str:
    lines = ["@kernel", f"def {head}:", f'    """{doc}"""', *map(_wrapped, body)]
    return "\n".join(lines)


def _predict(pattern: Pattern) -> str:
    """F P F' + diag(q): of F P only the elements that the product with F' reads."""
    size = len(pattern)
    body = _unpacked(size)
    for i, columns in enumerate(pattern):
        body.append(_unpacking([f"f{i}_{c}" for c in columns], f"F[{i}]"))
    for i, columns in enumerate(pattern):
        for j in sorted({c for row in pattern[i:] for c in row}):
            body.append(f"m{i}_{j} = ({' + '.join(f'f{i}_{c} * {_element(c, j)}' for c in columns)})")
    for i in range(size):
        for j in range(i, size):
            terms = [f"f{j}_{c} * m{i}_{c}" for c in pattern[j]] + ([f"q[{i}]"] if i == j else [])
            body.append(f"n{i}_{j} = ({' + '.join(terms)})")
    body.append(f"return {_triangle(size, 'n')}")
    doc = "F P F' + diag(q); F holds the non-zero elements of its rows, at the columns of PATTERN."
    return _kernel("predict(P: Triangle, F: Transition, q: Column) -> Triangle", doc, body)


def _downdate(size: int) -> str:
    body = _unpacked(size)
    for i in range(size):
        body.append(f"k{i} = inverse_variance * column[{i}]")
        body += [f"n{i}_{j} = {_element(i, j)} - k{i} * column[{j}]" for j in range(i, size)]
    body.append(f"return {_triangle(size, 'n')}")
    head = "downdate(P: Triangle, column: Column, inverse_variance: float) -> Triangle"
    return _kernel(
        head, "P - c c' / s of a scalar measurement: column c = P h, s = h' P h + its variance.", body
    )


def _whitened(size: int) -> str:
    """P = L D L' by columns, y = L^-1 x along the way."""
    body = _unpacked(size) + [f"y{i} = x[{i}]" for i in range(size)]
    for k in range(size):
        body.append(f"d{k} = 1.0 / {_element(k, k)}")
        for i in range(k + 1, size):
            body.append(f"l{i} = {_element(k, i)} * d{k}")
            body.append(f"y{i} = y{i} - l{i} * y{k}")
            body += [f"{_element(i, j)} = {_element(i, j)} - l{i} * {_element(k, j)}" for j in range(i, size)]
    body.append(f"return ({', '.join(f'y{i} * math.sqrt(d{i})' for i in range(size))})")
    doc = "D^-1/2 L^-1 x with P = L D L': of unit covariance where x has P; its square is x' P^-1 x."
    return _kernel("whitened(x: Column, P: Triangle) -> Column", doc, body)


def _small(size: int) -> list[str]:
    """The kernels of a line or two."""
    every = range(size)
    rows = [_tuple([f"values[{i}]" if i == j else "0.0" for j in range(i, size)]) for i in every]
    return [
        _kernel("diagonal(values: Column) -> Triangle", "diag(values).", [f"return {_tuple(rows)}"]),
        _kernel(
            "diag_of(P: Triangle) -> Column",
            "The diagonal of P: the variances.",
            [f"return {_tuple([f'P[{i}][0]' for i in every])}"],
        ),
    ]


def _measured(size: int, name: str, at: tuple[int, ...]) -> list[str]:
    """P h and h . column for a measurement's row h, of which only the elements that are not zero are given."""
    suffix, row = (f"_{name}", f"h at {_tuple([str(j) for j in at])}") if name else ("", "h")
    row_type = name.capitalize() or "Column"
    place = lambda i, j: f"P[{min(i, j)}][{abs(i - j)}]"  # noqa: E731
    terms = (" + ".join(f"{place(i, j)} * h[{k}]" for k, j in enumerate(at)) for i in range(size))
    return [
        _kernel(
            f"column{suffix}(P: Triangle, h: {row_type}) -> Column",
            f"P h; {row}." if name else "P h.",
            [*(f"c{i} = ({term})" for i, term in enumerate(terms))]
            + [f"return {_tuple([f'c{i}' for i in range(size)])}"],
        ),
        _kernel(
            f"quadratic{suffix}(h: {row_type}, column: Column) -> float",
            "h . column, which is h' P h for column = P h.",
            [f"return ({' + '.join(f'h[{k}] * column[{j}]' for k, j in enumerate(at))})"],
        ),
    ]


def _folded(line: str) -> str:
    return "\n".join(textwrap.wrap(line, 110, subsequent_indent="    "))


def _floats(n: int) -> str:
    return f"tuple[{', '.join(['float'] * n)}]"


def _types(layout: Layout) -> str:
    pattern, size = layout.pattern, len(layout.pattern)
    column = _folded(f"Column = {_floats(size)}")
    triangle = ",\n".join(_wrapped(_floats(size - i)) for i in range(size))
    rows = ",\n".join(f"    {_floats(len(columns))}" for columns in pattern)
    columns = ",\n".join(f"    {_tuple([str(c) for c in row])}" for row in pattern)
    measured = "".join(
        _folded(f"{name.capitalize()} = {_floats(len(at))}") + "\n"
        for name, at in layout.measured.items()
        if name
    )
    return (
        f"PATTERN = (\n{columns},\n)\n{column}\n{measured}Triangle = tuple[\n{triangle},\n]\n"
        f"Transition = tuple[\n{rows},\n]"
    )


def source(layout: Layout) -> str:
    """The text of the module for transition matrices and measurements of this layout."""
    pattern, size = layout.pattern, len(layout.pattern)
    imports = ["import math", ""] if layout.tested else []
    head = (
        f'"""Covariances of {size} states, straight-line.  Written by `python -m rvd.core.algebra.triangular`."""\n\n'
        + "\n".join([*imports, "from rvd.core.kernel import kernel", "", "# fmt: off"])
    )
    measured = [one for name, at in layout.measured.items() for one in _measured(size, name, at)]
    kernels = [*_small(size), *measured, _predict(pattern), _downdate(size)]
    if layout.tested:
        kernels.append(_whitened(size))
    return "\n".join([head, _types(layout)]) + "\n\n\n" + "\n\n\n".join(kernels) + "\n"


def write(folder: Path) -> None:
    """Writes every file of FILES into `folder`."""
    for name, pattern in FILES.items():
        (folder / name).write_text(source(pattern))


if __name__ == "__main__":
    write(Path(__file__).parent)

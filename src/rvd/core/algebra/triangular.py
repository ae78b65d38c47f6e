"""Writes straight-line covariance kernels: the upper triangle as a tuple of row tuples, no loop, no zero.

`python -m rvd.core.algebra.triangular` writes `triangular6.py` (attitude filter) beside this file; a test holds it
equal to what this file writes.  For P of that size it gives: predict F P F' + diag(q), a rank-1 downdate, P h and h.c
of a measurement, the diagonal, an error in sigmas.  Six states are few enough for it; more are in `covariance`.
"""

import textwrap
from pathlib import Path

Pattern = tuple[tuple[int, ...], ...]
"""Columns of the elements of each row of the transition matrix that are not zero."""


# Attitude errors turn into one another and take their own gyro's bias; biases stay or fade.
ATTITUDE = ((0, 1, 2, 3), (0, 1, 2, 4), (0, 1, 2, 5), (3,), (4,), (5,))

FILES = {"triangular6.py": ATTITUDE}


def _element(i: int, j: int) -> str:
    return f"p{min(i, j)}_{max(i, j)}"


def _wrapped(line: str) -> str:
    """One statement of a function body on lines of at most 108 characters, inside its brackets."""
    return "\n".join(textwrap.wrap(line, 108, initial_indent="    ", subsequent_indent="        "))


def _tuple(items: list[str]) -> str:
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


def _measured(size: int) -> list[str]:
    """P h and h . column for a measurement's row h."""
    every = range(size)
    place = lambda i, j: f"P[{min(i, j)}][{abs(i - j)}]"  # noqa: E731
    terms = (" + ".join(f"{place(i, j)} * h[{j}]" for j in every) for i in every)
    return [
        _kernel(
            "column(P: Triangle, h: Column) -> Column",
            "P h.",
            [*(f"c{i} = ({term})" for i, term in enumerate(terms))]
            + [f"return {_tuple([f'c{i}' for i in every])}"],
        ),
        _kernel(
            "quadratic(h: Column, column: Column) -> float",
            "h . column, which is h' P h for column = P h.",
            [f"return ({' + '.join(f'h[{j}] * column[{j}]' for j in every)})"],
        ),
    ]


def _folded(line: str) -> str:
    return "\n".join(textwrap.wrap(line, 110, subsequent_indent="    "))


def _floats(n: int) -> str:
    return f"tuple[{', '.join(['float'] * n)}]"


def _types(pattern: Pattern) -> str:
    size = len(pattern)
    column = _folded(f"Column = {_floats(size)}")
    triangle = ",\n".join(_wrapped(_floats(size - i)) for i in range(size))
    rows = ",\n".join(f"    {_floats(len(columns))}" for columns in pattern)
    columns = ",\n".join(f"    {_tuple([str(c) for c in row])}" for row in pattern)
    return (
        f"PATTERN = (\n{columns},\n)\n{column}\nTriangle = tuple[\n{triangle},\n]\n"
        f"Transition = tuple[\n{rows},\n]"
    )


def source(pattern: Pattern) -> str:
    """The text of the module for transition matrices of this pattern."""
    size = len(pattern)
    head = (
        f'"""Covariances of {size} states, straight-line.  Written by `python -m rvd.core.algebra.triangular`."""\n\n'
        + "\n".join(["import math", "", "from rvd.core.kernel import kernel", "", "# fmt: off"])
    )
    kernels = [
        *_small(size),
        *_measured(size),
        _predict(pattern),
        _downdate(size),
        _whitened(size),
    ]
    return "\n".join([head, _types(pattern)]) + "\n\n\n" + "\n\n\n".join(kernels) + "\n"


def write(folder: Path) -> None:
    """Writes every file of FILES into `folder`."""
    for name, pattern in FILES.items():
        (folder / name).write_text(source(pattern))


if __name__ == "__main__":
    write(Path(__file__).parent)

"""Writes straight-line covariance kernels: the upper triangle as a tuple of row tuples, no loop, no zero.

`python -m rvd.algebra.triangular` writes `triangular6.py` (attitude filter) and `triangular21.py` (relative
filter) beside this file; a test holds them equal to what this file writes.  Both give, for P of that size:
predict F P F' + diag(q), a rank-1 downdate shared by all measurements, P h, h.c, the diagonal, x' P^-1 x.
"""

import textwrap
from pathlib import Path

# Columns of the non-zero elements of each row of the transition matrix.
# Attitude errors turn into one another and take their own gyro's bias; biases stay or fade.
ATTITUDE = ((0, 1, 2, 3), (0, 1, 2, 4), (0, 1, 2, 5), (3,), (4,), (5,))
# Clohessy-Wiltshire on r_hill, v_hill, thrust that is off by a share of itself (15-17), and an unexplained
# acceleration (18-20); three biases of the GPS position, three of the laser
# and the three components by which the reflectors are elsewhere fade, as that share and that acceleration do.
RELATIVE = (
    (0, 3, 4, 15, 18), (0, 1, 3, 4, 16, 19), (2, 5, 17, 20), (0, 3, 4, 15, 18), (0, 3, 4, 16, 19), (2, 5, 17, 20),
    (6,), (7,), (8,), (9,), (10,), (11,), (12,), (13,), (14,),
    (15,), (16,), (17,), (18,), (19,), (20,),
)  # fmt: skip
FILES = {"triangular6.py": ATTITUDE, "triangular21.py": RELATIVE}

Pattern = tuple[tuple[int, ...], ...]


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
    rows = (", ".join(_element(i, j) for j in range(i, size)) for i in range(size))
    return [_unpacking(row, i) for i, row in enumerate(rows)]


def _unpacking(row: str, i: int) -> str:
    """The names of a row from the triangle; a row too long for one line is bracketed, and breaks only within."""
    if "," not in row:
        return f"({row},) = P[{i}]"
    return f"{row} = P[{i}]" if len(row) < 90 else f"({row})=P[{i}]"


def _kernel(head: str, doc: str, body: list[str]) -> str:
    lines = ["@kernel", f"def {head}:", f'    """{doc}"""', *map(_wrapped, body)]
    return "\n".join(lines)


def _predict(pattern: Pattern) -> str:
    """F P F' + diag(q): of F P only the elements that the product with F' reads."""
    size = len(pattern)
    body = _unpacked(size)
    for i, columns in enumerate(pattern):
        names = ", ".join(f"f{i}_{c}" for c in columns)
        body.append(f"({names},) = F[{i}]" if len(columns) == 1 else f"{names} = F[{i}]")
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


def _nees(size: int) -> str:
    """P = L D L' by columns, y = L^-1 x along the way."""
    body = _unpacked(size) + [f"y{i} = x[{i}]" for i in range(size)]
    for k in range(size):
        body.append(f"d{k} = 1.0 / {_element(k, k)}")
        for i in range(k + 1, size):
            body.append(f"l{i} = {_element(k, i)} * d{k}")
            body.append(f"y{i} = y{i} - l{i} * y{k}")
            body += [f"{_element(i, j)} = {_element(i, j)} - l{i} * {_element(k, j)}" for j in range(i, size)]
    body.append(f"return ({' + '.join(f'y{i} * y{i} * d{i}' for i in range(size))})")
    doc = "x' P^-1 x, the normalised square of an estimation error, by the LDL' factors; P positive definite."
    return _kernel("nees(x: Column, P: Triangle) -> float", doc, body)


def _small(size: int) -> list[str]:
    """The kernels of a line or two."""
    every = range(size)
    column = [f"({' + '.join(f'{_element(i, j)} * h[{j}]' for j in every)})" for i in every]
    rows = [_tuple([f"values[{i}]" if i == j else "0.0" for j in range(i, size)]) for i in every]
    return [
        _kernel("diagonal(values: Column) -> Triangle", "diag(values).", [f"return {_tuple(rows)}"]),
        _kernel(
            "diag_of(P: Triangle) -> Column",
            "The diagonal of P: the variances.",
            [f"return {_tuple([f'P[{i}][0]' for i in every])}"],
        ),
        _kernel(
            "column(P: Triangle, h: Column) -> Column",
            "P h.",
            [*_unpacked(size), *(f"c{i} = {term}" for i, term in enumerate(column))]
            + [f"return {_tuple([f'c{i}' for i in every])}"],
        ),
        _kernel(
            "quadratic(h: Column, column: Column) -> float",
            "h . column, which is h' P h for column = P h.",
            [f"return ({' + '.join(f'h[{i}] * column[{i}]' for i in every)})"],
        ),
    ]


def _types(pattern: Pattern) -> str:
    size = len(pattern)
    floats = lambda n: f"tuple[{', '.join(['float'] * n)}]"  # noqa: E731
    column = "\n".join(textwrap.wrap(f"Column = {floats(size)}", 110, subsequent_indent="    "))
    triangle = ",\n".join(_wrapped(floats(size - i)) for i in range(size))
    rows = ",\n".join(f"    {floats(len(columns))}" for columns in pattern)
    columns = ",\n".join(f"    {_tuple([str(c) for c in row])}" for row in pattern)
    return (
        f"PATTERN = (\n{columns},\n)\n{column}\nTriangle = tuple[\n{triangle},\n]\n"
        f"Transition = tuple[\n{rows},\n]"
    )


def source(pattern: Pattern) -> str:
    """The text of the module for transition matrices of this pattern."""
    size = len(pattern)
    head = (
        f'"""Covariances of {size} states, straight-line.  Written by `python -m rvd.algebra.triangular`."""\n\n'
        "from rvd.kernel import kernel\n\n# fmt: off"
    )
    parts = [head, _types(pattern)]
    kernels = [*_small(size), _predict(pattern), _downdate(size), _nees(size)]
    return "\n".join(parts) + "\n\n\n" + "\n\n\n".join(kernels) + "\n"


def write(folder: Path) -> None:
    """Writes every file of FILES into `folder`."""
    for name, pattern in FILES.items():
        (folder / name).write_text(source(pattern))


if __name__ == "__main__":
    write(Path(__file__).parent)

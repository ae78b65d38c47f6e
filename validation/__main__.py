"""Runs every check, prints the table, writes docs/validation.md; the exit code is 1 if a row does not hold."""

import importlib
import sys
from pathlib import Path

from validation.row import Row, written

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "validation.md"
HEAD = """# Validation

Numbers that others published, beside ours. The page is written by `python -m validation`; a test holds it current.
`difference` is the largest absolute difference of any component. The folder of each authority, with the numbers
copied and their source and licence, is `validation/<authority>/`. Nothing is allowed that is wider than the digits
printed by the authority, the rounding of float64 at the size compared, or an effect that one side leaves out and the
last column names. A row marked `*` was adjusted before it was compared: [how](#adjusted-before-they-were-compared).

"""


def rows() -> list[tuple[str, Row]]:
    """(authority, row) of every check, in the order of the folders' names."""
    found = []
    for path in sorted(HERE.glob("*/check.py")):
        module = importlib.import_module(f"validation.{path.parent.name}.check")
        found += [(path.parent.name, row) for row in module.rows()]
    return found


def table(found: list[tuple[str, Row]]) -> str:
    """The Markdown table."""
    lines = [
        "| authority | quantity | theirs | ours | difference | allowed | because |",
        "|---|---|---|---|---|---|---|",
    ]
    for authority, row in found:
        unit = f" ({row.unit})" if row.unit else ""
        cells = (
            authority.replace("_", " "),
            row.quantity + unit + ("*" if row.adjusted else ""),
            written(row.theirs),
            written(row.ours),
            f"{row.difference:.0e}",
            f"{row.allowed:.1e}",
            row.because + ("" if row.holds else " **MISSED**"),
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def adjusted(found: list[tuple[str, Row]]) -> str:
    """What was done to a side before the two were compared."""
    told = dict.fromkeys((authority, row.adjusted) for authority, row in found if row.adjusted)
    lines = [f"- {authority.replace('_', ' ')}: {words}." for authority, words in told]
    return "## Adjusted before they were compared\n\n" + "\n".join(lines or ["None."]) + "\n"


def page(found: list[tuple[str, Row]]) -> str:
    """The page in docs."""
    missed = sum(not row.holds for _, row in found)
    count = len({authority for authority, _ in found})
    return (
        HEAD
        + f"{len(found)} comparisons with {count} authorities; {missed} missed.\n\n"
        + table(found)
        + "\n"
        + adjusted(found)
        + "\n"
        + (HERE / "left_out.md").read_text()
    )


def main() -> int:
    """Prints and writes."""
    found = rows()
    for authority, row in found:
        verdict = "ok    " if row.holds else "MISSED"
        print(
            f"{verdict} {authority:26} {row.quantity:64.64} {row.difference:8.1e} of {row.allowed:8.1e} {row.unit}"
        )
    text = page(found)
    PAGE.write_text(text)
    missed = [row for _, row in found if not row.holds]
    print(f"{len(found)} comparisons, {len(missed)} missed; written to {PAGE.relative_to(HERE.parent)}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

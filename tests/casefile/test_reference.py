import itertools
from pathlib import Path

from rvd.case.paths import PATHS
from rvd.case.requirement import OUTCOMES
from rvd.case.results import QUANTITIES
from rvd.case.table import inner, meaning_of
from rvd.casefile.case import Case
from rvd.casefile.reference import BEGIN, END, reference, refresh, refreshed

PAGE = Path(__file__).parents[2] / "docs" / "case_file.md"


def test_the_manual_s_page_is_of_today():
    text = PAGE.read_text()
    assert text == refreshed(text), "run: python -m rvd.casefile.reference"


def test_the_reference_has_every_key_path_outcome_and_result():
    text = reference()

    def walk(model):
        for name, field in model.model_fields.items():
            assert f"| `{field.alias or name}` |" in text
            assert " ".join(meaning_of(model, name).split()) in text
            if inner(field.annotation):
                walk(inner(field.annotation))

    walk(Case)
    assert all(f"| `{path}` |" in text for path in PATHS)
    assert all(f"`{word}`" in text for word in OUTCOMES)
    assert all(f"| `{column}` |" in text for column in QUANTITIES)


def test_only_what_stands_between_the_marks_changes(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nyesterday's\n{END}\nafter\n")
    refresh(page)
    text = page.read_text()
    assert (
        text.startswith(f"before\n{BEGIN}\n")
        and text.endswith(f"{END}\nafter\n")
        and "yesterday's" not in text
    )
    assert refreshed(text) == text


def test_every_row_of_a_table_is_whole_and_no_cell_is_empty():
    lines = reference().splitlines()
    tables = [
        list(rows) for told, rows in itertools.groupby(lines, key=lambda line: line.startswith("|")) if told
    ]
    assert len(tables) > 30
    for head, rule, *rows in tables:
        columns = [cell.strip() for cell in head.strip("|").split("|")]
        assert rows and rule == "|" + "---|" * len(columns)
        for row in rows:
            assert row.endswith(" |"), row
            cells = [cell.strip() for cell in row.replace("\\|", "").strip("|").split("|")]
            assert len(cells) == len(columns) and all(cell and cell != "``" for cell in cells), row
    # A line that begins no row and follows one has fallen out of its cell.
    assert all(
        not below or below.startswith("|") for row, below in itertools.pairwise(lines) if row.startswith("|")
    )


def test_gates_are_of_legs_and_nozzles_of_the_vehicle():
    text = reference()
    assert (
        "| `gates.delay` | one a leg | `s` |" in text and "| `gates.refused` | one a leg | a number |" in text
    )
    assert "| `chaser.thrusters.force` | one a nozzle | a number |" in text

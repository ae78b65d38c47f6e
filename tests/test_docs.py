"""What the documents say is run: Python blocks, `rvd` commands, and the names of targets, commands and files."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import rvd
from rvd.case.limits import GOALS, RULES, SUCCESS, UNITS
from rvd.case.results import GOAL_COLUMNS

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")],
    key=lambda page: page.relative_to(ROOT).as_posix(),
)
BLOCK = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
NEEDS = re.compile(r"needs=(\w+)")
VERDICTS = {0, 1, 3}  # of a campaign as short as a document's: the command worked


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of a page in one language, but those that need a package which is not installed."""
    found = [(more, body) for kind, more, body in BLOCK.findall(page.read_text()) if kind == language]
    return [body for more, body in found if all(map(importlib.util.find_spec, NEEDS.findall(more)))]


def having(language: str) -> list:
    """The pages with at least one block in a language, as parameters with readable names."""
    return [
        pytest.param(page, id=page.relative_to(ROOT).as_posix()) for page in PAGES if blocks(page, language)
    ]


@pytest.fixture
def desk(tmp_path):
    """An empty folder with the cases in it, as a reader of the documents has."""
    shutil.copytree(ROOT / "cases", tmp_path / "cases")
    return tmp_path


@pytest.mark.parametrize("page", having("python"))
def test_python_blocks_run(page, desk):
    # One program a page: a later block goes on where an earlier one ended.
    program = "\n".join(blocks(page, "python"))
    done = subprocess.run([sys.executable, "-c", program], cwd=desk, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("page", having("console"))
def test_console_blocks_run(page, desk):
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    for line in "\n".join(blocks(page, "console")).splitlines():
        if line.startswith("$ rvd "):
            command = line.removeprefix("$ ")
            done = subprocess.run(
                command,
                shell=True,
                cwd=desk,
                env={**os.environ, "PATH": path},
                capture_output=True,
                text=True,
            )
            allowed = VERDICTS if command.startswith("rvd campaign") else {0}
            assert done.returncode in allowed, f"{command}\n{done.stdout}{done.stderr}"


def test_goals_and_rules_of_the_case_file_are_those_of_a_case():
    """What the page shows of them is read into a case that ships, and its tables name every kind with all it has."""
    page = ROOT / "docs" / "case_file.md"
    case = rvd.load(ROOT / "cases" / "htv_berthing.toml").with_values({"require": None})
    goals, rules = set(), set()
    for shown in map(tomllib.loads, blocks(page, "toml")):
        named = {key: shown[key] for key in ("goal", "rules", "require") if key in shown}
        if not named or "kind" not in shown.get("goal", {"kind": ""}):  # of a part
            continue
        ports = {
            f"{body}.ports.{name}": port
            for body in ("target", "chaser")
            for name, port in shown.get(body, {}).get("ports", {}).items()
        }
        without = "goal" in shown and "time" not in GOALS[shown["goal"]["kind"]][0]
        drawn = {"disperse.goal.time": None} if without else {}
        read = case.with_values(named | ports | drawn)
        goals |= {read.goal.kind} if "goal" in shown else set()
        rules |= {rule.kind for rule in read.rules.values()} if "rules" in shown else set()
    assert goals == set(GOALS) and rules == set(RULES)
    rows = re.findall(r"^\| `([a-z-]+)` \| (.+) \|$", page.read_text(), re.MULTILINE)
    for kind, columns in GOAL_COLUMNS.items():
        cells = next(row.split(" | ") for name, row in rows if name == kind)
        assert cells[1] == f"`{SUCCESS[kind]}`" and re.findall(r"`(\w+)`", cells[3]) == list(columns)
    for kind, (needed, may) in RULES.items():
        cells = next(row.split(" | ") for name, row in rows if name == kind and len(row.split(" | ")) == 3)
        assert re.findall(r"`(\w+)`", cells[1]) == [*needed, *may] and cells[2] == UNITS[kind]


def test_every_target_named_exists():
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {
        target
        for page in PAGES
        for body in blocks(page, "sh") + re.findall(r"`(make [^`]+)`", page.read_text())
        for target in re.findall(r"^make (\w+)$", body, re.MULTILINE)
    }
    assert {"demo", "test"} <= named
    assert named <= targets


def test_every_command_is_documented():
    listing = subprocess.run(
        [sys.executable, "-m", "rvd.cli", "--help"], capture_output=True, text=True, check=True
    ).stdout
    commands = set(re.findall(r"^  ([a-z-]+)  +[A-Z]", listing.split("Commands:")[1], re.MULTILINE))
    page = (ROOT / "docs" / "commands.md").read_text()
    assert commands == set(re.findall(r"^\| `rvd ([a-z-]+)", page, re.MULTILINE))


def test_one_version():
    from rvd import __version__

    latest = re.search(r"^## (\d\S*)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert latest and latest.group(1) == __version__
    assert f"\nversion: {__version__}\n" in (ROOT / "CITATION.cff").read_text()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    links = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text())
    lost = [link for link in links if not (page.parent / link).exists()]
    assert not lost


def test_a_short_script_designs_checks_and_flies_an_approach(desk):
    """At most 25 lines of public functions, in less than 10 s of processor time, compiling included or not."""
    (script,) = (
        part for part in blocks(ROOT / "docs" / "guidance_functions.md", "python") if "glideslope" in part
    )
    assert len(script.splitlines()) <= 25
    for chain in re.findall(r"\brvd((?:\.\w+)+)", script):
        place = rvd
        for name in chain[1:].split("."):
            assert name in place.__all__, f"{name} is not public"
            place = getattr(place, name)
    assert script.count("import") == 2 and "\nimport rvd\n" in script
    program = f"{script}\nimport time\nprint(time.process_time())\n"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=desk, capture_output=True, text=True, check=True
    )
    design, safety, flight, spent = done.stdout.splitlines()
    assert float(re.search(r"([\d.]+) m inside the cone", design)[1]) > 1.0
    assert float(re.search(r"nearer than ([\d.]+) m", safety)[1]) > 10.0
    off, speed = re.search(r"arrives ([\d.e-]+) m from its end at ([\d.]+) m/s", flight).groups()
    assert float(off) < 1e-6 and float(speed) == 0.1
    assert float(spent) < 10.0


def test_every_script_of_the_gallery_has_a_title_and_a_figure_and_every_part_is_in_its_order():
    scripts = sorted((ROOT / "docs" / "examples").glob("*/*.py"))
    assert len(scripts) >= 24
    listed = (ROOT / "docs" / "conf.py").read_text().split("for part in (")[1].split(")")[0]
    order = re.findall(r'"(\w+)"', listed)
    assert {path.parent.name for path in scripts} == set(order)
    for path in scripts:
        title = re.match(r'"""\n(.+)\n(=+)\n\n.+?\n"""\n', path.read_text(), re.DOTALL)
        assert title and len(title[1]) == len(title[2]), path
        assert path.name.startswith("plot_") and "plt.show()" in path.read_text(), path


def test_every_notebook_is_in_the_contents():
    named = set(re.findall(r"^notebooks/(\w+)$", (ROOT / "docs" / "index.md").read_text(), re.MULTILINE))
    assert named == {path.stem for path in (ROOT / "docs" / "notebooks").glob("*.md")} and len(named) == 5


def test_every_function_that_the_table_names_exists():
    page = (ROOT / "docs" / "which_function.md").read_text()
    named = re.findall(r"`rvd\.([\w.]+)`((?:, `\.\w+`)*)", page)
    for first, others in named:
        *path, _ = first.split(".")
        for name in [first, *(".".join([*path, other]) for other in re.findall(r"`\.(\w+)`", others))]:
            found = rvd
            for part in name.split("."):
                found = getattr(found, part)
    assert len(named) > 30


def test_an_example_in_a_docstring_is_shown_as_it_stands():
    spec = importlib.util.spec_from_file_location("docstrings", ROOT / "docs" / "_ext" / "docstrings.py")
    docstrings = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(docstrings)
    example = [">>> line.get_data() * 2", "([-2.0], [9.0])"]
    assert docstrings.render(["Gives a * b_c.", "", *example]) == [r"Gives a \* b\_c.", "", *example, ""]

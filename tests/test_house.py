"""The rules of the house that a reader cannot be asked to check: floors, names, docstrings, a light import."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "rvd"
MODULES = sorted(SOURCE.rglob("*.py"))
FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "misc", "new", "fast"}
KERNEL_DECORATORS = {"kernel", "sweep", "entry"}
HEAVY = ("numba", "scipy", "matplotlib", "pyarrow", "pint", "pydantic")
# Test files of the whole house; every other one mirrors a module.
WHOLE = {
    "test_house", "test_docs", "test_stages", "test_first_flight", "test_wheel", "test_validation", "test_same_bits",
    "test_every_face", "test_faces", "test_public", "test_three_callers", "test_types", "test_leg_frames",
    "test_missions", "test_ports", "test_measured",
}  # fmt: skip


def name_of(path: Path) -> str:
    """`src/rvd/motion/cw.py` as `motion.cw`, for the names of test cases."""
    return ".".join(path.relative_to(SOURCE).with_suffix("").parts)


def decorators(node: ast.FunctionDef) -> set[str]:
    """The bare names of a function's decorators."""
    calls = (d.func if isinstance(d, ast.Call) else d for d in node.decorator_list)
    return {call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "") for call in calls}


def definitions(tree: ast.Module) -> list[ast.FunctionDef | ast.ClassDef]:
    """The functions and classes of a module; methods often repeat what their family's base says."""
    return [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]


def test_there_is_a_house():
    assert len(MODULES) > 10


def test_upper_layers_import_lower_ones_only():
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "8 kept, 0 broken" in done.stdout


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_named_after_what_it_holds(path):
    assert not FORBIDDEN & set(path.relative_to(SOURCE).with_suffix("").parts)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_what_is_public_says_what_it_is(path):
    tree = ast.parse(path.read_text())
    bare = [
        f"line {node.lineno}: {node.name}"
        for node in definitions(tree)
        if not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert not bare, f"no docstring: {', '.join(bare)}"
    assert (path.name == "__init__.py" and not tree.body) or ast.get_docstring(tree), (
        "no docstring of the module"
    )


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_kernel_explains_itself_in_ten_lines(path):
    long = [
        f"{node.name}: {len(text.splitlines())} lines"
        for node in definitions(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
        and KERNEL_DECORATORS & decorators(node)
        and (text := ast.get_docstring(node) or "")
        and len(text.splitlines()) > 10
    ]
    assert not long


def test_import_rvd_is_light():
    probe = f"import sys, rvd; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout
    assert loaded.split() == []


def test_import_rvd_takes_no_time():
    """Under 0.3 s of processor time, which a busy machine stretches little: 0.02 s."""
    probe = "import time; begin = time.process_time(); import rvd; print(time.process_time() - begin)"
    run = [sys.executable, "-c", probe]
    spent = [subprocess.run(run, capture_output=True, text=True, check=True).stdout for _ in range(3)]
    assert min(map(float, spent)) < 0.3


def test_tests_wait_for_events_and_not_for_clocks():
    """On a busy machine any number of seconds is too few; how much work something is says its processor time."""
    clock = re.compile(
        r"\b(perf_counter|monotonic)\(\)|\btimeout=\d|\.(wait|get|join)\([\d.]+\)|mark\.timeout"
    )
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in (ROOT / "tests").rglob("*.py")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if clock.search(line)
    ]
    assert not found, "\n".join(found)


def test_every_outcome_has_its_own_sentence():
    from rvd.core.signals import Outcome

    sentences = [outcome.sentence for outcome in Outcome]
    assert all(len(sentence.split()) >= 3 for sentence in sentences)
    assert len(set(sentences)) == len(sentences)


def texts():
    """Every file of the project that a person wrote (sources, tests, docs, cases, tables)."""
    kinds = {".py", ".toml", ".md", ".csv", ".json", ".yaml", ".sh", ".rst", ".css", ""}
    skip = {"_build", "__pycache__", "api", "_generated", ".git"}  # a work tree has a file .git
    rooms = [ROOT / room for room in ("src", "tests", "docs", "cases", "validation", "scripts", ".ci")]
    inside = (path for room in rooms if room.is_dir() for path in room.rglob("*"))
    for path in [*ROOT.glob("*"), *inside]:
        if path.is_file() and path.suffix in kinds and not skip & set(path.relative_to(ROOT).parts):
            yield path


def test_nothing_names_a_machine_or_is_left_undone():
    # Spelt so that this file does not name them itself.
    machine = r"(?<![\w.~}/])/(?:" + "|".join(("work", "tmp", "root", "farm", r"home/\w+")) + r")\b"
    undone = r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX")) + r")\b"
    pattern = re.compile(f"{machine}|{undone}")
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in texts()
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]
    assert not found, "\n".join(found)


def test_tests_mirror_the_sources():
    strays = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").rglob("test_*.py")
        if path.stem not in WHOLE and not mirrored(path)
    ]
    assert not strays, "no such module under src/rvd"


def mirrored(path: Path) -> bool:
    """Whether the module (or the room) that a test file is named after exists, or it walks (part of) its room."""
    there = path.relative_to(ROOT / "tests")
    name = there.stem.removeprefix("test_")
    room = SOURCE / there.parent
    elsewhere = f".{name} import" in path.read_text() and any(SOURCE.rglob(f"{name}.py"))
    return (
        (room / f"{name}.py").is_file()
        or (room / name).is_dir()
        or len(compared(path, room)) > 1
        or elsewhere
    )


def compared(path: Path, room: Path) -> set[str]:
    """The modules of a room that a test file imports; all of them where it imports the room."""
    package = ".".join(("rvd", *room.relative_to(SOURCE).parts))
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import) and package in {alias.name for alias in node.names}:
            found |= {module.stem for module in room.glob("*.py")}
        if isinstance(node, ast.ImportFrom) and node.module == package:
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{package}."):
            found.add(node.module.removeprefix(f"{package}."))
    return {name for name in found if (room / f"{name}.py").is_file()}


def test_every_room_is_tested():
    rooms = {path.relative_to(SOURCE).parts[0].removesuffix(".py") for path in MODULES}
    tests = ROOT / "tests"
    untested = [
        room
        for room in sorted(rooms - {"__init__", "__main__", "signals"})  # signals: types, tested here
        if not (tests / f"test_{room}.py").is_file() and not any((tests / room).glob("**/test_*.py"))
    ]
    assert not untested


def test_every_dependency_has_a_lower_bound_and_a_set_can_be_tried_here():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = [line for lines in project["optional-dependencies"].values() for line in lines]
    unbound = [line for line in project["dependencies"] + extras if ">=" not in line]
    assert not unbound
    command = [sys.executable, "scripts/try_versions.py", "--list", "--this"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert [version.split(".")[:2] for version in listed] == [list(map(str, sys.version_info[:2]))]


ANNOTATED = (
    "algebra", "control", "flight", "goals", "guidance", "hull", "motion", "navigation", "orbit", "rules", "vehicle",
)  # fmt: skip
"""Packages under core whose kernels say of every parameter what it is."""


def test_kernels_say_what_their_parameters_are():
    bare = [
        f"{name_of(path)}.{node.name}({argument.arg})"
        for package in ANNOTATED
        for path in sorted((SOURCE / "core" / package).glob("*.py"))
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef) and {"kernel", "typed_kernel", "entry"} & decorators(node)
        for argument in node.args.args
        if argument.annotation is None
    ]
    assert not bare


LATER = {"guidance/plan.py", "navigation/relative.py"}
"""Modules under core whose lines are not yet plain: legs and filter become rows of tables, written anew."""

WRITTEN = {"algebra/triangular6.py", "motion/leap.py"}
"""Modules under core that a program writes."""


def not_plain(tree: ast.AST) -> list[str]:
    """What a reader would have to count or to unfold, and what gives other bits elsewhere, with its line."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and len(node.args) > 5:
            found.append(
                f"{node.lineno}: {ast.unparse(node.func)} is called with more than five by their place"
            )
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "sum":
            found.append(f"{node.lineno}: sum")
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
            found.append(f"{node.lineno}: **")
        if isinstance(node, ast.IfExp):
            inner = (part for child in ast.iter_child_nodes(node) for part in ast.walk(child))
            if any(isinstance(part, ast.IfExp) for part in inner):
                found.append(f"{node.lineno}: a condition within a condition")
    return found


CORE = {path.relative_to(SOURCE / "core").as_posix(): path for path in (SOURCE / "core").rglob("*.py")}


@pytest.mark.parametrize("name", sorted(CORE.keys() - LATER - WRITTEN))
def test_lines_under_core_are_plain(name):
    assert not not_plain(ast.parse(CORE[name].read_text()))


def test_what_comes_later_has_not_come_yet():
    plain = [name for name in sorted(LATER) if not not_plain(ast.parse(CORE[name].read_text()))]
    assert not plain, f"these are plain now: {', '.join(plain)}"


@pytest.mark.parametrize(
    "line",
    ["f(1, 2, 3, 4, 5, 6)", "sum(x)", "x**2", "a if b else (c if d else e)", "a if b else f(c if d else e)"],
)
def test_a_line_that_is_not_plain_is_seen(line):
    assert len(not_plain(ast.parse(line))) == 1
    assert not not_plain(ast.parse("f(1, 2, 3, 4, 5, six=a if b else c) + x * x"))


def unsaid(text: str) -> list[str]:
    """The fields of records that have no line of their own (`#:`) above them."""
    lines = text.splitlines()
    return [
        f"{record.name}.{ast.unparse(field.target)}"
        for record in ast.parse(text).body
        if isinstance(record, ast.ClassDef) and "NamedTuple" in {ast.unparse(base) for base in record.bases}
        for field in record.body
        if isinstance(field, ast.AnnAssign) and not lines[field.lineno - 2].lstrip().startswith("#:")
    ]


def test_every_field_of_a_record_is_said():
    bare = {name: fields for name, path in CORE.items() if (fields := unsaid(path.read_text()))}
    assert not bare, "no meaning, unit and axes"


def test_a_field_that_is_not_said_is_seen():
    assert unsaid("class A(NamedTuple):\n    #: m.\n    x: float\n    y: float\n") == ["A.y"]

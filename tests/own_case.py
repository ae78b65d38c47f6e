"""The HTV case with legs flown by laws of the user's own, in a folder, for tests of flights and campaigns."""

import shutil
from pathlib import Path

import rvd
from rvd.casefile import Case
from tests.short_case import HTV

LINE = "RI to hold point"
LINES = (LINE, "climb to 30 m", "climb to the box")

HEAD = "import math\n\nfrom rvd.guidance import coast, gain, own_law, track\n\n\n"


def own_case(folder: Path, law: str, name: str = "mine", legs=(LINE,), **values) -> Case:
    """The case whose `legs` are flown by the law of this name in this text; `values` change more of it."""
    shutil.copytree(HTV.parent / "parts", folder / "parts", dirs_exist_ok=True)
    (folder / "my_laws.py").write_text(law, encoding="utf-8")
    shutil.copy(HTV, folder)
    changes = {f"leg.{leg}.law": f"my_laws.py:{name}" for leg in legs}
    changes["chaser.thrusters"] = "parts/htv_rcs.csv"  # the copy, not that of the part
    return rvd.load(folder / HTV.name).with_values(changes | values)


def write_own(folder: Path, law: str, name: str = "mine", **values) -> Path:
    """The path of such a case, written beside its law."""
    text = own_case(folder, law, name, **values).text
    (folder / "own.toml").write_text(text, encoding="utf-8")
    return folder / "own.toml"

"""The plan of a campaign: what its rows are a function of, and the identity that its folder keeps."""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from rvd.case.requirement import Requirement
from rvd.core.kernel.folder import sources_hash
from rvd.errors import CaseError
from rvd.store.manifests import SCHEMA, Manifest, content_hash, new_manifest

from .draws import AnyDraw, Given, check_draws, drawn_slots
from .flyer import Flyer
from .limits import Limits
from .uniforms import Sampler, sampler

# What turns a case into rows beside the kernels; figures and tables of a campaign change no number.
_SOURCES = (
    "case", "assembly", "units", "spreadsheet", "control", "guidance/laws", "montecarlo/draws.py",
    "montecarlo/distributions.py", "montecarlo/uniforms.py", "montecarlo/limits.py",
)  # fmt: skip


MOST_RUNS = {"latin-hypercube": 200_000, "sobol": 1_000_000}
"""A Latin hypercube is held in memory; Sobol's sequence is walked from its start for every chunk."""


@dataclass(frozen=True)
class Plan:
    """What a campaign needs beside the flyer: the texts it came from, the draws, what is required of it.

    `case_text` is the case file as read, `parts` the tables it names and `code` the users' files, name to content.
    `nominal` is the row float64[m] that the draws disperse; `limits` are those of its rows, if they have any.
    """

    nominal: np.ndarray
    draws: Sequence[AnyDraw] = ()
    requirements: Sequence[Requirement] = ()
    case_text: str = ""
    parts: Mapping[str, bytes] = field(default_factory=dict)
    code: Mapping[str, bytes] = field(default_factory=dict)
    sampling: str = "plain"
    limits: Limits | None = None

    def __post_init__(self):
        check_draws(self.draws)

    def sampler(self, runs: int) -> Sampler:
        """The sampler of a campaign of `runs` runs."""
        return sampler(self.sampling, runs)

    def check_runs(self, runs: int, key: str = "campaign.runs") -> None:
        """Raises CaseError where the plan has no draws for so many runs."""
        most = MOST_RUNS.get(self.sampling, runs)
        if runs > most:
            what = f"{self.sampling} sampling has {most:,} runs at the most, {runs:,} were asked for"
            raise CaseError("", 0, key, what, 'ask for fewer, or write sampling = "plain"')
        for draw in self.draws:
            if isinstance(draw, Given) and len(draw.values) < runs:
                what = f"has {len(draw.values)} rows, {runs} runs were asked for"
                raise CaseError(
                    draw.path, 0, "", what, f"ask for --runs {len(draw.values)}, or give more rows"
                )

    @property
    def note(self) -> str:
        """What a reader of the verdict has to know of how the runs were drawn; empty for independent runs."""
        if self.every:
            return "judged in every batch of runs that share what is unknown but fixed"
        if self.sampling != "plain":
            return f"{self.sampling} sampling: the bounds assume independent runs"
        return "rows were given: the bounds hold for the law they were drawn from" if self._given else ""

    @property
    def every(self) -> tuple[int, ...]:
        """The sizes of the batches of runs that share a value, smallest first; none where all runs are independent."""
        return tuple(sorted({draw.block.every for draw in self.draws if draw.block.every > 1}))

    @property
    def _given(self) -> bool:
        return any(isinstance(draw, Given) for draw in self.draws)

    def manifest(self, flyer: Flyer, seed: int, runs: int, until: int | None = None) -> Manifest:
        """The manifest of this plan flown by `flyer`; `until` is the most runs of a campaign that stops when decided.

        That number fixes the looks, and with them the chance of a wrong verdict: it cannot be changed afterwards.
        """
        identity = self._identity(flyer, seed, runs)
        if until is not None:
            identity["until_decided"] = int(until)
        return new_manifest(identity, {"pyarrow": _version("pyarrow")})

    def _identity(self, flyer: Flyer, seed: int, runs: int) -> dict[str, Any]:
        # The number of runs is in it only where it changes the draws.
        sampling = {"name": self.sampling, **({"runs": runs} if self.sampling == "latin-hypercube" else {})}
        return {
            "schema": SCHEMA,
            "case": content_hash(self.case_text.encode()),
            "parts": {name: content_hash(content) for name, content in sorted(self.parts.items())},
            "code": {name: content_hash(content) for name, content in sorted(self.code.items())},
            "seed": int(seed),
            "sampling": sampling,
            "nominal": content_hash(np.ascontiguousarray(self.nominal, dtype=np.float64).tobytes()),
            "draws": content_hash("\n".join(map(_described, self.draws)).encode()),
            "columns": [[name, np.dtype(kind).str] for name, kind in flyer.columns],
            "drawn": [flyer.row_names[slot] for slot in drawn_slots(self.draws)],
            **software(),
        }


def software() -> dict[str, str]:
    """What of an identity is this installation's: the version and sources of rvd, and what it computes with."""
    return {
        "rvd": f"{_version('rvd')} {sources()}",
        "numpy": _version("numpy"),
        "scipy": _version("scipy"),
        "numba": _version("numba"),
    }


def sources(package: Path = Path(__file__).parents[1]) -> str:
    """Hash of the sources that rows and results come from."""
    digest = hashlib.sha256(sources_hash(package / "core").encode())
    for part in _SOURCES:
        top = package / part
        for path in (
            sorted(top.rglob("*.py"))
            if top.is_dir()
            else [p for p in (top, top.with_suffix(".py")) if p.is_file()]
        ):
            digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _described(draw: AnyDraw) -> str:
    if isinstance(draw, Given):  # an array's own words leave most of it out
        return (
            f"{draw.path} {draw.slots} {draw.how!r} {draw.values.shape} {content_hash(draw.values.tobytes())}"
        )
    return repr(draw)


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"

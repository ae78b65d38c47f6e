"""Digests of what a campaign is made of: the set-up, drawn rows, flown runs; the same on every CPU.

    python -m validation.digest --runs 200 --seed 1 --seed 7
    python -m validation.digest --save before.npz        # then change the code, and
    python -m validation.digest --compare before.npz     # names each column that differs, and by how much
    python -m validation.digest --everywhere             # the same under every setting that makes libraries choose

A digest covers the exact bytes of every number, under its name, in the order of the names. So it stays when columns
change places, and changes when one number changes by one unit in its last place, or a name changes.
`digest.toml` beside this file holds the digests of the default arguments.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).parent
CASE = HERE.parent / "cases" / "htv_berthing.toml"
COMMITTED = HERE / "digest.toml"

ROWS, RUNS, SEEDS = 200, 20, (1,)
SHOWN = 30

EVERY_KIND = {
    "disperse.target.inertia": {"triangular": ["-5 %", "1 %", "8 %"]},
    "disperse.chaser.thrusters.fault": {"choice": ["none", "stuck-off", "leak"], "weights": [95, 3, 2]},
    "disperse.chaser.tank": {"covariance": [[4e-4, 1e-4, 0.0], [1e-4, 1e-4, 2e-5], [0.0, 2e-5, 9e-4]]},
    "disperse.sensors.gyro.bias": {"normal": "0.05 deg/h", "within": "0.1 deg/h"},
    "disperse.chaser.thrusters.fault_since": {"exponential": "0.02 1/h"},
}
"""The kinds of dispersion that the berthing case does not have itself."""

SAMPLINGS = ("plain", "latin-hypercube", "sobol")

SETTINGS: dict[str, dict[str, str]] = {
    f"{kernel}, {instructions}": {"OPENBLAS_CORETYPE": kernel, "NPY_DISABLE_CPU_FEATURES": disabled}
    for kernel in ("SkylakeX", "Haswell", "Prescott")
    for instructions, disabled in (("all", ""), ("no AVX-512", "AVX512_ICL X86_V4 AVX512F AVX512_SKX"))
}
"""Environments in which BLAS and NumPy choose other code for the same call; NumPy before 2.4 has the last two names."""

GENERIC = {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": ""}
"""The environment in which Numba compiles for any CPU of this kind."""

Columns = dict[str, np.ndarray]


def leaves(value: Any, name: str) -> Iterator[tuple[str, np.ndarray]]:
    """Every number and array of nested named tuples, with its dotted name."""
    if isinstance(value, tuple):
        names = getattr(value, "_fields", range(len(value)))
        for part, inner in zip(names, value, strict=True):
            yield from leaves(inner, f"{name}.{part}")
    else:
        yield name, np.asarray(value)


def setup_of(mission: Any) -> Columns:
    """The set-up's numbers by name."""
    return dict(leaves(mission.built.setup, "setup"))


def rows_of(mission: Any, seed: int, count: int) -> Columns:
    """Drawn rows, a column for each slot of the row."""
    from rvd.montecarlo.draws import draw_rows

    plan = mission.plan
    rows = draw_rows(plan.draws, plan.nominal, seed, np.arange(count), plan.sampler(count))
    return dict(zip(mission.built.names, rows.T, strict=True))


def runs_of(mission: Any, seed: int, count: int) -> Columns:
    """Results of flown runs by name."""
    from rvd.montecarlo.draws import draw_rows

    plan, runs = mission.plan, np.arange(count)
    rows = draw_rows(plan.draws, plan.nominal, seed, runs, plan.sampler(count))
    results = mission.flyer.fly(rows, seed, runs)
    return dict(zip((name for name, _ in mission.flyer.columns), results.T, strict=True))


def digest(columns: Mapping[str, np.ndarray]) -> str:
    """The digest of named arrays; a NaN is a NaN, whatever its sign and payload."""
    whole = hashlib.blake2b(digest_size=8)
    for name in sorted(columns):
        values = np.ascontiguousarray(columns[name])
        if values.dtype.kind == "f":
            values = np.where(np.isnan(values), np.nan, values)
        whole.update(f"{name} {values.dtype.str} {values.shape}\n".encode() + values.tobytes())
    return whole.hexdigest()


def parts(case: Path, seeds: tuple[int, ...], rows: int, runs: int) -> Iterator[tuple[str, Columns]]:
    """Each part that has a digest: its name and its columns."""
    import rvd
    from rvd.montecarlo.mission import Mission

    plain = rvd.load(case)
    mission = Mission(plain)
    yield "setup", setup_of(mission)
    for seed in seeds if rows else ():
        every = {}
        for sampling in SAMPLINGS:
            drawn = rows_of(
                Mission(plain.with_values({**EVERY_KIND, "campaign.sampling": sampling})), seed, rows
            )
            every |= {f"{sampling}.{name}": column for name, column in drawn.items()}
        yield f"rows {rows} seed {seed}", every
    for seed in seeds if runs else ():
        yield f"runs {runs} seed {seed}", runs_of(mission, seed, runs)


def committed() -> dict[str, str]:
    """The digests that `digest.toml` holds, by part."""
    return tomllib.loads(COMMITTED.read_text())["digests"]


def under(environment: Mapping[str, str], *arguments: str) -> dict[str, str]:
    """The digests by part that a process of its own finds in this environment."""
    command = [sys.executable, "-m", "validation.digest", *arguments]
    done = subprocess.run(
        command, cwd=HERE.parent, env=os.environ | environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return dict(line.rsplit(maxsplit=1) for line in done.stdout.splitlines())


def differences(mine: Mapping[str, np.ndarray], theirs: Mapping[str, np.ndarray]) -> Iterator[str]:
    """One line for each column that is not the same bits in both."""
    for name in sorted(mine.keys() | theirs.keys()):
        if name not in mine or name not in theirs:
            yield f"{name}: only {'before' if name in theirs else 'now'}"
            continue
        now, before = mine[name], theirs[name]
        if now.shape != before.shape:
            yield f"{name}: shape {before.shape} before, {now.shape} now"
        elif digest({"": now}) != digest({"": before}):
            away = float(np.nanmax(np.abs(now - before), initial=0.0))
            yield f"{name}: {int(np.sum(now != before))} of {now.size} numbers differ, by {away:.3g} at most"


def everywhere(arguments: list[str]) -> int:
    """Prints the digests of every setting; 1 if they are not all the same."""
    found = {name: under(environment, *arguments) for name, environment in SETTINGS.items()}
    with tempfile.TemporaryDirectory() as folder:
        found["generic CPU"] = under({**GENERIC, "RVD_CACHE_DIR": folder}, *arguments)
    for name, digests in found.items():
        print(f"{name:24} {'  '.join(digests.values())}")
    same = len({tuple(sorted(digests.items())) for digests in found.values()}) == 1
    print("one digest" if same else "DIFFERENT DIGESTS")
    return 0 if same else 1


def main(words: list[str] | None = None) -> int:
    """Prints one line a part: its name and its digest."""
    parser = argparse.ArgumentParser(
        prog="python -m validation.digest", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--case", type=Path, default=CASE)
    parser.add_argument("--rows", type=int, default=ROWS, help="drawn rows a seed; 0 for none")
    parser.add_argument("--runs", type=int, default=RUNS, help="flown runs a seed; 0 for none")
    parser.add_argument("--seed", type=int, action="append", help="may be given several times")
    parser.add_argument("--save", type=Path, help="keep every number in this .npz")
    parser.add_argument("--compare", type=Path, help="say what differs from a kept .npz")
    parser.add_argument("--everywhere", action="store_true", help="under every setting, and on a generic CPU")
    given = parser.parse_args(words)
    if given.everywhere:
        words = [word for word in (sys.argv[1:] if words is None else words) if word != "--everywhere"]
        return everywhere(words)
    kept: Columns = {}
    for name, columns in parts(given.case, tuple(given.seed or SEEDS), given.rows, given.runs):
        print(name, digest(columns), flush=True)
        kept |= {f"{name}: {key}": value for key, value in columns.items()}
    if given.save:
        np.savez(given.save, **kept)  # type: ignore[arg-type]
    if given.compare:
        with np.load(given.compare) as before:
            lines = list(differences(kept, dict(before)))
        more = [f"{len(lines) - SHOWN} more columns differ"] if len(lines) > SHOWN else []
        print(*(lines[:SHOWN] + more or ["the same bits"]), sep="\n")
        return 1 if lines else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())

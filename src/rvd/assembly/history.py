"""A flight's history for people: its columns by name, what follows from them, and a frame of pandas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from rvd.case.columns import history_column
from rvd.core.flight.history import HISTORY
from rvd.core.signals import Alarm
from rvd.errors import ArgumentError, RvdError

if TYPE_CHECKING:
    import pandas

ON = "on."
"""Before the name of a nozzle in that of the column of its on-times."""

POINT = tuple(f"aim_{axis}{end}" for end in ("", "_rate") for axis in ("vbar", "rbar", "hbar"))
GAIN = tuple(f"aim_{axis}_gain" for axis in ("vbar", "rbar", "hbar"))
ATTITUDE = tuple(f"aim_q_{k}" for k in "xyzw")


class History(dict[str, np.ndarray]):
    """Columns of a flight by name (k,), SI; `legs` are the names of its legs, the abort last.

    >>> history = History({"t": np.array([0.0, 1.0]), "leg": np.array([0.0, 0.0])}, ("approach", "abort"))
    >>> history
    History: 2 lines of 2 columns, 0 s to 1 s
    """

    def __init__(self, columns: dict[str, np.ndarray], legs: Sequence[str] = ()) -> None:
        super().__init__(columns)
        self.legs = tuple(legs)

    def __repr__(self) -> str:
        t = self.get("t", np.empty(0))
        span = f", {t[0]:g} s to {t[-1]:g} s" if t.size else ""
        return f"History: {t.size} lines of {len(self)} columns{span}"

    def to_pandas(self, columns: Sequence[str] | None = None) -> pandas.DataFrame:
        """The history as a frame (extra `rvd[pandas]`), a line a row; `leg_word` and `alarm_word` are categories.

        `columns` names those that are wanted, in their order. `frame.attrs["columns"]` has the unit and the meaning
        of each. Raises RvdError where pandas is missing, ArgumentError for a column that is none.
        """
        try:
            import pandas
        except ImportError:
            raise RvdError(
                "pandas is not installed; write pip install 'rvd[pandas]', or use history[...]"
            ) from None
        frame = pandas.DataFrame(dict(self))
        words = {"leg": self.legs, "alarm": tuple(alarm.name.lower() for alarm in Alarm)}
        for name, known in words.items():
            if name in frame and known:
                codes = frame[name].astype(int)
                frame[name] = codes
                spelt = pandas.Categorical.from_codes(codes, list(known))
                frame.insert(frame.columns.get_loc(name) + 1, f"{name}_word", spelt)
        if columns is not None:
            unknown = [name for name in columns if name not in frame]
            if unknown:
                raise ArgumentError(f"a history has no column {unknown[0]!r}")
            frame = frame[list(columns)]
        frame.attrs["columns"] = {name: history_column(name).marks for name in frame}
        return frame


def history_of(lines: np.ndarray, nozzles: Sequence[str], legs: Sequence[str]) -> History:
    """The history of the lines that a flight logged: `HISTORY`, the on-times, and what follows from both.

    An aim that is none is NaN. Added is the chaser's state on inertial axes, from the target's and the relative one.
    """
    names = (*HISTORY, *(f"{ON}{name}" for name in nozzles))
    columns = {name: lines[:, k].copy() for k, name in enumerate(names)}
    for group, kind, wanted in (
        (POINT, "aim_kind", 1.0),
        (GAIN, "aim_kind", 2.0),
        (ATTITUDE, "aim_turns", 1.0),
    ):
        for name in group:
            columns[name][columns[kind] != wanted] = np.nan
    return History(columns | chaser_eci(columns), legs)


def chaser_eci(columns: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Position (m) and velocity (m/s) of the chaser's centre of mass on inertial axes, by the names of columns.

    Velocities on hill axes are rates seen there: the axes turn at h / r2 about the orbit's normal. In plain NumPy,
    which compiles nothing and lets the numbers of a divergence pass.
    """
    target, target_v = (_vectors(columns, [f"target_eci_{k}{end}" for k in "xyz"]) for end in ("", "_rate"))
    r, v = (_vectors(columns, [f"{axis}{end}" for axis in ("rbar", "vbar", "hbar")]) for end in ("", "_rate"))
    with np.errstate(all="ignore"):
        momentum = np.cross(target, target_v)
        x, z = _unit(target), _unit(momentum)
        axes = np.stack([-x, np.cross(z, x), -z], axis=1)
        dr, dv = (np.einsum("ki,kij->kj", a, axes) for a in (r, v))
        rate = momentum / np.sum(target * target, axis=1, keepdims=True)
        place, speed = target + dr, target_v + dv + np.cross(rate, dr)
    names = {f"chaser_eci_{k}": place[:, i] for i, k in enumerate("xyz")}
    return names | {f"chaser_eci_{k}_rate": speed[:, i] for i, k in enumerate("xyz")}


def _vectors(columns: dict[str, np.ndarray], names: Sequence[str]) -> np.ndarray:
    """Three columns as vectors (k, 3)."""
    return np.column_stack([columns[name] for name in names])


def _unit(a: np.ndarray) -> np.ndarray:
    return a / np.linalg.norm(a, axis=1, keepdims=True)

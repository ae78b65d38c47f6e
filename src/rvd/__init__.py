"""rvd: will this chaser reach its goal at this target, how surely, and if not, why?

    import rvd

    case = rvd.load("htv_berthing.toml")
    flight = rvd.fly(case)                                     # the nominal flight; run=137 is run 137
    results = rvd.campaign(case, runs=200, out="results/mine")
    rvd.report("results/mine")

The functions are those of `rvd.api`. `motion`, `orbit`, `guidance`, `navigation`, `safety`, `attitude`, `control` hold
functions over arrays, which compiled code can call as well: `njit` compiles a function of yours. `plot` draws on axes
of Matplotlib.
Each is loaded when it is first named: `import rvd` itself is quick.
"""

from typing import TYPE_CHECKING

__version__ = "0.1.0"

__all__ = [
    "__version__",
    "attitude",
    "campaign",
    "control",
    "draw",
    "export",
    "fly",
    "guidance",
    "load",
    "merge",
    "motion",
    "navigation",
    "njit",
    "orbit",
    "plot",
    "report",
    "safety",
    "verify",
    "warmup",
]

if TYPE_CHECKING:
    from rvd import attitude, control, guidance, motion, navigation, orbit, plot, safety
    from rvd.api import campaign, draw, export, fly, load, merge, report, verify, warmup
    from rvd.core.kernel import njit
else:
    from rvd.lazy import loader

    # A type checker that saw this would let any name pass.
    __getattr__ = loader(
        __name__,
        {
            name: f"rvd.api:{name}"
            for name in ("campaign", "draw", "export", "fly", "load", "merge", "report", "verify", "warmup")
        }
        | {
            name: f"rvd.{name}"
            for name in ("attitude", "control", "guidance", "motion", "navigation", "orbit", "plot", "safety")
        }
        | {"njit": "rvd.core.kernel:njit"},
    )


def __dir__() -> list[str]:
    return sorted(__all__)

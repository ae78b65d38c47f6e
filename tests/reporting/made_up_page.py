"""A page of made-up flights with every table and every figure but that of lost thrust: nothing is flown for it."""

from pathlib import Path

import numpy as np

from rvd.case.requirement import Requirement
from rvd.core.flight.reason import Reason
from rvd.core.signals import Outcome
from rvd.montecarlo.verdict import verdict
from rvd.reporting.figures import campaign_figures
from rvd.reporting.page import Page, captions, render
from rvd.reporting.panels import panels_of
from rvd.reporting.reasons import failed_grid, reasons_grid
from rvd.reporting.shown import Shown
from rvd.reporting.style import png
from rvd.reporting.tables import delta_v_grid, findings_grid, outcomes_grid, percentiles_grid, timeline_grid
from tests.reporting.synthetic import SCENE, made_up, made_up_table

RUNS, DRAWN = 10_000, 16
WHY = {
    Outcome.LEFT_BOX: Reason.LEFT_BOX,
    Outcome.CONTACT: Reason.CONTACT,
    Outcome.ABORTED: Reason.ALARM_LASER,
}


def made_up_rows(runs: int = RUNS) -> dict[str, np.ndarray]:
    """The table of a campaign with failures, their reasons, and what each leg cost."""
    rows = made_up_table(runs, failures=60)
    random, outcome = np.random.default_rng(3), rows["outcome"]
    reason = [WHY.get(Outcome(int(one)), np.nan) for one in outcome]
    rows |= {
        "run": np.arange(runs),
        "reason": np.array(reason, dtype=float),
        "reason_time": random.uniform(9e3, 12e3, runs),
    }
    rows |= {f"reason_{axis}": random.normal(0.0, 30.0, runs) for axis in ("vbar", "rbar", "hbar")}
    rows["reason_leg"] = np.full(runs, 5.0)
    rows["reason_leg_word"] = np.full(runs, SCENE.legs[5].name, dtype=object)
    for k, leg in enumerate(SCENE.legs):
        rows[f"entered.{leg.name}"] = np.full(runs, 600.0 * k)
        rows[f"delta_v.{leg.name}"] = k * 1.2 + random.uniform(0.0, 0.4, runs)
    return rows


def write_page(folder: Path) -> Path:
    """Writes the page into a folder."""
    rows = made_up_rows()
    asked = [
        Requirement("captured", at_least=0.9973),
        Requirement("propellant_used", at_most=300.0, share=0.99),
    ]
    findings = verdict(rows, asked)
    flights = [made_up(k, Outcome.CAPTURED if k % 8 else Outcome.CONTACT, 1.0, 10.0) for k in range(DRAWN)]
    shown = [Shown(None, made_up(every=10.0)), *(Shown(k, flight) for k, flight in enumerate(flights))]
    figures = campaign_figures(SCENE, shown, rows, asked)
    legs = delta_v_grid(rows, [leg.name for leg in SCENE.legs])
    assert legs is not None
    failed = [
        reasons_grid(rows, "results/made_up/case.toml", 7),
        failed_grid(rows, "results/made_up/case.toml", 7),
    ]
    page = Page(
        title=SCENE.title,
        lead="A page of made-up flights.",
        findings=findings,
        grids=[
            outcomes_grid(rows), findings_grid(findings), percentiles_grid(rows, asked), legs,
            timeline_grid(SCENE, flights[1]),
        ],
        figures={name: png(figure) for name, figure in figures.items()},
        facts=[("case", "made up"), ("a hash", "0123456789abcdef" * 8)],
        notes=["Nothing of this was flown."],
        case_text="title = 'made up'\n" * 200,
        line=["Begun 2026-01-01 00:00:00 UTC. Flown by `rvd campaign results/made_up/case.toml --runs 10000 --seed 7`"],
        failed=[grid for grid in failed if grid is not None],
        panels=panels_of(figures),
        captions=captions(SCENE),
    )  # fmt: skip
    path = folder / "report.html"
    path.write_text(render(page), encoding="utf-8")
    return path

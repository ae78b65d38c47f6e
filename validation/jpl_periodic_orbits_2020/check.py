import numpy as np

from rvd.core.orbit import cr3bp
from rvd.orbit import nrho, three_bodies
from validation.row import compare, data

ROUNDING = "integration to 1e-13, and 16 printed digits, over one turn of a nearly stable orbit"


def rows():
    """Yields the comparisons."""
    d = data(__file__)
    i, e = d["nrho_jpl_9to2"]["inputs"]["orbits"][0], d["nrho_jpl_9to2"]["expected"][0]
    seed = np.array((i["x0"], 0.0, i["z0"], 0.0, i["vy0"], 0.0))
    mu = d["nrho_jpl_9to2"]["inputs"]["mu"]
    yield compare(
        "NRHO: closes after its period", seed, three_bodies.propagate(mu, seed, e["period"]), 5e-12, ROUNDING
    )
    found = nrho.correct(mu, seed + (1e-3, 0.0, 0.0, 0.0, -2e-3, 0.0))
    theirs = (e["period"], e["jacobi"], e["perilune_nd"])
    ours = (found.period, found.jacobi, found.periapsis)
    why = "Newton stops at 1e-12 in the crossing"
    yield compare("NRHO corrected from a seed 400 km off: period, Jacobi, perilune", theirs, ours, 2e-12, why)
    yield compare("NRHO corrected from a seed 400 km off: state", seed, found.state, 2e-12, why)
    for i, e in zip(d["dro_jpl"]["inputs"], d["dro_jpl"]["expected"]):
        state = np.array((i["x0"], 0.0, 0.0, 0.0, i["vy0"], 0.0))
        name = e["name"].replace("_peri", " of ")
        yield compare(
            f"{name}: closes", state, three_bodies.propagate(mu, state, e["period"]), 1e-11, ROUNDING
        )
        far = three_bodies.propagate(mu, state, 0.5 * e["period"])
        ours = (cr3bp.jacobi(tuple(map(float, state)), mu), far[0])
        yield compare(f"{name}: Jacobi, far crossing", (e["jacobi"], e["far_x"]), ours, 3e-13, ROUNDING)

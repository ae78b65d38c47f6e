import numpy as np

from rvd.core.orbit import lambert
from validation.row import compare, data


def rows():
    """Yields the comparisons."""
    case = data(__file__)["lambert_lamberthub_leo_meo"]
    for i, e in zip(case["inputs"], case["expected"]):
        r1, r2 = tuple(i["r1_m"]), tuple(i["r2_m"])
        found = lambert.transfer(r1, r2, i["tof_s"], i["mu_m3_s2"], i["prograde"], 0, False)
        ours, theirs = np.concatenate((found.v1, found.v2)), e["v1_m_s"] + e["v2_m_s"]
        name = e["name"].replace("_", " ")
        yield compare(f"Lambert, {name}: v1, v2", theirs, ours, 1.5e-11, "float64 rounding of 7e3 m/s", "m/s")

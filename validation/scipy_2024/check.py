import numpy as np

from rvd import wahba
from rvd.core.algebra import quat
from validation.row import compare, data


def rows():
    """Yields the comparisons."""
    d = data(__file__)["wahba_a"]
    for i, e in zip(d["inputs"], d["expected"]):
        given = (np.array(i[name], float)[None] for name in ("body", "reference", "weights"))
        q = tuple(map(float, wahba.from_directions(*given)[0]))
        axes = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
        ours = np.array([quat.unrotate(q, axis) for axis in axes]).T
        name = i["name"].replace("_", " ")
        yield compare(f"Wahba's problem, {name}", e["A"], ours, 1e-15, "float64 rounding")

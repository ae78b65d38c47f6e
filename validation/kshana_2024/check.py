from rvd.orbit import three_bodies
from validation.row import compare, data


def rows():
    """Yields the comparisons."""
    d = data(__file__)["cr3bp_stm_planar"]
    for i, e in zip(d["inputs"]["cases"], d["expected"]):
        state, matrix = three_bodies.propagate(d["inputs"]["mu"], i["x0"], i["t"], matrix=True)
        name = i["name"].replace("_", " ")
        yield compare(
            f"three bodies, {name}: state", e["xf"], state, 1e-13, "integration to 1e-13 on both sides"
        )
        yield compare(
            f"three bodies, {name}: matrix",
            e["stm"],
            matrix,
            2e-12,
            "integration to 1e-13 on both sides, entries to 6",
        )

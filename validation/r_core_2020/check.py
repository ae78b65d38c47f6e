from rvd.statistics.binomial import clopper_pearson
from validation.row import compare, data

SIDES = {"less": "upper", "greater": "lower", "two-sided": "two-sided"}


def rows():
    """Yields the comparisons."""
    d = data(__file__)["clopper_pearson"]
    for (k, n, confidence, side), theirs in zip(d["inputs"]["rows"], d["expected"]["rows"], strict=True):
        ours = clopper_pearson(k, n, confidence, SIDES[side])
        what = f"Clopper-Pearson, {k} of {n} at {confidence:g}, {side}"
        yield compare(what, theirs, ours, 6e-8, "some are printed with 7 digits")

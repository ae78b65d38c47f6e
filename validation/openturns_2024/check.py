from rvd.statistics.binomial import runs_required
from rvd.statistics.order import upper_rank
from validation.row import compare, data

WHY = "whole numbers"


def rows():
    """Yields the comparisons."""
    d = data(__file__)
    for name in ("wilks_95_95", "wilks_95_90"):
        i = d[name]["inputs"]
        yield from sizes(i["quantile"], i["confidence"], i["k"], d[name]["expected"]["n"])
    i = d["wilks_90"]["inputs"]
    for (share, confidence), theirs in zip(i["pairs"], d["wilks_90"]["expected"]["n"], strict=True):
        yield from sizes(share, confidence, i["k"], theirs)


def sizes(share, confidence, exceedances, theirs):
    """Yields the numbers of runs, and the ranks that these numbers of runs make the bound."""
    ours = [runs_required(k, share, confidence) for k in exceedances]
    what = f"Wilks, quantile {share:g} at {confidence:g}"
    yield compare(f"{what}: runs for 0 to 4 exceedances", theirs, ours, 0.0, WHY)
    ranks = [n + 1 - upper_rank(n, share, confidence) for n in theirs]
    yield compare(f"{what}: rank from the top in so many runs", [k + 1 for k in exceedances], ranks, 0.0, WHY)

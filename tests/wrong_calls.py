"""Calls that a type checker has to refuse, each marked `# wrong`, and a few that it has to let pass, `# right`.

Nothing imports this file: tests/test_types.py gives it to mypy.
"""

# ruff: noqa: B018

import rvd
from rvd.core.control.steering import Gains
from rvd.core.signals import Belief

rvd.fyl("case.toml")  # wrong
rvd.fly("case.toml", runn=3)  # wrong
rvd.fly("case.toml", run="three")  # wrong
rvd.fly("case.toml", run=3).outcom  # wrong
rvd.load(3)  # wrong
rvd.campaign("case.toml", runs="ten")  # wrong
rvd.campaign("case.toml", run=10)  # wrong
rvd.campaign("case.toml", runs=10).tabel()  # wrong
rvd.report("results/mine", flights="many")  # wrong
rvd.verify("results/mine", smaple=3)  # wrong
rvd.merge("results/mine", "results/all", 3)  # wrong
rvd.motion.cw.coats  # wrong
rvd.motion.cw.coast(1.0, 2.0)  # wrong
rvd.orbit.kepler.coast(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0)  # wrong
rvd.attitude.cost  # wrong


def steered(gains: Gains, belief: Belief) -> float:
    gains = gains._replace(pul=1.0)  # wrong
    return belief.w_rel_bdy[0] + gains.pull  # wrong


rvd.fly("case.toml", run=3).outcome  # right
rvd.campaign("case.toml", runs=10, seed=1).table()  # right
rvd.report("results/mine", flights=3)  # right
rvd.motion.cw.coast((1.0, 2.0, 3.0), (0.0, 0.0, 0.0), 1.1e-3, 60.0)  # right
rvd.attitude.coast  # right

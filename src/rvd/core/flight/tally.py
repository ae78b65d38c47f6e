"""What a flight came to: the tally after each step of the truth, and the outcome once there is one."""

import math

from rvd.core.algebra.vec import dot, norm, sub
from rvd.core.goals.goal import Moment, Progress
from rvd.core.hull.hull import Clearance
from rvd.core.kernel import kernel
from rvd.core.rules.rules import FAR
from rvd.core.rules.sight import Passage, nearest
from rvd.core.signals import SUCCESSES, Belief, Memory, Outcome, Tally, Trust

_SUCCESSES = tuple(outcome.value for outcome in SUCCESSES)


@kernel
def is_success(verdict: int) -> bool:
    """Whether a verdict is a goal that was reached."""
    for success in _SUCCESSES:  # noqa: SIM110 - kernels know no generators
        if verdict == success:
            return True
    return False


@kernel
def blank_tally(start: Progress) -> Tally:
    """A tally before anything was seen; `start` is what the goal has seen then."""
    return Tally(
        outcome=0.0,
        t_end=0.0,
        leg=0.0,
        alarm=0.0,
        used=0.0,
        closest=FAR,
        clearance=FAR,
        clearance_pair=math.nan,
        clearance_time=math.nan,
        delta_v=0.0,
        error_r=0.0,
        error_v=0.0,
        nees=0.0,
        nis=math.nan,
        goal_0=start[0],
        goal_1=start[1],
        goal_2=start[2],
        goal_3=start[3],
        goal_4=start[4],
        goal_5=start[5],
        goal_6=start[6],
        goal_7=start[7],
    )


@kernel
def progress_of(tally: Tally) -> Progress:
    """What the goal has seen so far."""
    return (
        tally.goal_0, tally.goal_1, tally.goal_2, tally.goal_3, tally.goal_4, tally.goal_5, tally.goal_6, tally.goal_7,
    )  # fmt: skip


@kernel
def with_progress(tally: Tally, seen: Progress) -> Tally:
    """The tally with what the goal has seen."""
    return tally._replace(
        goal_0=seen[0], goal_1=seen[1], goal_2=seen[2], goal_3=seen[3],
        goal_4=seen[4], goal_5=seen[5], goal_6=seen[6], goal_7=seen[7],
    )  # fmt: skip


@kernel
def moment_of(passed: Passage, memory: Memory, needed: float, t: float, h: float) -> Moment:
    """What the goal is told of a step from t to t + h."""
    return Moment(
        before=passed.before.stand,
        after=passed.after.stand,
        q_before=passed.before.q_hill_target,
        q_after=passed.after.q_hill_target,
        away=norm(passed.after.r_hill),
        closest=passed.closest,
        free=(memory.leg.free_drift > 0.0) & (memory.alarm == 0.0),
        onward=memory.alarm == 0.0,
        needed=needed,
        t=t,
        h=h,
    )


@kernel
def counted(
    tally: Tally,
    passed: Passage,
    near: Clearance,
    memory: Memory,
    belief: Belief,
    trust: Trust,
    used: float,
    dv: float,
    t: float,
    h: float,
) -> Tally:
    """The tally after a step from t to t + h, but for the goal and the outcome; dv (m/s) was spent in it."""
    before, nearer = passed.before, near.least < tally.clearance
    return tally._replace(
        t_end=t + h,
        leg=memory.at,
        alarm=memory.alarm,
        used=used,
        closest=min(tally.closest, passed.closest),
        clearance=near.least,
        clearance_pair=near.pair,
        clearance_time=t + h if nearer else tally.clearance_time,
        delta_v=tally.delta_v + dv,
        error_r=norm(sub(belief.r_hill, before.r_hill)),
        error_v=norm(sub(belief.v_hill, before.v_hill)),
        nees=(tally.nees * t + trust.nees * h) / (t + h),
        nis=trust.nis_all,
    )


@kernel
def outcome_of(
    passed: Passage, memory: Memory, verdict: int, share_used: float, contact: float, clearance: float
) -> int:
    """The outcome at this step: the gravest that holds, from the bottom of the list up.

    `verdict` is the goal's, `share_used` is that of the propellant; nearer than `contact` (m) to the berthing point,
    or with a negative `clearance` (m) of the hulls, the chaser has hit the target.
    """
    after, before = passed.after, passed.before
    finite = dot(after.r_hill, after.r_hill) + dot(after.v_hill, after.v_hill) + after.stand.rate < FAR
    if not finite:
        return Outcome.DIVERGED.value
    begin, end = sub(before.r_hill, before.apex_hill), sub(after.r_hill, after.apex_hill)
    if (norm(nearest(begin, end)) < contact) | (clearance < 0.0):
        return Outcome.CONTACT.value
    reached = is_success(verdict)
    if (verdict > 0) & (not reached):
        return verdict
    if share_used >= 1.0:
        return Outcome.EMPTY.value
    if (memory.over > 0.0) & (memory.alarm > 0.0):
        return Outcome.ABORTED.value
    if (memory.over > 0.0) & (not reached):
        return Outcome.STOPPED.value
    return verdict


@kernel
def result_of(tally: Tally) -> Tally:
    """The tally of a flight that is over: NaN is a distance that was never measured, and a begin that never was.

    The time since which a goal holds is -1 while it does not.
    """
    return tally._replace(
        closest=tally.closest if tally.closest < 0.5 * FAR else math.nan,
        clearance=tally.clearance if tally.clearance < 0.5 * FAR else math.nan,
        goal_0=tally.goal_0 if tally.goal_0 >= 0.0 else math.nan,
    )

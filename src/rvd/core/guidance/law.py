"""How a leg is flown: the kernels that ask the law of the leg, whichever of `laws` it is."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from rvd.core.guidance.laws import BUILT_IN
from rvd.core.guidance.slew import slew_at
from rvd.core.kernel import inlined, kernel
from rvd.core.signals import Aim, Belief, Memory, Request


def _members(asked: str, usual: Callable | None = None) -> list[tuple[int, Any]]:
    """Number and kernel of each built-in law, the last one first; `usual` where a law has none of its own."""
    modules = [(int(law), import_module(f"rvd.core.guidance.{law.name.lower()}")) for law in BUILT_IN]
    return [(number, getattr(module, asked, usual)) for number, module in reversed(modules)]


def _ladder(members: list[tuple[int, Any]], otherwise: Callable) -> Any:
    """A function of (memory, belief, n, s) that calls the kernel of the leg's law, or `otherwise`; all inlined."""
    chosen = otherwise
    for number, member in members:
        chosen = _rung(number, member, chosen)
    return chosen


def _rung(number: int, member: Callable, others: Callable) -> Any:
    def chosen(memory: Memory, belief: Belief, n: float, s: float) -> Any:
        if int(memory.leg.law) == number:
            return member(memory, belief, n, s)
        return others(memory, belief, n, s)

    return inlined(chosen)


def _short_ladder(members: list[tuple[int, Any]], otherwise: Callable) -> Any:
    """The same of kernels that take (memory, s)."""
    chosen = otherwise
    for number, member in members:
        chosen = _short_rung(number, member, chosen)
    return chosen


def _short_rung(number: int, member: Callable, others: Callable) -> Any:
    def chosen(memory: Memory, s: float) -> Any:
        if int(memory.leg.law) == number:
            return member(memory, s)
        return others(memory, s)

    return inlined(chosen)


@kernel
def nothing_yet(memory: Memory, belief: Belief, n: float, s: float) -> Request:
    """Of a law of the user's own: it is asked later, where the driver has it (`consult`)."""
    return 0.0, belief.r_hill, belief.v_hill, (0.0, 0.0, 0.0)


@kernel
def same_stage(memory: Memory, belief: Belief, n: float, s: float) -> float:
    """The stage that a law of the user's own gave last."""
    return memory.stage


@kernel
def one_stage(memory: Memory, belief: Belief, n: float, s: float) -> float:
    """The stage of a law that has one."""
    return 0.0


@kernel
def has_said_so(memory: Memory, s: float) -> bool:
    """Whether a law of the user's own has said its last."""
    return memory.flown > 0.5


@kernel
def has_turned(memory: Memory, s: float) -> bool:
    """Whether the slew of the leg is over: all that a law needs that goes nowhere."""
    return s >= memory.slew_time


_request = _ladder(_members("request"), nothing_yet)
_next_stage = _ladder(_members("next_stage", one_stage), same_stage)
_flown = _short_ladder(_members("flown", has_turned), has_said_so)


@kernel
def choose(memory: Memory, belief: Belief, n: float, s: float) -> Request:
    """What the leg's law asks of translation."""
    return _request(memory, belief, n, s)


@kernel
def advance_stage(memory: Memory, belief: Belief, n: float, s: float) -> float:
    """The stage within the leg after this tick."""
    return _next_stage(memory, belief, n, s)


@kernel
def flown(memory: Memory, s: float) -> bool:
    """Whether the law has nothing more to fly; tolerances are judged apart."""
    return _flown(memory, s)


@kernel
def guide(n: float, memory: Memory, belief: Belief, t: float) -> Aim:
    """The Aim of the current leg: its law for translation, its slew for attitude."""
    s = t - memory.t_entry
    mode, r, v, dv = choose(memory, belief, n, s)
    q, w = slew_at(memory.slew_from, memory.slew_rotvec, memory.slew_time, s)
    return Aim(
        translate=mode,
        r_hill=r,
        v_hill=v,
        dv_hill=dv,
        point=0.0 if memory.leg.free_drift > 0.0 else 1.0,
        q_hill_body=q,
        w_rel_body=w,
    )

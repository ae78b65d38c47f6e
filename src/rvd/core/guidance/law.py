"""How a leg is flown: the kernels that ask the law of the leg, whichever of `laws` it is."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from rvd.core.guidance.laws import BUILT_IN
from rvd.core.kernel import dispatch, kernel
from rvd.core.signals import GuidanceState, Memory, Request


def _chosen(asked: str, arguments: str, own: Callable, usual: Callable | None = None) -> Any:
    """A function of these arguments that calls the kernel `asked` of the leg's law.

    `usual` stands for a built-in law that has no such kernel, `own` for a law of the user's own.
    """
    modules = {law: import_module(f"rvd.core.guidance.{law.name.lower()}") for law in BUILT_IN}
    members: dict[int, Any] = {law: getattr(module, asked, usual) for law, module in modules.items()}
    return dispatch(f"{asked}_of_the_law", arguments, "memory.leg.law", members, otherwise=own)


@kernel
def nothing_yet(memory: Memory, state: GuidanceState, n: float, s: float) -> Request:
    """Of a law of the user's own: it is asked later, where the driver has it (`consult`)."""
    return 0.0, state.r_leg, state.v_leg, (0.0, 0.0, 0.0)


@kernel
def same_stage(memory: Memory, state: GuidanceState, n: float, s: float) -> float:
    """The stage that a law of the user's own gave last."""
    return memory.stage


@kernel
def one_stage(memory: Memory, state: GuidanceState, n: float, s: float) -> float:
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


_request = _chosen("request", "memory, state, n, s", own=nothing_yet)
_next_stage = _chosen("next_stage", "memory, state, n, s", own=same_stage, usual=one_stage)
_flown = _chosen("flown", "memory, s", own=has_said_so, usual=has_turned)


@kernel
def choose(memory: Memory, state: GuidanceState, n: float, s: float) -> Request:
    """What the leg's law asks of translation."""
    return _request(memory, state, n, s)


@kernel
def advance_stage(memory: Memory, state: GuidanceState, n: float, s: float) -> float:
    """The stage within the leg after this tick."""
    return _next_stage(memory, state, n, s)


@kernel
def flown(memory: Memory, s: float) -> bool:
    """Whether the law has nothing more to fly; tolerances are judged apart."""
    return _flown(memory, s)

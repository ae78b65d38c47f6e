"""The decorators of compiled functions, and how users' functions are compiled."""

import functools
import inspect
import threading
import typing
from collections.abc import Callable
from typing import Any, TypeVar

import numba
from numba import types

from rvd.core.kernel.annotations import cast, holds_record, numba_type
from rvd.core.kernel.boxing import box_records_in_c
from rvd.core.kernel.cache import KernelCache
from rvd.core.kernel.linking import Compiler, LinkingCompiler, with_constants
from rvd.interrupts import aside

F = TypeVar("F", bound=Callable)

_USUAL = {"nogil": True, "error_model": "numpy"}

box_records_in_c()


def _compiled(function: Callable, purpose: str, **options: Any) -> Any:
    """Numba's dispatcher of a function, with our cache; nothing asks for the C address of what we compile."""
    dispatcher = numba.njit(**_USUAL, no_cfunc_wrapper=True, pipeline_class=Compiler, **options)(function)
    dispatcher._cache = KernelCache(function, purpose)
    return with_constants(dispatcher)


def _linked(function: Callable, **options: Any) -> Any:
    """Numba's dispatcher of a function that only compiled code calls; what is kept on disk is its callers."""
    return numba.njit(
        **_USUAL, no_cpython_wrapper=True, no_cfunc_wrapper=True, pipeline_class=LinkingCompiler, **options
    )(function)


class Kernel:
    """A compiled function of the package.

    Compiled code sees a dispatcher without a wrapper for Python: half of the time of a first flight would go into
    those wrappers, and Python calls few kernels.  A call from Python compiles a twin that has one, and that is kept on
    disk; what is inlined is kept with its callers (`linking`).
    """

    def __init__(self, function: Callable, **options: Any) -> None:
        functools.update_wrapper(self, function)
        self.py_func = function
        self.inner = _linked(function, **options)
        self.twin: Any = None

    @property
    def _numba_type_(self) -> Any:
        return self.inner._numba_type_

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Calls the function from Python."""
        if self.twin is None:
            twin = _compiled(self.py_func, "twin")
            twin._compile_for_args = functools.partial(aside, twin._compile_for_args)
            self.twin = twin
        return self.twin(*arguments, **named)

    def __repr__(self) -> str:
        return f"<kernel {self.py_func.__module__}.{self.py_func.__qualname__}>"


def kernel(function: F) -> F:
    """Compiles a pure function and inlines it wherever it is called."""
    if numba.config.DISABLE_JIT:
        return function
    return typing.cast(F, Kernel(function, forceinline=True))


def typed_kernel(function: F) -> F:
    """A kernel for the one signature that its annotations give.

    Otherwise each literal that it is called with compiles it again.
    """
    if numba.config.DISABLE_JIT:
        return function
    made = Kernel(function, forceinline=True)
    _hold_to_annotations(made.inner)
    return typing.cast(F, made)


def _hold_to_annotations(dispatcher: Any) -> None:
    """Lets the first caller compile the annotated signature, and every other cast to it."""
    template_of = dispatcher.get_call_template

    def get_call_template(args: tuple, kws: dict) -> Any:
        if dispatcher._can_compile:
            dispatcher.compile(_signature(dispatcher.py_func))
            dispatcher.disable_compile()
        return template_of(args, kws)

    dispatcher.get_call_template = get_call_template


def _signature(function: Callable) -> tuple:
    """The Numba types of a function's annotated parameters."""
    hints = typing.get_type_hints(function, include_extras=True)
    return tuple(numba_type(hints[name]) for name in inspect.signature(function).parameters)


def sweep(function: F) -> F:
    """Compiles a function to a call of its own.

    So LLVM optimises each loop of a pass over a block apart; and what is long and rarely run does not make its caller,
    whose compile grows faster than its length, longer still.
    """
    if numba.config.DISABLE_JIT:
        return function
    return typing.cast(F, Kernel(function))


def inlined(function: F) -> F:
    """Compiles a function of the user's like a kernel, but keeps nothing of it: its caller is what is kept."""
    if numba.config.DISABLE_JIT:
        return function
    return typing.cast(F, numba.njit(**_USUAL, forceinline=True)(function))


def composed(function: F) -> F:
    """Compiles what a program has written, for kernels alone to call; nothing of it is kept but within its caller."""
    if numba.config.DISABLE_JIT:
        return function
    made = numba.njit(**_USUAL, forceinline=True, no_cpython_wrapper=True, no_cfunc_wrapper=True)(function)
    return typing.cast(F, made)


def argument(function: F, signature: Any) -> F:
    """Compiles a function that an entry takes as an argument, at once, for the signature of its `FunctionType`."""
    if numba.config.DISABLE_JIT:
        return function
    # Its address is what the entry is given, so it keeps its C wrapper.
    dispatcher = with_constants(numba.njit(**_USUAL)(function))
    dispatcher._cache = KernelCache(function, "argument")
    aside(dispatcher.compile, signature)
    dispatcher.disable_compile()
    return typing.cast(F, dispatcher)


def entry(function: F) -> F:
    """Compiles a driver that Python calls, for the one signature its annotations give, at its first call.

    Arguments are positional and cast by their annotations; nothing can recompile it afterwards.
    Kernels cannot call it. It returns numbers and plain tuples of them, of which Python makes the record: a long flight
    has often met a signal when it ends, and how Numba makes records then has been a segmentation fault (`boxing`).
    Raises TypeError for one that would return a NamedTuple, or takes a function by itself and not by its `Place`.
    """
    hints = typing.get_type_hints(function, include_extras=True)
    _refuse_records(function, hints.get("return"))
    _refuse_functions(function, hints)
    dispatcher: Any = function if numba.config.DISABLE_JIT else _compiled(function, "entry")
    names = tuple(inspect.signature(function).parameters)
    kinds = tuple(hints[name] for name in names)
    lock = threading.Lock()

    def compile_now() -> None:
        with lock:
            if dispatcher._can_compile:
                signature = tuple(numba_type(kind) for kind in kinds)
                dispatcher.compile(signature)
                _refuse_records(function, dispatcher.overloads[signature].signature.return_type)
                dispatcher.disable_compile()

    def compile_once() -> None:
        if getattr(dispatcher, "_can_compile", False):
            aside(compile_now)

    def is_compiled() -> bool:
        """Whether a call would compile nothing: it is compiled in this process, or kept on disk."""
        if not getattr(dispatcher, "_can_compile", False):
            return True
        signature = tuple(numba_type(kind) for kind in kinds)
        return bool(dispatcher._cache.holds(signature, dispatcher.targetctx))

    @functools.wraps(function)
    def call(*arguments: Any) -> Any:
        if len(arguments) != len(names):
            raise TypeError(f"{function.__name__} takes {', '.join(names)}; got {len(arguments)} arguments")
        compile_once()
        return dispatcher(*map(cast, kinds, arguments, names))

    call.dispatcher, call.compile = dispatcher, compile_once  # type: ignore[attr-defined]
    call.is_compiled = is_compiled  # type: ignore[attr-defined]
    return typing.cast(F, call)


def _refuse_functions(function: Callable, hints: dict[str, Any]) -> None:
    for name, kind in hints.items():
        if any(isinstance(mark, types.FunctionType) for mark in getattr(kind, "__metadata__", ())):
            raise TypeError(f"{function.__name__} takes the function {name}: an entry takes its Place")


def _refuse_records(function: Callable, answer: Any) -> None:
    if holds_record(answer):
        what = f"{function.__name__} returns {answer}"
        raise TypeError(f"{what}: an entry returns plain tuples, of which Python makes the record")

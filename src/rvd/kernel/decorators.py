"""The decorators of compiled functions, and how users' functions are compiled."""

import contextlib
import functools
import inspect
import threading
import typing
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import numba

from rvd.kernel.annotations import cast, numba_type
from rvd.kernel.folder import cache_folder

F = TypeVar("F", bound=Callable)

_decorating = threading.RLock()


@contextlib.contextmanager
def _our_cache() -> Iterator[None]:
    """Numba asks for its folder while it decorates; other people's functions keep theirs."""
    with _decorating:
        before = numba.config.CACHE_DIR
        numba.config.CACHE_DIR = str(cache_folder())
        try:
            yield
        finally:
            numba.config.CACHE_DIR = before


def _compiled(function: Callable, **options: Any) -> Any:
    if numba.config.DISABLE_JIT:
        return function
    with _our_cache():
        # Nothing asks for the C address of a kernel: without that wrapper the first flight compiles in less time.
        usual = {"cache": True, "nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True}
        return numba.njit(**usual, **options)(function)


def kernel(function: F) -> F:
    """Compiles a pure function and inlines it wherever it is called."""
    return _compiled(function, forceinline=True)


def sweep(function: F) -> F:
    """Compiles a pass over a block: a call of its own, so that LLVM optimises each loop over lanes apart."""
    return _compiled(function)


def inlined(function: F) -> F:
    """Compiles a function of the user's like a kernel, but keeps nothing of it: its caller is what is kept."""
    if numba.config.DISABLE_JIT:
        return function
    options = {"nogil": True, "error_model": "numpy", "forceinline": True}
    return typing.cast(F, numba.njit(**options)(function))


def argument(function: F, signature: Any) -> F:
    """Compiles a function that an entry takes as an argument, at once, for the signature of its `FunctionType`."""
    if numba.config.DISABLE_JIT:
        return function
    with _our_cache():
        compile_now = numba.njit(signature, cache=True, nogil=True, error_model="numpy")
        return typing.cast(F, compile_now(function))


def entry(function: F) -> F:
    """Compiles a driver that Python calls, for the one signature its annotations give, at its first call.

    Arguments are positional and cast by their annotations; nothing can recompile it afterwards.
    Kernels cannot call it.
    """
    dispatcher = _compiled(function)
    names = tuple(inspect.signature(function).parameters)
    lock = threading.Lock()

    @functools.cache
    def kinds() -> tuple:
        hints = typing.get_type_hints(function, include_extras=True)
        return tuple(hints[name] for name in names)

    def compile_once() -> None:
        with lock:
            if getattr(dispatcher, "_can_compile", False):
                dispatcher.compile(tuple(numba_type(kind) for kind in kinds()))
                dispatcher.disable_compile()

    @functools.wraps(function)
    def call(*arguments: Any) -> Any:
        if len(arguments) != len(names):
            raise TypeError(f"{function.__name__} takes {', '.join(names)}; got {len(arguments)} arguments")
        compile_once()
        return dispatcher(*map(cast, kinds(), arguments, names))

    call.dispatcher, call.compile = dispatcher, compile_once  # type: ignore[attr-defined]
    return typing.cast(F, call)

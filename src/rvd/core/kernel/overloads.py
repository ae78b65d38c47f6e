"""A function over arrays, called inside compiled code: the face that Python calls, and the kernel that does its work.

`inside(face, kernel)` says that the two are one function. Compiled code that calls the face by its name then gets the
kernel: whole numbers are taken as floats, vectors may be tuples or arrays of one axis, matrices arrays of two, and
where the face raises an ArgumentError about a number the answer is NaN throughout. `over_arrays(face, instead)` says
that compiled code does not get a face, and what to call. `njit` compiles functions of users that call faces.
"""

import functools
import hashlib
import inspect
import math
import types as python_types
import typing
from collections.abc import Callable, Iterator
from enum import Enum
from typing import Any, NamedTuple

import numba
import numpy as np
from numba import types
from numba.core.errors import TypingError
from numba.core.registry import cpu_target
from numba.extending import overload

from rvd.core.kernel.annotations import is_record, members, numba_type
from rvd.core.kernel.cache import KernelCache, stamp_of
from rvd.core.kernel.linking import with_constants

#: Larger than any quantity of the models in SI, and small enough for its seventh power.
LARGEST = 1e30

_CALLED = {"nogil": True, "error_model": "numpy", "no_cpython_wrapper": True, "no_cfunc_wrapper": True}


class Pair(NamedTuple):
    """A face and what compiled code gets in its place."""

    #: The function over arrays that Python calls.
    face: Callable
    #: The kernel behind it, of the same arguments, but for what is taken over arrays only.
    kernel: Callable
    #: The kernel that says whether there is an answer; None: always.
    holds: Callable | None


PAIRS: dict[str, Pair] = {}
"""Every pair by the place and name of its face, as `rvd.motion.cw.coast`, of the modules loaded so far."""


def inside(face: Callable, kernel: Callable, holds: Callable | None = None) -> None:
    """Gives compiled code the kernel where it calls the face; both take the same names in the same order.

    `holds` is a kernel of some of these arguments, by name: whether there is an answer. The answer is NaN where `holds`
    is false, where an argument is not finite or beyond `LARGEST`, and where the kernel gives a number that is not
    finite. Defaults are those of the face. What the face takes and the kernel does not is left out in compiled code.
    """
    PAIRS[f"{face.__module__}.{face.__qualname__}"] = pair = Pair(face, kernel, holds)
    if numba.config.DISABLE_JIT:
        return
    parameters = inspect.signature(face).parameters
    defaults = {
        f"default_{name}": one.default for name, one in parameters.items() if one.default is not one.empty
    }
    taken = ", ".join(
        f"{name}=default_{name}" if f"default_{name}" in defaults else name for name in parameters
    )

    def made(**given: Any) -> Callable:
        return _made(pair, taken, defaults, given)

    named = ", ".join(f"{name}={name}" for name in parameters)
    names = {"made": made, **defaults}
    exec(f"def typed({taken}):\n    return made({named})\n", names)
    overload(face, jit_options=_CALLED)(names["typed"])
    # Compiled code may load the module of the face while it is being typed: `rvd.motion` loads `cw` when it is named.
    cpu_target.typing_context.refresh()


#: Faces that no compiled code calls, and what their message says.
APART: dict[str, str] = {}


def over_arrays(face: Callable, instead: str) -> None:
    """Compiled code that calls the face gets one sentence, a TypeError: its name, and what to call `instead`."""
    called = f"{face.__module__}.{face.__qualname__}"
    APART[called] = said = f"{called} is called over arrays, not in compiled code: {instead}"
    if numba.config.DISABLE_JIT:
        return

    def typed(*given: Any, **named: Any) -> None:
        # Numba would wrap an error of its own in twenty lines.
        raise TypeError(said)

    overload(face, strict=False)(typed)
    cpu_target.typing_context.refresh()


def _made(pair: Pair, taken: str, defaults: dict[str, Any], given: dict[str, Any]) -> Callable:
    """The function that compiled code calls, for arguments of the Numba types `given`."""
    called = f"{pair.face.__module__}.{pair.face.__qualname__}"
    python = getattr(pair.kernel, "py_func", pair.kernel)
    hints = typing.get_type_hints(python, include_extras=True)
    names: dict[str, Any] = {
        "kernel": pair.kernel,
        "holds": pair.holds,
        "nan": math.nan,
        **defaults,
    }
    lines, sound = [f"def called({taken}):"], ["True"]
    apart = [name for name in given if name not in hints]
    for name in apart:
        if given[name] is not defaults[f"default_{name}"]:
            raise TypingError(f"{called}: {name} is taken over arrays only; leave it out in compiled code")
    given = {name: kind for name, kind in given.items() if name in hints}
    for name, kind in given.items():
        value = _taken(hints[name], kind, name, f"{called}: {name}", Source(names, lines))
        lines.append(f"    x_{name} = {value}")
        sound += [f"(abs({leaf}) <= {LARGEST!r})" for leaf in _floats(numba_type(hints[name]), f"x_{name}")]
    if pair.holds is not None:
        asked = inspect.signature(getattr(pair.holds, "py_func", pair.holds)).parameters
        sound.append(f"holds({', '.join(f'x_{name}' for name in asked)})")
    answer = _answer(pair.kernel, [numba_type(hints[name]) for name in given])
    rest = " + ".join(f"({leaf} - {leaf})" for leaf in _floats(answer, "answer")) or "0.0"
    # A number less itself is zero, and NaN where it is not finite.
    lines += [
        f"    if {' and '.join(sound)}:",
        f"        answer = kernel({', '.join(f'x_{name}' for name in given)})",
        f"        if {rest} == 0.0:",
        "            return answer",
        f"    return {_nothing(answer, names)}",
    ]
    exec("\n".join(lines) + "\n", names)
    return names["called"]


class Source(NamedTuple):
    """The text of a function that is being written."""

    #: What its names stand for.
    names: dict[str, Any]
    #: Its lines so far.
    lines: list[str]


def _taken(kind: Any, given: types.Type, value: str, what: str, source: Source) -> str:
    """Source that makes of a `given` value what the kernel's annotation says; TypingError where that cannot be.

    `source` gets what has to be looked at before: the sizes of arrays, which no type knows.
    """
    given = types.unliteral(given) if isinstance(given, types.Type) else numba.typeof(given)
    parts, wanted = members(kind), numba_type(kind)
    if not parts:
        return _scalar(wanted, given, value, what)
    if isinstance(given, types.BaseTuple) and len(given) == len(parts):
        inner = [
            _taken(part, one, f"{value}[{i}]", f"{what}[{i}]", source)
            for i, (part, one) in enumerate(zip(parts.values(), tuple(given), strict=True))
        ]
    elif isinstance(given, types.Array) and isinstance(given.dtype, types.Number):
        return _of_array(kind, given, value, what, source)
    else:
        raise TypingError(f"{what} is {_wanted(kind)}, not {given}")
    return _built(kind, inner, source.names)


def _wanted(kind: Any) -> str:
    """What an annotation asks for, in words."""
    shape = _shape(kind)
    return f"a tuple or an array of {' x '.join(map(str, shape or (len(members(kind)),)))} numbers"


def _shape(kind: Any) -> tuple[int, ...]:
    """The shape of an array that holds the same numbers: of a tuple of three floats (3,), of six such (6, 3)."""
    parts = list(members(kind).values())
    if not parts:
        return ()
    inner = {_shape(part) for part in parts}
    return (len(parts), *inner.pop()) if len(inner) == 1 else ()


def _of_array(kind: Any, given: types.Array, value: str, what: str, source: Source) -> str:
    """Source of a tuple, or of a tuple of tuples, out of an array whose size is looked at first."""
    shape = _shape(kind)
    if given.ndim != len(shape):
        raise TypingError(f"{what} is {_wanted(kind)}, not {given}")
    source.lines.extend(
        (
            f"    if {value}.shape != {shape!r}:",
            f"        raise ValueError({f'{what} is {_wanted(kind)}, and the array is of another size'!r})",
        )
    )
    return _elements(kind, value, (), source.names)


def _elements(kind: Any, value: str, at: tuple[int, ...], names: dict[str, Any]) -> str:
    """Source of the element of an array at a place, or of the tuple of those below it."""
    parts = list(members(kind).values())
    if not parts:
        return f"float({value}[{', '.join(map(str, at))}])"
    return _built(kind, [_elements(part, value, (*at, i), names) for i, part in enumerate(parts)], names)


def _built(kind: Any, inner: list[str], names: dict[str, Any]) -> str:
    """Source of a tuple or a record of values."""
    if not is_record(kind):
        return f"({', '.join(inner)},)"
    names[f"T{len(names)}"] = kind
    return f"T{len(names) - 1}({', '.join(inner)})"


def _scalar(wanted: types.Type, given: types.Type, value: str, what: str) -> str:
    if wanted == types.float64 and isinstance(given, types.Integer | types.Float):
        return f"float({value})"
    if wanted == types.int64 and isinstance(given, types.Integer):
        return f"int({value})"
    if given == wanted or (isinstance(given, types.Array) and given.dtype == getattr(wanted, "dtype", None)):
        return value
    wanted = {types.float64: "a number", types.int64: "a whole number"}.get(wanted, wanted)
    raise TypingError(f"{what} is {wanted}, not {given}")


def _answer(kernel: Any, kinds: list[types.Type]) -> types.Type:
    """The type of what a kernel gives."""
    return cpu_target.typing_context.resolve_function_type(kernel._numba_type_, tuple(kinds), {}).return_type


def _floats(kind: types.Type, value: str) -> list[str]:
    """The floats within a value of a type, each as source."""
    if isinstance(kind, types.BaseTuple):
        return [leaf for i, part in enumerate(tuple(kind)) for leaf in _floats(part, f"{value}[{i}]")]
    return [value] if isinstance(kind, types.Float) else []


def _nothing(kind: types.Type, names: dict[str, Any]) -> str:
    """Source of a value of a type with NaN for every float, zero for every whole number."""
    if isinstance(kind, types.BaseTuple):
        inner = ", ".join(_nothing(part, names) for part in tuple(kind))
        if not isinstance(kind, types.BaseNamedTuple):
            return f"({inner},)"
        names[f"T{len(names)}"] = kind.instance_class
        return f"T{len(names) - 1}({inner})"
    plain = {types.float64: "nan", types.boolean: "False", types.int64: "0"}
    if kind not in plain:
        raise TypingError(f"a face gives numbers and tuples of them, not {kind}")
    return plain[kind]


def njit(function: Callable | None = None, **options: Any) -> Any:
    """Compiles a function of yours, as `numba.njit` does, and keeps it beside what `rvd` compiled.

    It may call every face that compiled code can call. What is kept stands in a folder named after the sources of
    `rvd`, and is found by the text of your file, by the files of the compiled functions that yours names, and by the
    numbers, arrays and tuples that it finds outside: a change in any of them compiles anew. A function that finds
    anything else there (an ordinary function with an overload, say) is compiled in every process.
    `numba.njit(cache=True)` looks at your own file alone, and would go on with yesterday's `rvd` after an update.
    `cache=False` keeps nothing. Division by zero gives infinity or NaN, as in `rvd`; other options are Numba's. Raises
    TypeError for a signature: each call's arguments have their own.

    >>> import rvd
    >>> @rvd.njit
    ... def drifted(r, v, n, t):
    ...     there, speed = rvd.motion.cw.coast(r, v, n, t)
    ...     return there[1]
    >>> round(drifted((0, -5000, 0), (0, 0, 0), 1.13e-3, 600), 6)
    -5000.0
    """
    if function is None:
        return functools.partial(njit, **options)
    if not callable(function):
        raise TypeError(
            f"rvd.njit takes a function, not {function!r}: it compiles for the arguments of each call"
        )
    keep = options.pop("cache", True)
    if numba.config.DISABLE_JIT:
        return function
    dispatcher = with_constants(numba.njit(**{"nogil": True, "error_model": "numpy", **options})(function))
    if keep:
        dispatcher._cache = _UserCache(function, options)
    return dispatcher


class _UserCache(KernelCache):
    """The cache of a user's function: it knows what is frozen into it from elsewhere."""

    def __init__(self, function: Callable, options: dict[str, Any]) -> None:
        super().__init__(function, "")
        self._options = [f"{name}={options[name]!r}" for name in sorted(options)]

    def _path(self, sig: Any, codegen: Any) -> Any:
        try:
            self._purpose = " ".join(["user", *self._options, *sorted(_frozen(self._function, set()))])
        except (OSError, _NotUnderstoodError):
            return None
        return super()._path(sig, codegen)


class _NotUnderstoodError(Exception):
    """A function holds something of which nobody can tell whether it changed: what is compiled is not kept."""


_SETTLED = {"builtins", "cmath", "math", "numba", "numpy", "operator", "rvd"}
"""Packages of which no value has to be looked at: they change with Numba's version or with our sources."""


def _frozen(function: Callable, known: set) -> set[str]:
    """What becomes part of a function's machine code: source files of the compiled functions that it names, as they
    are now, and values; of those functions in turn. Raises _NotUnderstoodError for what may be anything else."""
    if function in known:
        return set()
    known.add(function)
    found = {stamp_of(function.__code__.co_filename)}
    for name, value in _named(function):
        python = getattr(value, "py_func", None)
        if isinstance(python, python_types.FunctionType) and not _is_settled(value):
            found |= _frozen(python, known)
        else:
            found.add(f"{name}={_told(value)}")
    return found


def _told(value: Any) -> str:
    """A value in words that no other value shares."""
    if isinstance(value, Enum):
        return f"{type(value).__name__}.{value.name} {_told(value.value)}"
    if value is None or isinstance(value, bool | int | float | complex | str | bytes):
        return f"{type(value).__name__} {value!r}"
    if isinstance(value, tuple):
        return f"{type(value).__name__} ({', '.join(map(_told, value))})"
    if isinstance(value, np.ndarray | np.generic) and not value.dtype.hasobject:
        bits = hashlib.blake2b(np.ascontiguousarray(value).tobytes(), digest_size=16).hexdigest()
        return f"{value.dtype.descr} {value.shape} {bits}"
    if isinstance(value, type) and issubclass(value, Enum):
        return f"{value.__name__} {', '.join(_told(one) for one in value)}"
    if isinstance(value, type) and issubclass(value, tuple):
        return f"{value.__name__} {getattr(value, '_fields', ())}"
    if _is_settled(value):
        return f"{getattr(value, '__module__', None)}.{value.__name__}"
    raise _NotUnderstoodError(repr(value))


def _is_settled(value: Any) -> bool:
    """Whether a value is a function or a class of a package that needs no look."""
    named = callable(value) and hasattr(value, "__name__")
    return named and (getattr(value, "__module__", None) or "numpy").partition(".")[0] in _SETTLED


def _named(function: Callable) -> Iterator[tuple[str, Any]]:
    """Names and values that a function finds among its globals, in modules there, and in closures."""
    names = list(_names(function.__code__))
    places = [function.__globals__]
    for place in places:
        for name in names:
            value = place.get(name)
            if isinstance(value, python_types.ModuleType):
                settled = value.__name__.partition(".")[0] in _SETTLED
                if not settled and not any(vars(value) is one for one in places):
                    places.append(vars(value))
            elif name in place:
                yield name, value
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
        if not isinstance(cell.cell_contents, python_types.ModuleType):
            yield name, cell.cell_contents


def _names(code: python_types.CodeType) -> Iterator[str]:
    """The names that a piece of code looks up, and the functions, comprehensions and lambdas within it."""
    yield from code.co_names
    for part in code.co_consts:
        if isinstance(part, python_types.CodeType):
            yield from _names(part)

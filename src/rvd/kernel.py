"""How rvd compiles: the decorators of kernels and drivers, their cache, and values in flat blocks.

A *kernel* is a pure function of numbers, tuples and NamedTuples that Numba inlines into its caller.
A *sweep* is a pass over a block that stays a call.  An *entry* is what Python calls.
A *block* is one flat float64 array; `load` and `store` move nested NamedTuples in and out of it, with a
stride of 1 for a row of values and of LANES for a block that holds 32 runs side by side.
With NUMBA_DISABLE_JIT=1 everything here runs as plain Python and gives the same bits.
"""

import contextlib
import enum
import functools
import hashlib
import inspect
import os
import shutil
import tempfile
import threading
import time
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any, TypeVar

import numba
import numpy as np
from numba import types
from numba.extending import overload

LANES = 32
F = TypeVar("F", bound=Callable)

Vec = tuple[float, float, float]
Quat = tuple[float, float, float, float]


class Written:
    """Marks an array argument of an entry that the entry writes to: it is never copied."""


Row = Annotated[np.ndarray, types.Array(types.float64, 1, "C")]
Table = Annotated[np.ndarray, types.Array(types.float64, 2, "C")]
Stack = Annotated[np.ndarray, types.Array(types.float64, 3, "C")]
Marks = Annotated[np.ndarray, types.Array(types.int64, 1, "C")]
Block = Annotated[np.ndarray, types.Array(types.float64, 1, "C"), Written]
Sheet = Annotated[np.ndarray, types.Array(types.float64, 2, "C"), Written]
Pile = Annotated[np.ndarray, types.Array(types.float64, 3, "C"), Written]

# Rooms whose sources name the cache folder: Numba notices an edit in a function's own file only, not in
# the files of the kernels inlined into it, and would silently go on with the old numbers.
_ROOMS = (
    "kernel", "signals", "constants", "algebra", "orbit", "motion",
    "guidance", "navigation", "control", "vehicle", "contact", "safety", "flight",
)  # fmt: skip
_UNUSED_DAYS = 14.0


def sources_hash() -> str:
    """Hash of the sources that can be compiled into a kernel: the rooms from `flight` down."""
    here = Path(__file__).parent
    digest = hashlib.blake2b(digest_size=8)
    for room in _ROOMS:
        for path in [here / f"{room}.py", *sorted((here / room).rglob("*.py"))]:
            if path.is_file():
                digest.update(path.relative_to(here).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _own_temporary_folder() -> Path:
    """A folder in the temporary directory that nobody else could have prepared (the cache holds pickles)."""
    user = getattr(os, "getuid", lambda: 0)()
    folder = Path(tempfile.gettempdir()) / f"rvd-{user}"
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
        ours = getattr(status, "st_uid", 0) == user and not folder.is_symlink()
        if ours and (os.name == "nt" or not status.st_mode & 0o022) and os.access(folder, os.W_OK):
            return folder
    return Path(tempfile.mkdtemp(prefix="rvd-"))


def cache_home() -> Path:
    """Where compiled kernels live: RVD_CACHE_DIR, else the user's cache directory, else a temporary one."""
    chosen = os.environ.get("RVD_CACHE_DIR")
    if chosen:
        home = Path(chosen).expanduser()
    elif os.name == "nt":
        home = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "rvd"
    else:
        home = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()) / "rvd"
    try:
        home.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=home).close()
    except OSError:
        return _own_temporary_folder()
    return home


def remove_unused(home: Path, keep: Path, days: float = _UNUSED_DAYS) -> None:
    """Removes the folders of earlier sources that no process has opened for `days`."""
    for old in home.glob("kernels-*"):
        with contextlib.suppress(OSError):
            if old != keep and old.is_dir() and time.time() - old.stat().st_mtime > 86400.0 * days:
                shutil.rmtree(old, ignore_errors=True)


@functools.cache
def cache_folder() -> Path:
    """The folder of the kernels compiled from the present sources; opening it marks it as used."""
    home = cache_home()
    folder = home / f"kernels-{sources_hash()}"
    fresh = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(OSError):
        os.utime(folder)
    if fresh:
        remove_unused(home, folder)
    return folder


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
    with _our_cache():
        return numba.njit(cache=True, nogil=True, error_model="numpy", **options)(function)


def kernel(function: F) -> F:
    """Compiles a pure function and inlines it wherever it is called."""
    return _compiled(function, forceinline=True)


def sweep(function: F) -> F:
    """Compiles a pass over a block: called by a driver, not inlined into it."""
    return _compiled(function)


def numba_type(annotation: Any) -> types.Type:
    """The one Numba type of an annotation: float, int, bool, tuple[...], a NamedTuple, Row, Block, ..."""
    if isinstance(annotation, types.Type):
        return annotation
    for mark in getattr(annotation, "__metadata__", ()):
        if isinstance(mark, types.Type):
            return mark
    if isinstance(annotation, type) and hasattr(annotation, "_fields"):
        fields = tuple(numba_type(member) for member in _members(annotation).values())
        return types.BaseTuple.from_types(fields, annotation)
    if typing.get_origin(annotation) is tuple:
        return types.Tuple([numba_type(member) for member in typing.get_args(annotation)])
    plain = {float: types.float64, int: types.int64, bool: types.boolean}
    if isinstance(annotation, type) and issubclass(annotation, enum.IntEnum):
        return types.int64
    if annotation in plain:
        return plain[annotation]
    raise TypeError(f"a kernel cannot take {annotation!r}")


def cast(annotation: Any, value: Any, name: str = "value") -> Any:
    """`value` as its annotation says, so that no caller's int, stride or dtype costs a second compile.

    An array is copied when its dtype, order or read-only flag do not fit; one marked Written is refused.
    Raises TypeError with the dotted name of what does not fit.
    """
    if isinstance(annotation, type) and hasattr(annotation, "_fields"):
        members = _members(annotation)
        if len(members) != len(value):
            raise TypeError(f"{name}: {annotation.__name__} has {len(members)} fields, not {len(value)}")
        parts = (cast(kind, part, f"{name}.{key}") for (key, kind), part in zip(members.items(), value))
        return annotation(*parts)
    if typing.get_origin(annotation) is tuple:
        kinds = typing.get_args(annotation)
        if len(kinds) != len(value):
            raise TypeError(f"{name} has {len(kinds)} items, not {len(value)}")
        return tuple(cast(kind, part, f"{name}.{i}") for i, (kind, part) in enumerate(zip(kinds, value)))
    kind = numba_type(annotation)
    if isinstance(kind, types.Array):
        return _cast_array(kind, value, Written in annotation.__metadata__, name)
    plain = {types.float64: float, types.int64: int, types.boolean: bool}
    return plain[kind](value) if kind in plain else value


def _cast_array(kind: types.Array, value: Any, written: bool, name: str) -> np.ndarray:
    dtype = np.dtype(str(kind.dtype))
    array = np.require(value, dtype, ["C", "W", "A"])
    if array.ndim != kind.ndim:
        raise TypeError(f"{name} has {array.ndim} dimensions, not {kind.ndim}")
    if written and array is not value:
        raise TypeError(f"{name} is written to: it must be a writeable C-contiguous array of {dtype}")
    return array


def entry(function: F) -> F:
    """Compiles a driver that Python calls, for the one signature its annotations give, at its first call.

    Arguments are cast by their annotations; afterwards nothing can recompile it.  Kernels cannot call it.
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


@functools.cache
def _members(cls: type) -> dict[str, Any]:
    hints = typing.get_type_hints(cls, include_extras=True)
    return {name: hints[name] for name in cls._fields}  # type: ignore[attr-defined]


def _is_record(kind: Any) -> bool:
    return isinstance(kind, type) and hasattr(kind, "_fields")


def _parts(kind: Any) -> list[tuple[str, Any]]:
    """(name, annotation) of each member of a NamedTuple or tuple; empty for a scalar."""
    if _is_record(kind):
        return list(_members(kind).items())
    if typing.get_origin(kind) is tuple:
        return [(str(i), part) for i, part in enumerate(typing.get_args(kind))]
    if numba_type(kind) not in (types.float64, types.int64, types.boolean):
        raise TypeError(f"a block holds numbers only, not {kind!r}")
    return []


@functools.cache
def leaves(cls: Any) -> tuple[str, ...]:
    """Dotted names of the scalar slots of a NamedTuple in the order of a block, as `gps.bias.0`."""
    names: list[str] = []
    for name, kind in _parts(cls):
        names += [f"{name}.{leaf}" for leaf in leaves(kind)] if _parts(kind) else [name]
    return tuple(names)


def size(cls: Any) -> int:
    """How many slots of a block a NamedTuple takes."""
    return len(leaves(cls))


def _loading(kind: Any, at: int, stride: int, names: dict[str, Any]) -> tuple[str, int]:
    """Source of the expression that reads `kind` from slot `at` on, and the slot after it."""
    parts = _parts(kind)
    if not parts:
        cell = f"block[at + u64({at * stride})]"
        scalar = numba_type(kind)
        wrap = {types.float64: "float({})", types.int64: "int({})", types.boolean: "(float({}) != 0.0)"}[
            scalar
        ]
        return wrap.format(cell), at + 1
    values = []
    for _, part in parts:
        value, at = _loading(part, at, stride, names)
        values.append(value)
    # Numba on Python 3.11 fails on a tuple literal, or a call, of more than 30 items.
    chunks = [", ".join(values[i : i + 24]) for i in range(0, len(values), 24)]
    items = " + ".join(f"({chunk},)" for chunk in chunks)
    if not _is_record(kind):
        return f"({items})", at
    names[kind.__name__] = kind
    return (f"{kind.__name__}({chunks[0]})" if len(chunks) == 1 else f"{kind.__name__}(*({items}))"), at


def _storing(kind: Any, value: str, at: int, stride: int, lines: list[str]) -> int:
    parts = _parts(kind)
    if not parts:
        number = f"(1.0 if {value} else 0.0)" if numba_type(kind) is types.boolean else f"float({value})"
        lines.append(f"    block[at + u64({at * stride})] = {number}")
        return at + 1
    for name, part in parts:
        inner = f"{value}.{name}" if _is_record(kind) else f"{value}[{name}]"
        at = _storing(part, inner, at, stride, lines)
    return at


# An unsigned index spares the test for indices that count from the end, which stops the vectoriser.
@functools.cache
def _loader(cls: Any, stride: int) -> Callable:
    names: dict[str, Any] = {"u64": int if numba.config.DISABLE_JIT else types.uint64}
    value, _ = _loading(cls, 0, stride, names)
    head = f"def loaded(cls, block, slot, lane, stride):\n    at = u64(slot * {stride} + lane)\n"
    exec(f"{head}    return {value}\n", names)
    return names["loaded"]


@functools.cache
def _storer(cls: Any, stride: int) -> Callable:
    names: dict[str, Any] = {"u64": int if numba.config.DISABLE_JIT else types.uint64}
    lines = [
        "def stored(cls, block, slot, lane, stride, value):",
        f"    at = u64(slot * {stride} + lane)",
    ]
    _storing(cls, "value", 0, stride, lines)
    exec("\n".join(lines) + "\n", names)
    return names["stored"]


def load(cls: Any, block: np.ndarray, slot: int, lane: int, stride: int) -> Any:
    """The `cls` that starts at `slot` of a block, of one lane; `stride` is a literal (1 or LANES)."""
    return _loader(cls, stride)(cls, block, slot, lane, stride)


def store(cls: Any, block: np.ndarray, slot: int, lane: int, stride: int, value: Any) -> None:
    """Writes a `cls` to a block from `slot` on, in one lane; `stride` is a literal (1 or LANES)."""
    _storer(cls, stride)(cls, block, slot, lane, stride, value)


@overload(load, jit_options={"forceinline": True, "error_model": "numpy"}, prefer_literal=True)
def _load(cls, block, slot, lane, stride):
    if isinstance(stride, types.IntegerLiteral):
        return _loader(cls.instance_class, stride.literal_value)
    return None


@overload(store, jit_options={"forceinline": True, "error_model": "numpy"}, prefer_literal=True)
def _store(cls, block, slot, lane, stride, value):
    if isinstance(stride, types.IntegerLiteral):
        return _storer(cls.instance_class, stride.literal_value)
    return None

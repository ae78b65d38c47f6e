"""What has been compiled, kept on disk: one sealed file for each function, signature and processor.

Numba's own cache stops a program for good where a file is cut or a disk is full, and takes flipped bits for machine
code.  Here a file that cannot be read, or whose seal is broken, counts as absent and is compiled again.  A file that
cannot be written costs one warning.
"""

import contextlib
import functools
import hashlib
import os
import sys
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
from numba.core import serialize, types
from numba.core.caching import NullCache
from numba.core.compiler import CompileResult
from numba.core.typing import Signature

from rvd.core.kernel.folder import CORE, cache_folder

# Settings of Numba that change the code it makes; they can be set by NUMBA_* variables.
_SETTINGS = (
    "OPT",
    "BOUNDSCHECK",
    "LOOP_VECTORIZE",
    "SLP_VECTORIZE",
    "ENABLE_AVX",
    "DISABLE_INTEL_SVML",
    "DEBUGINFO_DEFAULT",
    "LLVM_REFPRUNE_PASS",
    "EXTEND_VARIABLE_LIFETIMES",
)
_SEAL_SIZE = 32


class KernelCache(NullCache):
    """The cache of one dispatcher, in the form that Numba asks for (`load_overload`, `save_overload`).

    `purpose` keeps apart what is compiled twice from one function.
    """

    _can_save = True  # of the whole process

    def __init__(self, function: Callable, purpose: str) -> None:
        self._function = function
        self._purpose = purpose

    @property
    def cache_path(self) -> str:
        """The folder, as Numba's statistics show it."""
        return str(cache_folder())

    def load_overload(self, sig: Any, target_context: Any) -> CompileResult | None:
        """What was compiled for this signature; None where there is nothing, or nothing that can be used."""
        target_context.refresh()
        path = self._path(sig, target_context.codegen())
        if path is None or not os.path.isfile(path):  # a pipe would be waited for, a device read for ever
            return None
        try:
            kept, payload = serialize.pickle.loads(_unsealed(path.read_bytes()))
            return CompileResult._rebuild(target_context, *payload) if kept == sig else None
        except FileNotFoundError:
            return None
        except Exception:
            # Cut, flipped, of another make: whatever is wrong with it, it is compiled again.
            with contextlib.suppress(OSError):
                path.unlink()
            return None

    def holds(self, sig: Any, target_context: Any) -> bool:
        """Whether something was compiled and kept for this signature; it is not read."""
        target_context.refresh()
        path = self._path(sig, target_context.codegen())
        return path is not None and os.path.isfile(path)

    def save_overload(self, sig: Any, data: CompileResult) -> None:
        """Keeps what was compiled for this signature; the first failure is told once, then nothing is kept.

        A folder that stands in the way costs this one file, and a warning.
        """
        path = self._path(sig, data.codegen)
        if path is None or not KernelCache._can_save or data.lifted or data.library.has_dynamic_globals:
            return
        try:
            _write(path, _sealed(serialize.dumps((sig, data._reduce()))))
        except Exception as error:
            if os.path.isdir(path):
                what = f"a compiled kernel cannot be kept, for {path} is a folder: remove it"
                warnings.warn(what, RuntimeWarning, stacklevel=2)
                return
            KernelCache._can_save = False
            reason = getattr(error, "strerror", None) or error
            warnings.warn(
                f"compiled kernels cannot be kept in {cache_folder()} ({reason}): they are compiled again in every "
                "process; make room there, or set RVD_CACHE_DIR to another folder",
                RuntimeWarning,
                stacklevel=2,
            )

    def _path(self, sig: Any, codegen: Any) -> Path | None:
        """The file of a signature; None for a function without a source file, which is never kept."""
        try:
            stamp = stamp_of(self._function.__code__.co_filename)
        except OSError:
            return None
        key = [
            self._purpose,
            _described(sig),
            repr(codegen.magic_tuple()),
            sys.version,
            numba.__version__,
            " ".join(_setting(name) for name in _SETTINGS),
            stamp,
            self._function.__code__.co_code.hex(),
            str(self._function.__code__.co_firstlineno),
        ]
        digest = hashlib.blake2b("\0".join(key).encode(), digest_size=12)
        if self._function.__closure__:
            digest.update(serialize.dumps(tuple(cell.cell_contents for cell in self._function.__closure__)))
        name = f"{self._function.__module__}.{self._function.__qualname__}"[-120:]
        plain = "".join(c if c.isalnum() or c in "._" else "_" for c in name)
        return cache_folder() / f"{plain}-{digest.hexdigest()}.kernel"


def _setting(name: str) -> str:
    value = getattr(numba.config, name, None)
    return f"{name}={getattr(value, '_raw_value', value)}"  # the level of optimisation may be "max"


def _described(sig: Any) -> str:
    """A signature in words that two records of one name do not share."""
    if isinstance(sig, Signature):
        return f"{_described(sig.args)} -> {_described(sig.return_type)}"
    if isinstance(sig, types.BaseNamedTuple):
        cls = sig.instance_class
        return f"{cls.__module__}.{cls.__qualname__}{sig.fields}{_described(tuple(sig))}"
    if isinstance(sig, types.BaseTuple):
        return _described(tuple(sig))
    if isinstance(sig, tuple | list):
        return f"({', '.join(map(_described, sig))})"
    return str(sig)


@functools.cache
def stamp_of(file: str) -> str:
    """What tells one state of a source file from another: for ours its place in the package, so that a copy of the
    sources elsewhere finds what this one compiled."""
    path = Path(file)
    if not path.is_file():  # a pipe that Python has read is not read again
        raise FileNotFoundError(file)
    text = hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()
    place = path.relative_to(CORE.parent) if path.is_relative_to(CORE.parent) else path.absolute()
    return f"{place.as_posix()} {text}"


def _sealed(payload: bytes) -> bytes:
    return hashlib.blake2b(payload, digest_size=_SEAL_SIZE).digest() + payload


def _unsealed(content: bytes) -> bytes:
    seal, payload = content[:_SEAL_SIZE], content[_SEAL_SIZE:]
    if hashlib.blake2b(payload, digest_size=_SEAL_SIZE).digest() != seal:
        raise ValueError("the seal is broken")
    return payload


def _write(path: Path, content: bytes) -> None:
    """Writes a file that others see whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, suffix=".draft")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(draft, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(draft)
        raise

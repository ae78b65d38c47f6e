"""How rvd compiles: the decorators of kernels and drivers, their cache, and values in flat blocks.

A *kernel* is a pure function of numbers, tuples and NamedTuples that Numba inlines into its caller.
A *sweep* is a pass over a block, or a long function for users' code, that stays a call.  An *entry* is what Python
calls.
A *block* is one flat float64 array; `load` and `store` move nested NamedTuples in and out of it, with a
stride of 1 for a row of values and of LANES for a block that holds 32 runs side by side.
`inside` pairs a kernel with the function over arrays that Python calls; `njit` compiles functions of users.
`plain` gives a kernel as the Python it was written in: the same bits without a compiler, for what is computed a few
times.  With NUMBA_DISABLE_JIT=1 everything here runs so.
"""

import rvd.core.kernel.records  # noqa: F401 - `record._replace(...)` in compiled code
from rvd.core.kernel.annotations import (
    Block,
    Marks,
    Pile,
    Quat,
    Row,
    Sheet,
    Stack,
    Table,
    Vec,
    Written,
    cast,
    numba_type,
)
from rvd.core.kernel.block import LANES, leaves, load, size, store
from rvd.core.kernel.decorators import Kernel, argument, composed, entry, inlined, kernel, sweep, typed_kernel
from rvd.core.kernel.dispatch import dispatch
from rvd.core.kernel.folder import cache_folder, sources_hash
from rvd.core.kernel.interpreted import IN_PYTHON, plain
from rvd.core.kernel.overloads import APART, LARGEST, PAIRS, inside, njit, over_arrays
from rvd.core.kernel.parameters import HALF_TURN, Along, Column, P
from rvd.core.kernel.place import Place, function_at, place_of

__all__ = [
    "APART",
    "HALF_TURN",
    "IN_PYTHON",
    "LANES",
    "LARGEST",
    "PAIRS",
    "Along",
    "Block",
    "Column",
    "Kernel",
    "Marks",
    "P",
    "Pile",
    "Place",
    "Quat",
    "Row",
    "Sheet",
    "Stack",
    "Table",
    "Vec",
    "Written",
    "argument",
    "cache_folder",
    "cast",
    "composed",
    "dispatch",
    "entry",
    "function_at",
    "inlined",
    "inside",
    "kernel",
    "leaves",
    "load",
    "njit",
    "numba_type",
    "over_arrays",
    "place_of",
    "plain",
    "size",
    "sources_hash",
    "store",
    "sweep",
    "typed_kernel",
]

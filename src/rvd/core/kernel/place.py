"""A compiled function as the argument of an entry: two numbers, which say where its machine code is.

Given the function itself, Numba asks for them at each call, in Python; there, what a signal raises is dropped, and the
process goes on as if nobody had asked it to end, or becomes another error.
"""

from collections.abc import Callable
from typing import Annotated, Any

import numba
from numba.core import cgutils, types
from numba.experimental import function_type
from numba.extending import intrinsic

Place = Annotated[Any, types.UniTuple(types.int64, 2)]
"""Where a function is that `argument` has compiled; without the compiler the function itself."""


def place_of(function: Any, signature: Any) -> Any:
    """Where a function is; it has to be kept as long as it may be called there."""
    if numba.config.DISABLE_JIT:
        return function
    addresses = (function_type._get_wrapper_address, function_type._get_jit_address)
    return tuple(address(function, signature) for address in addresses)


def function_at(signature: Any) -> Callable:
    """What gives a kernel the function at a place, to be called with arguments of this signature."""
    if numba.config.DISABLE_JIT:
        return lambda place: place
    kind = types.FunctionType(signature)

    @intrinsic
    def at(typing_context, place):
        def code(context, builder, sig, arguments):
            function = cgutils.create_struct_proxy(kind)(context, builder)
            pointer = context.get_value_type(types.voidptr)
            wrapper, inner = (builder.extract_value(arguments[0], i) for i in range(2))
            function.c_addr = builder.inttoptr(wrapper, pointer)
            function.jit_addr = builder.inttoptr(inner, pointer)
            return function._getvalue()

        return kind(types.UniTuple(types.int64, 2)), code

    return at

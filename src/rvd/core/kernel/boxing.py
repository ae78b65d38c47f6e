"""How a record that a kernel returns becomes a Python object: without a line of Python run in between.

Numba's own way unpickles the class of a NamedTuple, in Python, and calls what it got without a look at it. Python runs
the handler of a signal at the first line it comes to: where that handler raises an exception, as Ctrl-C does, nothing
was got, and calling it is a segmentation fault.
"""

from typing import Any

from numba.core import boxing, pythonapi, types


def box_records_in_c() -> None:
    """Makes Numba box NamedTuples by the constructor of tuples, which is C throughout, whoever compiles from now on."""
    boxers = pythonapi._boxers.functions
    for kind in (types.NamedTuple, types.NamedUniTuple):
        boxers[kind] = _box_record


def _box_record(kind: Any, value: Any, context: Any) -> Any:
    """The code that makes `kind.instance_class` of a native value."""
    if kind.instance_class.__bases__ != (tuple,):  # a class of somebody's that may construct itself otherwise
        return boxing.box_namedtuple(kind, value, context)
    api, constants = context.pyapi, context.env_manager
    # Both are constants of the function: reading them takes no unpickling.
    new = constants.read_const(constants.add_const(tuple.__new__))
    cls = constants.read_const(constants.add_const(kind.instance_class))
    members = boxing.box_tuple(kind, value, context)
    arguments = api.tuple_pack([cls, members])
    record = api.call(new, arguments)
    api.decref(arguments)
    api.decref(members)
    return record

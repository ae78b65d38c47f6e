"""`record._replace(field=value, ...)` in compiled code, as NamedTuples have it in Python."""

import inspect
from typing import Any

from numba.core import types
from numba.core.errors import TypingError
from numba.core.imputils import impl_ret_borrowed
from numba.core.typing.templates import AbstractTemplate, AttributeTemplate, signature
from numba.extending import infer_getattr, lower_builtin

_KEY = "record._replace"


class _Replace(AbstractTemplate):
    """The type of one call: refuses a field that the record does not have, and a value that is none of the field's."""

    key = _KEY
    this: types.BaseNamedTuple

    def generic(self, args: tuple, kws: dict[str, types.Type]) -> Any:
        record, name = self.this, self.this.instance_class.__name__
        kinds = dict(zip(record.fields, tuple(record), strict=True))
        if args:
            raise TypingError(f"{name}._replace takes fields by name")
        for field, given in kws.items():
            if field not in kinds:
                raise TypingError(f"{name} has no field {field!r}; it has {', '.join(kinds)}")
            if not _fits(types.unliteral(given), kinds[field]):
                raise TypingError(f"{name}.{field} is {kinds[field]}, not {types.unliteral(given)}")
        given = [kinds[field] if field in kws else types.Omitted(None) for field in kinds]
        return signature(record, *given, recvr=record).replace(pysig=_by_name(record.fields))


def _by_name(fields: tuple[str, ...]) -> inspect.Signature:
    """The fields as arguments that may be left out."""
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    return inspect.Signature([inspect.Parameter(field, kind, default=None) for field in fields])


def _fits(given: types.Type, wanted: types.Type) -> bool:
    """Whether a value is the field's: the same type, or for a float a whole number or a truth value."""
    if isinstance(given, types.BaseTuple) and isinstance(wanted, types.BaseTuple):
        same = getattr(given, "instance_class", tuple) is getattr(wanted, "instance_class", tuple)
        return same and len(given) == len(wanted) and all(map(_fits, given, wanted))
    return given == wanted or (wanted == types.float64 and isinstance(given, types.Integer | types.Boolean))


@infer_getattr
class _Records(AttributeTemplate):
    key = types.BaseNamedTuple

    def resolve__replace(self, record: types.BaseNamedTuple) -> types.BoundFunction:
        return types.BoundFunction(_Replace, record)


@lower_builtin(_KEY, types.BaseNamedTuple, types.VarArg(types.Any))
def _lower_replace(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    """Puts each value into its place of the record; Numba has cast it to the field's type already."""
    record = args[0]
    for place, (kind, value) in enumerate(zip(sig.args[1:], args[1:], strict=True)):
        if not isinstance(kind, types.Omitted):
            record = builder.insert_value(record, value, place)
    return impl_ret_borrowed(context, builder, sig.return_type, record)

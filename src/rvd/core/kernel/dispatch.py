"""One function for a family: it calls the member whose number it is asked for."""

from collections.abc import Callable, Mapping
from typing import Any

from rvd.core.kernel.decorators import composed


def dispatch(
    name: str, arguments: str, kind: str, members: Mapping[int, Callable], otherwise: Callable | None = None
) -> Any:
    """A function of these arguments, for kernels to call, that passes them to one of `members`, by number.

    `kind` is an expression of the arguments that gives the number. Another number goes to `otherwise`, or else to the
    last member. A list of branches is what Numba inlines; a table of functions would be calls.
    """
    known = dict(members)
    if otherwise is None:
        _, otherwise = known.popitem()
    names: dict[str, Any] = {"__name__": __name__, "otherwise": otherwise}
    lines = [f"def {name}({arguments}):", f"    kind = int({kind})"]
    for number, member in known.items():
        names[f"member_{int(number)}"] = member
        lines += [f"    if kind == {int(number)}:", f"        return member_{int(number)}({arguments})"]
    exec("\n".join([*lines, f"    return otherwise({arguments})"]), names)
    return composed(names[name])

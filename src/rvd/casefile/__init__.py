"""The case file: read into a `Case`, checked, said back in words, written again."""

from typing import TYPE_CHECKING

__all__ = ["Case", "json_schema", "load", "say"]

if TYPE_CHECKING:
    from .case import Case
    from .editors import json_schema
    from .reading import load
    from .saying import say
else:
    from rvd.lazy import loader

    # A type checker that saw this would let any name pass.
    __getattr__ = loader(
        __name__,
        {
            "Case": f"{__name__}.case:Case",
            "json_schema": f"{__name__}.editors:json_schema",
            "load": f"{__name__}.reading:load",
            "say": f"{__name__}.saying:say",
        },
    )


def __dir__() -> list[str]:
    return sorted(__all__)

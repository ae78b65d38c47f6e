"""The directives `outcomes` and `reasons`: how a flight may end, and why, with their sentences, from the source."""

from enum import IntEnum
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive


class Members(Directive):
    """A definition list of the members of an enumeration: name and sentence."""

    def members(self) -> list[IntEnum]:
        """Those that are listed."""
        raise NotImplementedError

    def run(self) -> list[nodes.Node]:
        """The nodes that stand in the directive's place."""
        table = nodes.definition_list()
        for member in self.members():
            term = nodes.term("", "", nodes.literal(text=member.name.lower()))
            meaning = nodes.definition("", nodes.paragraph(text=f"{member.sentence}."))
            table += nodes.definition_list_item("", term, meaning)
        return [table]


class Outcomes(Members):
    """How a flight may end."""

    def members(self) -> list[IntEnum]:
        """All outcomes."""
        from rvd.core.signals import Outcome

        return list(Outcome)


class Reasons(Members):
    """Why a flight did not reach its goal."""

    def members(self) -> list[IntEnum]:
        """All reasons."""
        from rvd.core.flight.reason import Reason

        return [reason for reason in Reason if reason is not Reason.NONE]


def setup(app: Any) -> dict[str, Any]:
    """Called by Sphinx."""
    app.add_directive("outcomes", Outcomes)
    app.add_directive("reasons", Reasons)
    return {"parallel_read_safe": True}

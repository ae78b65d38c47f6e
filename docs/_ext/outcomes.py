"""The directive `outcomes`: the table of all outcomes with their sentences, from the source."""

from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive


class Outcomes(Directive):
    """A definition list of `rvd.core.signals.Outcome`."""

    def run(self) -> list[nodes.Node]:
        """The nodes that stand in the directive's place."""
        from rvd.core.signals import Outcome

        table = nodes.definition_list()
        for outcome in Outcome:
            term = nodes.term("", "", nodes.literal(text=outcome.name.lower()))
            meaning = nodes.definition("", nodes.paragraph(text=f"{outcome.sentence}."))
            table += nodes.definition_list_item("", term, meaning)
        return [table]


def setup(app: Any) -> dict[str, Any]:
    """Called by Sphinx."""
    app.add_directive("outcomes", Outcomes)
    return {"parallel_read_safe": True}

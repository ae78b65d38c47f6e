"""The JSON Schema of a case file, with which editors complete and check one."""

from __future__ import annotations

from typing import Any

from rvd.case.schema import CaseSchema

from .sequence import NOT_OF_MODES


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a case file, for editors. A part may give any key, so that none is required of the case."""
    schema = CaseSchema.model_json_schema(by_alias=True)
    part = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
    for table in (schema, *schema["$defs"].values()):
        table.pop("required", None)
        if table.get("type") == "object" and "properties" in table:
            table["properties"]["use"] = part
    place = {"anyOf": [{"$ref": "#/$defs/Place"}, {"type": "string"}]}
    leg = schema["$defs"]["LegCase"]["properties"]
    mode = {key: value for key, value in leg.items() if key not in NOT_OF_MODES}
    hold = {"anyOf": [{"type": "string"}, {"type": "object", "properties": dict(leg)}]}
    leg |= {"to": place, "aim": place, "mode": {"type": "string"}, "hold": hold}
    schema["$defs"]["Start"]["properties"]["at"] = place
    schema["$defs"]["Goal"]["properties"]["at"] = place
    schema["properties"] |= {
        "place": {"type": "object", "additionalProperties": {"$ref": "#/$defs/Place"}},
        "mode": {"type": "object", "additionalProperties": {"type": "object", "properties": mode}},
        "without": {"type": "array", "items": {"type": "string"}},
    }
    return schema

"""What every table of a case is: frozen, closed to unknown keys, its keys described where they stand."""

from __future__ import annotations

import ast
import functools
import inspect
import itertools
import sys
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler
from pydantic.fields import FieldInfo
from pydantic.json_schema import JsonSchemaValue

from ..python_text import parsed
from .lists import Pair, Vector
from .values import Kind, Quantity
from .words import LONGEST, Direction, Whole, Word

FOREVER = 1.0e30
"""A length, a speed or a time that is never reached."""


def inner(annotation: Any) -> type[BaseModel] | None:
    """The model within a field's annotation: itself, or what a tuple, a dict or an optional holds."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := inner(part)) is not None), None)


def meaning_of(table: type, key: str) -> str:
    """What the source says of a key of a table, or of one that the table is of, or of a field of a record."""
    found = (_told(one.__module__).get((one.__name__, key)) for one in table.__mro__ if one is not BaseModel)
    return next((text for text in found if text is not None), "")


@functools.cache
def _told(module: str) -> dict[tuple[str, str], str]:
    """What a module says of the keys of its tables, below them, and of the fields of its records, above them (`#:`).

    By table and key; the source is read only when it is asked for.
    """
    if not module.startswith("rvd."):
        return {}
    source = inspect.getsource(sys.modules[module])
    tables = [table for table in parsed(source).body if isinstance(table, ast.ClassDef)]
    above = {
        (table.name, key.target.id): text
        for table in tables
        for key in table.body
        if isinstance(key, ast.AnnAssign) and isinstance(key.target, ast.Name)
        if (text := _above(source.splitlines()[: key.lineno - 1]))
    }
    return above | {
        (table.name, key.target.id): inspect.cleandoc(text.value.value)
        for table in tables
        for key, text in itertools.pairwise(table.body)
        if isinstance(key, ast.AnnAssign) and isinstance(key.target, ast.Name)
        if isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant)
        if isinstance(text.value.value, str)
    }


def _above(lines: Sequence[str]) -> str:
    """The comment (`#:`) that ends these lines; empty where none does."""
    comments = itertools.takewhile(lambda line: line.startswith("#:"), map(str.strip, reversed(lines)))
    return " ".join(reversed([line.removeprefix("#:").strip() for line in comments]))


def kind_of(field: FieldInfo) -> Kind | None:
    """The kind of a field's value, optional or not; that of the names of tables is not one of a value."""
    within = () if get_origin(field.annotation) is dict else get_args(field.annotation)
    marks = [mark for part in within for mark in getattr(part, "__metadata__", ())]
    return next((kind for kind in [*field.metadata, *marks] if isinstance(kind, Kind)), None)


class Table(BaseModel):
    """A table of the case file: attribute names are its keys, values are SI."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        hide_input_in_errors=True,
    )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        made = handler(schema)
        properties = handler.resolve_ref_schema(made)["properties"]
        for name, field in cls.model_fields.items():
            properties[field.alias or name]["description"] = meaning_of(cls, name)
        return made

    @property
    def own_kinds(self) -> Mapping[str, Kind]:
        """The keys beside its fields, and the kind of value of each."""
        return {}

    def kind_at(self, key: str) -> Kind:
        """The kind of value of a key that holds one."""
        kind = self.own_kinds[key] if key in self.own_kinds else kind_of(type(self).model_fields[key])
        if kind is None:
            raise KeyError(key)
        return kind


Title = Annotated[str, Word(most=200)]
Name = Annotated[str, Word(most=60)]
File = Annotated[str, Word(most=LONGEST)]
Number = Annotated[float, Quantity("", least=0.0)]
Factor = Annotated[float, Quantity("", above=0.0)]
Share = Annotated[float, Quantity("", least=0.0, most=1.0)]
Length = Annotated[float, Quantity("m")]
Distance = Annotated[float, Quantity("m", least=0.0)]
Reach = Annotated[float, Quantity("m", above=0.0)]
Area = Annotated[float, Quantity("m^2", least=0.0)]
Mass = Annotated[float, Quantity("kg", above=0.0)]
Speed = Annotated[float, Quantity("m/s")]
SpeedError = Annotated[float, Quantity("m/s", least=0.0)]
SpeedLimit = Annotated[float, Quantity("m/s", above=0.0)]
SpeedPair = Annotated[tuple[float, float], Pair(Quantity("m/s", least=0.0))]
Acceleration = Annotated[float, Quantity("m/s^2", above=0.0)]
Angle = Annotated[float, Quantity("rad", "deg")]
AngleError = Annotated[float, Quantity("rad", "deg", least=0.0)]
AngleExcluded = Annotated[float, Quantity("rad", "deg", least=0.0, most=3.141592653589794)]
AngleLimit = Annotated[float, Quantity("rad", "deg", above=0.0, most=3.141592653589794)]
Turn = Annotated[float, Quantity("rad/s", "deg/s", above=0.0)]
Time = Annotated[float, Quantity("s")]
Duration = Annotated[float, Quantity("s", least=0.0)]
Lag = Quantity("s", "ms", least=0.0, most=0.06)
"""How thrust lags: within a step of a leg at 16 Hz, so that what a pulse gives stays in its step."""

ShortTime = Annotated[float, Lag]
Period = Annotated[float, Quantity("s", above=0.0)]
Mission = Annotated[float, Quantity("s", above=0.0, most=60.0 * 86400.0)]
Second = Annotated[float, Whole(1, 86400, "s")]
Rate = Annotated[float, Whole(1, 10, "Hz")]
Facing = Annotated[tuple[float, float, float], Direction()]

BodyPlace = Annotated[tuple[float, float, float], Vector(Quantity("m"))]
BodyAreas = Annotated[tuple[float, float, float], Vector(Quantity("m^2", least=0.0))]
BodyAngles = Annotated[tuple[float, float, float], Vector(Quantity("rad", "deg"))]
BodyAngleErrors = Annotated[tuple[float, float, float], Vector(Quantity("rad", "deg", least=0.0))]
BodyPeriods = Annotated[tuple[float, float, float], Vector(Quantity("s", above=0.0))]
BodyBandwidths = Annotated[tuple[float, float, float], Vector(Quantity("", least=0.1))]
BodyTimes = Annotated[tuple[float, float, float], Vector(Quantity("s", least=1.0))]
Moments = Annotated[tuple[float, float, float], Vector(Quantity("kg m^2", above=0.0))]


class Place(Table):
    """A place by the words: vbar along the orbit, rbar toward the central body, hbar against the orbit normal."""

    vbar: Length = 0.0
    """Along V-bar, positive ahead."""
    rbar: Length = 0.0
    """Along R-bar, positive toward the central body: below."""
    hbar: Length = 0.0
    """Along H-bar, positive to starboard of the flight."""


class LegPlace(Place):
    """A place of a leg, by the words of its frame: those of `hill` as above, of a port or of the target's body."""

    out: Length = 0.0
    """Of a port: along its axis, away from the target."""
    right: Length = 0.0
    """Of a port: across it, such that out, right and down are a right-handed set."""
    down: Length = 0.0
    """Of a port: along its roll datum. Of the body: down."""
    forward: Length = 0.0
    """Of the body: forward."""
    starboard: Length = 0.0
    """Of the body: to starboard."""


class Gain(Place):
    """A change of velocity by the words of places."""

    vbar: Speed = 0.0
    """Along V-bar."""
    rbar: Speed = 0.0
    """Along R-bar."""
    hbar: Speed = 0.0
    """Along H-bar."""


class LegGain(Gain):
    """A change of velocity by the words of the frame of a leg."""

    out: Speed = 0.0
    """Of a port: along its axis, away from the target."""
    right: Speed = 0.0
    """Of a port: across it."""
    down: Speed = 0.0
    """Of a port: along its roll datum. Of the body: down."""
    forward: Speed = 0.0
    """Of the body: forward."""
    starboard: Speed = 0.0
    """Of the body: to starboard."""


class AbortGain(Gain):
    """A change of velocity in the orbit's frame, or along the chaser's own axes."""

    forward: Speed = 0.0
    """Along the chaser's body: forward."""
    starboard: Speed = 0.0
    """Along the chaser's body: to starboard."""
    down: Speed = 0.0
    """Along the chaser's body: down."""

    @property
    def on_body(self) -> tuple[float, float, float]:
        """Along the chaser's body axes, m/s."""
        return (self.forward, self.starboard, self.down)


class SemiAxes(Place):
    """Semi-axes of an ellipsoid about the station's centre of mass."""

    vbar: Reach
    """Along V-bar."""
    rbar: Reach
    """Along R-bar."""
    hbar: Reach
    """Along H-bar."""


class Angles(Table):
    """An attitude against level (forward along V-bar, down along R-bar): yaw about down, then pitch, then roll."""

    yaw: Angle = 0.0
    """About down, first."""
    pitch: Angle = 0.0
    """About starboard, second."""
    roll: Angle = 0.0
    """About forward, last."""

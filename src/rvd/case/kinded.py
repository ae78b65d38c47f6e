"""Tables whose `kind` is a member of a family of `rvd.core`, with the fields of its record among their keys.

A member is a module of its family, with its record as `NUMBERS`. `NEEDS` and `TAKES`, where it has them, are the keys
among those of the table itself that it asks for and that it may have.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any, ClassVar, NamedTuple, Self

from pydantic import (
    ConfigDict,
    GetJsonSchemaHandler,
    SerializationInfo,
    SerializerFunctionWrapHandler,
    ValidationError,
    ValidationInfo,
    model_serializer,
    model_validator,
)
from pydantic.functional_validators import ModelWrapValidatorHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import InitErrorDetails

from .records import Faults, Rows, kinds_of, needed_of, read_key, remedy_of
from .table import Table, meaning_of
from .values import Kind, faulty


class Keys(NamedTuple):
    """The keys of a kind, in the order in which they are told."""

    needed: tuple[str, ...]
    may: tuple[str, ...]


def keys_of(module: ModuleType) -> Keys:
    """The keys of a member of a family: those that it needs, and those that it may have."""
    needed = needed_of(module.NUMBERS)
    may = tuple(name for name in module.NUMBERS._fields if name not in needed)
    return Keys((*getattr(module, "NEEDS", ()), *needed), (*may, *getattr(module, "TAKES", ())))


class Kinded(Table):
    """A table that also has the keys of its kind: attributes like the others, and `numbers` is the record of them."""

    model_config = ConfigDict(extra="allow")  # and no other key than these: see `_with_its_keys`

    modules: ClassVar[Mapping[str, ModuleType]] = {}
    """The members of the family, by the words of cases."""
    always: ClassVar[tuple[str, ...]] = ("kind",)
    """The keys that every kind may have."""
    noun: ClassVar[str] = ""
    """What stands before a kind in a sentence; an article where it is empty."""

    kind: str

    @property
    def numbers(self) -> Any:
        """The numbers of its kind, as the record that kernels read."""
        given = {key: (kind, getattr(self, key)) for key, kind in self.own_kinds.items()}
        whole = {key: kind.padded(x) if isinstance(kind, Rows) else x for key, (kind, x) in given.items()}
        return self.modules[self.kind].NUMBERS(**whole)

    @property
    def own_kinds(self) -> Mapping[str, Kind]:
        return kinds_of(self.modules[self.kind].NUMBERS)

    @model_validator(mode="wrap")
    @classmethod
    def _with_its_keys(
        cls, given: Any, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo
    ) -> Self:
        """Reads the keys of the kind, so that every fault of the table is told at once."""
        if not isinstance(given, Mapping):
            return handler(given)
        module = cls.modules.get(given["kind"]) if isinstance(given.get("kind"), str) else None
        if module is None:  # that is the fault to tell
            return handler({key: value for key, value in given.items() if key in cls._names()})
        kinds, faults = kinds_of(module.NUMBERS), list(cls._misplaced(module, given))
        si = (info.context or {}).get("si", True)
        read = {
            key: read_key(kinds[key], value, si, (key,), faults) if key in kinds else value
            for key, value in given.items()
            if key in kinds or key in cls._names()
        }
        try:
            table = handler(read)
        except ValidationError as error:
            raise _together(error, faults) from None
        if faults:
            raise faulty(*faults)
        table.__pydantic_extra__ = {**module.NUMBERS._field_defaults, **(table.__pydantic_extra__ or {})}
        return table

    @classmethod
    def _names(cls) -> set[str]:
        """The keys of the table itself, as a file and as Python writes them."""
        return {key for name, field in cls.model_fields.items() for key in (name, field.alias or name)}

    @classmethod
    def _called(cls, kind: str) -> str:
        return f"{cls.noun or ('an' if kind[0] in 'aeiou' else 'a')} {kind}"

    @classmethod
    def _misplaced(cls, module: ModuleType, given: Mapping[str, Any]) -> Iterator[tuple[Any, str, str]]:
        """The keys that the kind lacks, and those that are none of its own."""
        kind, (needed, may) = cls._called(given["kind"]), keys_of(module)
        every = {key for one in cls.modules.values() for group in keys_of(one) for key in group}
        fits = (*cls.always, *needed, *may)
        meant = set()
        for key in given:
            if key in fits or key.rstrip("_") in cls.always:
                continue
            if key in every:
                yield (key,), f"{kind} has no {key}", "remove it, or write another kind"
                continue
            meant |= set(difflib.get_close_matches(key, fits, n=1))
            yield (key,), "the key is not known", remedy_of(key, fits)
        for key in needed:
            if key not in given and key not in meant:  # a key misspelt is also a key missing
                yield (key,), f"{kind} needs its {key}", f"write {key}"

    @model_serializer(mode="wrap")
    def _flat(self, handler: SerializerFunctionWrapHandler, info: SerializationInfo) -> dict[str, Any]:
        """The keys of its kind among the others, in a file as a case writes them."""
        made: dict[str, Any] = handler(self)
        for key, kind in self.own_kinds.items():
            made.pop(key, None)
            if not info.exclude_unset or key in self.model_fields_set:
                value = getattr(self, key)
                made[key] = kind.written(value) if info.mode == "json" else value
        return made

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        made = super().__get_pydantic_json_schema__(schema, handler)
        table = handler.resolve_ref_schema(made)
        table["additionalProperties"] = False
        for word, module in cls.modules.items():
            for key, kind in kinds_of(module.NUMBERS).items():
                told = f"Of {cls._called(word)}: {meaning_of(module.NUMBERS, key)}"
                _join(table["properties"], key, kind.described(), told)
        return made


def _join(properties: dict[str, Any], key: str, described: dict[str, Any], told: str) -> None:
    """Adds a key to those of a JSON schema; one that is there already may be of either kind."""
    known = properties.get(key)
    if known is None:
        properties[key] = {**described, "description": told}
        return
    known["description"] += f" {told}"
    plain = {name: part for name, part in known.items() if name != "description"}
    ways = plain.get("anyOf", [plain])
    if described not in ways and described != plain:
        properties[key] = {"anyOf": [*ways, described], "description": known["description"]}


def _together(error: ValidationError, faults: Faults) -> ValidationError:
    """What pydantic found in a table and what was found before, as one error."""
    found = [
        InitErrorDetails(
            type=faulty(*one["ctx"]["faults"]) if one["type"] == "rvd" else one["type"],
            loc=one["loc"],
            input=one["input"],
            ctx=one.get("ctx", {}),
        )
        for one in error.errors(include_url=False)
    ]
    found += [InitErrorDetails(type=faulty(fault), input=None) for fault in faults]
    return ValidationError.from_exception_data(error.title, found)

"""Parts: pieces of a case that a case takes with `use`: a station, a vehicle, an interface, or one of a user's own.

A part is a file with tables of a case: bodies, sensors, gains, rules, and what is dispersed of them. `use` stands in a
table that the part has, `chaser = { use = "htv" }`, and all the tables of the part come with it. A part may use others.
The keys of who uses win over those used, key by key in tables. What is one value is taken whole: a list, a place, an
attitude, a line of `[disperse]`. What stands in `without` is taken away from the parts, and not from who uses them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from rvd.case.legs import FRAMES
from rvd.case.schema import SCHEMA
from rvd.case.values import brief, did_you_mean
from rvd.errors import CaseError
from rvd.names import why_no_file, why_outside

from .keys import Place, Spot, spots_of
from .shipped import shelf
from .toml import parsed, text_of

HEAD = ("schema", "title", "source")
"""Keys that a part has for itself."""

USED = ("target", "chaser", "goal")
"""Tables that parts are mostly used in."""

NO_PART = ("place", "mode", "disperse")
"""Tables whose keys are names that the user gives."""

AXES, ANGLES = ("vbar", "rbar", "hbar"), ("yaw", "pitch", "roll")

FILES: tuple[Place, ...] = (
    ("chaser", "thrusters"),
    ("campaign", "draws"),
    ("disperse", "*", "covariance"),
)
"""Keys that name a file, from the folder of the file they stand in; `*` is any key."""


class Source(NamedTuple):
    """A file that a case was made of: the case's own, or that of a part."""

    path: Path
    text: str
    raw: dict[str, Any]
    spots: dict[Place, Spot]


def part_files() -> dict[str, Path]:
    """The parts that ship with `rvd`, by their names."""
    return {path.stem: path for path in sorted((shelf() / "parts").glob("*.toml"))}


def read_source(path: Path) -> Source:
    """A file as it stands. Raises CaseError where it cannot be read, and for what is not TOML."""
    text = text_of(path)
    return Source(path, text, parsed(path, text), spots_of(path, text))


def joined(source: Source) -> tuple[Source, tuple[Path, ...]]:
    """A case's file with the parts that it uses, and the files of these. Raises CaseError."""
    for key in USED:
        if isinstance(source.raw.get(key), str):
            what = f"{brief(source.raw[key])} stands where a table belongs"
            raise _error(source, (key,), what, f"write {key} = {{ use = {brief(source.raw[key])} }}")
    read: dict[Path, Source] = {}
    whole = _with_parts(source, (source.path,), read)
    return whole, tuple(read)


# ---- what is used


def _with_parts(source: Source, chain: tuple[Path, ...], read: dict[Path, Source]) -> Source:
    """A file under which all that it uses is laid, the first named undermost; `read` holds the parts so far."""
    _check_without(source)
    base = source._replace(raw={}, spots={})
    for place, name in list(_uses(source)):
        path = _found(source, place, name)
        if path.resolve() in [one.resolve() for one in chain]:
            way = " uses ".join(f'"{one.name}"' for one in (*chain, path))
            raise _error(source, place, f"a part uses itself: {way}", "take one of these lines away")
        if path not in read:
            part = _with_parts(_own(read_source(path), chain[0].parent), (*chain, path), read)
            read[path] = part
        _check_table(source, place, name, read[path])
        base = _laid(base, read[path])
    own = {key: value for key, value in _unused(source.raw).items() if key != "without"}
    return _laid(_without(source, base), source._replace(raw=own))


def _uses(source: Source) -> Iterator[tuple[Place, Any]]:
    """The places of all `use` in tables, and the names there. Raises CaseError for one where no part can stand."""
    for place, name in _uses_in(source.raw, ()):
        if place[0] in NO_PART:
            remedy = 'write use in [target], [chaser] or another table of the part; no name may be "use"'
            raise _error(source, place, f"[{place[0]}] uses no part", remedy)
        for one in name if isinstance(name, list) else [name]:
            yield place, one


def _uses_in(value: Mapping[str, Any], place: Place) -> Iterator[tuple[Place, Any]]:
    for key, inner in value.items():
        if key == "use":
            yield (*place, "use"), inner
        elif isinstance(inner, Mapping):
            yield from _uses_in(inner, (*place, key))


def _unused(value: Mapping[str, Any]) -> dict[str, Any]:
    """Tables without their `use`."""
    return {
        key: _unused(inner) if isinstance(inner, Mapping) else inner
        for key, inner in value.items()
        if key != "use"
    }


def _found(source: Source, place: Place, name: Any) -> Path:
    """The file of a part: NAME of those that ship with `rvd`, or a path that ends in .toml from the user's folder."""
    known = part_files()
    if not isinstance(name, str):
        remedy = 'write use = "NAME" (rvd parts lists them), or the path of a file of your own'
        raise _error(source, place, f"{brief(name)} names no part", remedy)
    if not name.endswith(".toml"):
        if name in known:
            return known[name]
        remedy = did_you_mean(name, tuple(known))
        raise _error(
            source, place, f'there is no part "{brief(name)[1:-1]}"', f"{remedy}; own parts end in .toml"
        )
    path = source.path.parent / name
    why = why_outside(name) or why_no_file(path) or ("" if path.is_file() else "does not exist")
    if why:
        remedy = f"the path is taken from the folder of {source.path.name}"
        raise _error(source, place, f'the part "{brief(name)[1:-1]}" {why}', remedy)
    return path


def _check_table(source: Source, place: Place, name: Any, part: Source) -> None:
    """Refuses a part that has nothing of the table in which it is used."""
    here: Any = part.raw
    for key in place[:-1]:
        here = here.get(key) if isinstance(here, Mapping) else None
    if not isinstance(here, Mapping):
        table = ".".join(str(key) for key in place[:-1])
        has = ", ".join(f"[{key}]" for key, value in part.raw.items() if isinstance(value, Mapping))
        raise _error(source, place, f'the part "{name}" has no [{table}]', f"it has {has or 'no table'}")


def _own(part: Source, folder: Path) -> Source:
    """A part without its head, the files that it names told from the folder of the case."""
    refuse_others(part)
    raw = {key: value for key, value in part.raw.items() if key not in HEAD}
    for place in FILES:
        raw = _moved(raw, place, part.path.parent, folder)
    return part._replace(raw=raw)


def refuse_others(source: Source) -> None:
    """Another schema has keys that are unknown here: says so, rather than list them. Raises CaseError."""
    number = source.raw.get("schema")
    if not isinstance(number, int) or isinstance(number, bool) or number == SCHEMA:
        return
    what = f"the file is written in schema {number}, this rvd reads schema {SCHEMA}"
    remedy = (
        "install a later rvd"
        if number > SCHEMA
        else f"write schema = {SCHEMA}, and what rvd check asks for then"
    )
    raise _error(source, ("schema",), what, remedy)


def _moved(raw: Any, place: Place, here: Path, folder: Path) -> Any:
    """Tables in which the file named at a place is told from another folder, by its whole path if it lies outside."""
    if not place:
        return _told(here / raw, folder) if isinstance(raw, str) else raw
    if not isinstance(raw, Mapping):
        return raw
    first, rest = place[0], place[1:]
    return {
        key: _moved(value, rest, here, folder) if first in ("*", key) else value for key, value in raw.items()
    }


def _told(file: Path, folder: Path) -> str:
    """A file's path from a folder, or the whole of it."""
    whole, base = file.absolute(), folder.absolute()
    return whole.relative_to(base).as_posix() if whole.is_relative_to(base) else str(whole)


# ---- one over the other


def _laid(under: Source, over: Source) -> Source:
    """Both files as one; the one above wins."""
    raw = _merged(under.raw, over.raw, ())
    return over._replace(raw=raw, spots={**under.spots, **over.spots})


def _merged(under: Mapping[str, Any], over: Mapping[str, Any], place: Place) -> dict[str, Any]:
    both = dict(under)
    for key, value in over.items():
        beneath = both.get(key)
        if isinstance(beneath, Mapping) and isinstance(value, Mapping) and not _whole(value, place):
            both[key] = _merged(beneath, value, (*place, key))
        else:
            both[key] = value
    return both


def _whole(table: Mapping[str, Any], place: Place) -> bool:
    """Whether a table is one value: a line of `[disperse]`, a place, a velocity, an attitude."""
    if place in (("disperse",), ("place",)):
        return True
    words = (*FRAMES.values(), ANGLES)
    return bool(table) and any(set(table) <= set(those) for those in words)


# ---- what is taken away


def _check_without(source: Source) -> None:
    """Refuses a `without` in a table: at the end of a file it belongs to the last one. Raises CaseError."""
    for place, _ in leaves((), source.raw):
        if place[-1] == "without" and len(place) > 1:
            where = ".".join(str(key) for key in place[:-1] if isinstance(key, str))
            what = f"without stands in [{where}], and means the whole case"
            raise _error(source, place, what, "write it at the top of the file, above the first table")


def leaves(place: Place, value: Any) -> Iterator[tuple[Place, Any]]:
    """The values in nested tables, with their places; a list of tables is a table by numbers."""
    if isinstance(value, Mapping):
        inside: Any = value.items()
    elif isinstance(value, list) and value and all(isinstance(one, Mapping) for one in value):
        inside = enumerate(value)
    else:
        yield place, value
        return
    for key, one in inside:
        yield from leaves((*place, key), one)


def _without(source: Source, base: Source) -> Source:
    """What a file uses, without the places that its `without` lists, and without what is dispersed in these."""
    listed = source.raw.get("without", [])
    raw = dict(base.raw)
    for k, word in enumerate(listed if isinstance(listed, list) else [listed]):
        place = ("without", k)
        if not isinstance(word, str):
            raise _error(source, place, f"{brief(word)} is no place of a case", 'write "sensors.laser"')
        if not _gone(raw, word):
            what = f"the parts have no {brief(word)} to take away"
            raise _error(source, place, what, "remove it, or correct it")
    return base._replace(raw=raw)


def _gone(raw: dict[str, Any], word: str) -> bool:
    """Takes a dotted place away; False where there is none."""
    lines = raw.get("disperse", {})
    if isinstance(lines, Mapping):
        bare = word.removeprefix("disperse.")
        drawn = [key for key in lines if key == bare or key.startswith(f"{bare}.")]
        raw["disperse"] = {key: value for key, value in lines.items() if key not in drawn}
        if word.startswith("disperse."):
            return bool(drawn)
    *tables, last = word.split(".")
    here = raw
    for key in tables:
        inner = here.get(key)
        if not isinstance(inner, Mapping):
            return False
        here[key] = dict(inner)  # the file's own tables stay as they were read
        here = here[key]
    return here.pop(last, None) is not None


def _error(source: Source, place: Place, what: str, remedy: str) -> CaseError:
    spot = source.spots.get(place) or source.spots.get(place[:-1]) or Spot(source.path, 0)
    return CaseError(spot.file, spot.line, ".".join(str(key) for key in place), what, remedy)

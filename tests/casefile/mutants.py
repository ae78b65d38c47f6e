"""Case files with accidents: what fingers, editors, disks and other people's scripts do to a text that was right."""

import itertools
import random
import re
from pathlib import Path

from rvd.assembly.build import build
from rvd.assembly.remarks import remarks
from rvd.casefile import load, say
from rvd.errors import CaseError

JUNK = [
    "",
    "0",
    "-1",
    "1e400",
    "nan",
    "true",
    '""',
    '"x"',
    "[]",
    "{}",
    '"3 parsnip"',
    '"-5 m"',
    '"9**9**9 m"',
    "[[[1]]]",
    "1979-05-27",
    '["1 m"]',
    "{ normal = 1 }",
    "99999999999999999999999",
    '"1 %"',
    '{ x = { y = "1 m" } }',
]

NUMBERS = ["0", "-3", "1e9", "1e-300", "1e308", "7", "-1e308", "1e30", "0.5", "nan", "inf", "-inf", "1e400"]
UNITS = [
    "m",
    "km",
    "s",
    "h",
    "kg",
    "deg",
    "rad",
    "m/s",
    "mm/s",
    "%",
    "Hz",
    "N",
    "m^2",
    "deg/s",
    "",
    "furlong",
]

NUMBER = re.compile(r"(?<![\w.])-?\d[\d.]*(?:e-?\d+)?")
HEAD = re.compile(r"(?m)^\[")


def mutant(text: str, chance: random.Random) -> bytes:
    """The file of a text after one to three accidents."""
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        text = chance.choice(ACCIDENTS)(text, chance)
    file = text.encode("utf-8", "surrogatepass")
    return chance.choice(BREAKS)(file, chance) if chance.random() < 0.03 else file


# ---- a line


def _line(change):
    """An accident to one line as an accident to a text."""

    def accident(text: str, chance: random.Random) -> str:
        lines = text.split("\n")
        change(lines, chance.randrange(len(lines)), chance)
        return "\n".join(lines)

    return accident


def gone(lines, k, chance):
    """A line is not there."""
    del lines[k]


def again(lines, k, chance):
    """A line stands once more, somewhere."""
    lines.insert(chance.randrange(len(lines)), lines[k])


def other_value(lines, k, chance):
    """Another value altogether."""
    if "=" in lines[k]:
        lines[k] = lines[k].split("=")[0] + "= " + chance.choice(JUNK)


def letter_gone(lines, k, chance):
    """A letter is not there."""
    if lines[k]:
        at = chance.randrange(len(lines[k]))
        lines[k] = lines[k][:at] + lines[k][at + 1 :]


def letter_more(lines, k, chance):
    """A letter more."""
    at = chance.randrange(len(lines[k]) + 1)
    lines[k] = lines[k][:at] + chance.choice("[]{}\"'=.,#-\\\x00é\t9eE%\ufeff") + lines[k][at:]


def other_place(lines, k, chance):
    """Two lines in each other's place."""
    j = chance.randrange(len(lines))
    lines[k], lines[j] = lines[j], lines[k]


# ---- a value


def number(text, chance):
    """A number made extreme, or none."""
    return _replaced(text, NUMBER, lambda word: chance.choice(NUMBERS), chance)


def sign(text, chance):
    """A number with the other sign."""
    return _replaced(text, NUMBER, lambda word: word[1:] if word[0] == "-" else f"-{word}", chance)


def slip(text, chance):
    """A number somewhat wrong."""
    return _replaced(
        text, NUMBER, lambda word: _times(word, chance.choice([0.1, 0.5, 0.9, 1.5, 3, 20])), chance
    )


def _times(word, factor):
    try:
        return f"{float(word) * factor:.6g}"
    except ValueError:  # a date, a version
        return word


def scale(text, chance):
    """A number wrong by powers of ten."""
    return _replaced(text, NUMBER, lambda word: f"{word.partition('e')[0]}e{chance.randint(-9, 9)}", chance)


def unit(text, chance):
    """A number with another unit."""
    return _replaced(
        text,
        re.compile(r'(?<=\d )[A-Za-z%][^"\s]*(?=")'),
        lambda word: chance.choice(UNITS),
        chance,
    )


def word(text, chance):
    """A text from elsewhere in the file."""
    pattern = re.compile(r'"[^"\n]*"')
    others = pattern.findall(text)
    return _replaced(text, pattern, lambda _: chance.choice(others), chance)


def key(text, chance):
    """A key from elsewhere in the file."""
    pattern = re.compile(r"\b[a-z_]+(?= =)")
    others = pattern.findall(text)
    return _replaced(text, pattern, lambda _: chance.choice(others), chance)


def _replaced(text, pattern, other, chance):
    found = list(pattern.finditer(text))
    if not found:
        return text
    one = chance.choice(found)
    return text[: one.start()] + other(one.group()) + text[one.end() :]


# ---- a table


def _tables(text):
    starts = [0, *(found.start() for found in HEAD.finditer(text)), len(text)]
    return [text[a:b] for a, b in itertools.pairwise(starts)]


def table_gone(text, chance):
    """A table is not there."""
    tables = _tables(text)
    del tables[chance.randrange(len(tables))]
    return "".join(tables)


def table_again(text, chance):
    """A table stands twice."""
    tables = _tables(text)
    k = chance.randrange(len(tables))
    return "".join([*tables[:k], tables[k], *tables[k:]])


def table_renamed(text, chance):
    """A table under the head of another."""
    heads = re.compile(r"(?m)^\[.*\]$")
    others = heads.findall(text)
    return _replaced(text, heads, lambda _: chance.choice(others), chance) if others else text


def shuffled(text, chance):
    """The legs in another order, and whatever tables stand between them."""
    tables = _tables(text)
    legs = [k for k, table in enumerate(tables) if table.startswith("[[leg]]")]
    order = chance.sample(legs, len(legs))
    moved = [tables[order[legs.index(k)]] if k in legs else table for k, table in enumerate(tables)]
    return "".join(moved)


# ---- a file


def cut(file, chance):
    """The end is missing."""
    return file[: chance.randrange(len(file) + 1)]


def bytes_changed(file, chance):
    """Some bytes are others."""
    broken = bytearray(file)
    for _ in range(chance.randint(1, 4)):
        if broken:
            broken[chance.randrange(len(broken))] = chance.randrange(256)
    return bytes(broken)


def other_encoding(file, chance):
    """Saved in another encoding."""
    text = file.decode("utf-8", "replace")
    return text.encode(chance.choice(["utf-16", "utf-32", "latin-1", "cp1252"]), "replace")


ACCIDENTS = [
    *(_line(change) for change in (gone, again, other_value, letter_gone, letter_more, other_place)),
    *[number, sign, scale, slip] * 2,
    unit,
    word,
    key,
    table_gone,
    table_again,
    table_renamed,
    shuffled,
]
BREAKS = [cut, bytes_changed, other_encoding]


# ---- a case and its parts


def mutated_files(number: int, seed: int, cases: Path) -> dict[str, bytes]:
    """The berthing case and its parts as files of one folder, with accidents to one or two of them."""
    chance = random.Random(f"{seed} {number}")
    parts = ("iss.toml", "htv.toml", "arm-box.toml")
    texts = {name: (cases / "parts" / name).read_text(encoding="utf-8") for name in parts}
    case = (cases / "htv_berthing.toml").read_text(encoding="utf-8")
    texts["case.toml"] = re.sub(r'use = "([\w-]+)"', r'use = "\1.toml"', case)
    victims = chance.sample(sorted(texts), chance.choice([1, 1, 2]))
    files = {name: text.encode() for name, text in texts.items()}
    return files | {name: mutant(texts[name], chance) for name in victims}


def read_or_refused(number: int, seed: int, cases: Path, folder: Path) -> bool:
    """Reads a case with accidents, says it back and makes it ready to fly; whether it could be read.

    Raises AssertionError where a refusal is no sentence, and whatever else is raised of what is not refused.
    """
    for name, content in mutated_files(number, seed, cases).items():
        (folder / name).write_bytes(content)
    (folder / "htv_rcs.csv").write_bytes((cases / "parts" / "htv_rcs.csv").read_bytes())
    try:
        case = load(folder / "case.toml")
        build(case)
        assert case.title in say(case)
        remarks(case)
    except CaseError as error:
        for one in (error, *getattr(error, "others", ())):
            assert one.what and "\n" not in one.what and one.file, f"number {number}: {one!r}"
        return False
    return True

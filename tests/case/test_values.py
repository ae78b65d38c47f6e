import math
from datetime import date, datetime, timedelta, timezone

import numpy as np
import pytest

from rvd.case.lists import Mixed, Pair, Several, Vector
from rvd.case.values import Quantity, brief, did_you_mean
from rvd.case.words import Direction, Instant, Whole, Word
from rvd.core.orbit.utc import Utc
from rvd.errors import CaseError

LENGTH, SPEED = Quantity("m"), Quantity("m/s")
KINDS_OF_NOZZLE = ("rcs", "main")
KINDS = [
    (Quantity("m", "km", above=0.0), "3 km", 3000.0),
    (Quantity("", least=0.0, most=1.0), "2 %", 0.02),
    (Quantity(""), 3, 3.0),
    (Vector(LENGTH), ["1 m", "2 m", "3 m"], (1.0, 2.0, 3.0)),
    (Vector(LENGTH, ("a", "b")), ("1 m", "2 m"), (1.0, 2.0)),
    (Several(Word(), 1, 3), ["A", "B"], ("A", "B")),
    (Pair(SPEED), "2 m/s", (2.0, 2.0)),
    (Pair(SPEED), ["2 m/s", "1 m/s"], (2.0, 1.0)),
    (Mixed((LENGTH, SPEED), ("r", "v")), ["1 m", "2 m/s"], (1.0, 2.0)),
    (Direction(), "up", (0.0, 0.0, -1.0)),
    (Direction(), [0, 3, 4], (0.0, 0.6, 0.8)),
    (Word(("a", "b")), "b", "b"),
    (Word(empty=True), "", ""),
    (Whole(1, 10), 7, 7),
    (Whole(1, 10, "Hz"), "5 Hz", 5.0),
    (Instant(), "2013-08-09T07:57:00Z", Utc(2013, 8, 9, 7, 57)),
    (Instant(), "2013-08-09T09:57:00+02:00", Utc(2013, 8, 9, 7, 57)),
    (Instant(), datetime(2013, 8, 9, 9, 57, tzinfo=timezone(timedelta(hours=2))), Utc(2013, 8, 9, 7, 57)),
    (Instant(), np.datetime64("2013-08-09T07:57:00.25"), Utc(2013, 8, 9, 7, 57, 0, 250_000_000)),
    (Instant(), "2013-08-09T07,5Z", Utc(2013, 8, 9, 7, 30)),
    (Instant(), "2013-08-09T07:57.5Z", Utc(2013, 8, 9, 7, 57, 30)),
    (Instant(), "2016-12-31T23:59:60.75Z", Utc(2016, 12, 31, 23, 59, 60, 750_000_000)),
    (Instant(), "1969-07-16T13:32:00Z", Utc(1969, 7, 16, 13, 32)),
]


@pytest.mark.parametrize(
    ("kind", "given", "said"),
    [
        (Word(most=200), "x" * 20_000, "a text of 20,000 characters; write at most 200"),
        (Word(), "x" * 1001, "a text of 1,001 characters"),
        (Word(), "a\nb", "holds a line break"),
        (Word(), "a\u2028b", "holds a line break"),
        (Word(), "\x1b[31mred", "holds a control character (U+001B)"),
        (Word(), "\x9b31m", "holds a control character (U+009B)"),
        (Word(), "\0", "holds a control character (U+0000)"),
        (Word(lines=True), "a\nb\rc", "holds a line break"),
        (Word(KINDS_OF_NOZZLE), "y" * 20_000, "is not a word known here"),
    ],
)
def test_a_text_that_cannot_be_shown_is_refused_in_a_short_sentence(kind, given, said):
    with pytest.raises(CaseError) as caught:
        kind.read(given, si=False)
    assert said in str(caught.value) and len(str(caught.value)) < 200 and str(caught.value).isprintable()


@pytest.mark.parametrize(
    "text", ["$5 and $6", "a_b^c $x_{$", "é 東京 😀 \u202e", "x" * 999, "<b>&amp;</b>", "{0} %s"]
)
def test_any_other_text_is_taken(text):
    assert Word().read(text, si=False) == text
    assert Word(lines=True).read(f"{text[:-1]}\n\t", si=False)


@pytest.mark.parametrize(("kind", "given", "value"), KINDS)
def test_a_value_is_read_and_what_is_written_reads_as_the_same(kind, given, value):
    assert kind.read(given, si=False) == value
    assert kind.read(kind.written(value), si=False) == value
    assert kind.read(value, si=True) == value
    assert kind.words and kind.shown and kind.described()


@pytest.mark.parametrize(
    ("kind", "given", "sentence"),
    [
        (LENGTH, 3.0, '3.0 has no unit; write "3.0 m".'),
        (LENGTH, {}, 'a table stands where a quantity belongs; write "1 m".'),
        (LENGTH, None, 'nothing stands where a quantity belongs; write "1 m".'),
        (Quantity("kg", above=0.0), "0 kg", 'must be positive, not "0 kg"; write more.'),
        (Quantity("kg", above=0.0), "-3 kg", 'must be positive, not "-3 kg"; write "3 kg".'),
        (Quantity("kg", least=0.0), "-3 kg", 'must not be negative, not "-3 kg"; write "3 kg".'),
        (Quantity("m", "km", least=1e5), "3 km", 'must be at least 100000 m, not "3 km"; write more.'),
        (Quantity("", most=1.0), 99.73, "must be at most 1, not 99.73; write less."),
        (
            Quantity(""),
            math.nan,
            "nan is not a finite number; write a number such as 1, or leave the key out.",
        ),
        (
            Quantity(""),
            10**400,
            "inf is not a finite number; write a number such as 1, or leave the key out.",
        ),
        (
            Vector(LENGTH),
            "1 m",
            'a list of 3 belongs here (forward, starboard, down), not "1 m"; write ["1 m", "1 m", "1 m"].',
        ),
        (
            Vector(LENGTH),
            ["1 m", "1 s", "1 m"],
            'starboard: "s" is a time where a length belongs; write "1 m".',
        ),
        (
            Several(LENGTH, 1, 2),
            [],
            "a list of 1 to 2 belongs here, not a list of 0; write it as [ ..., ... ].",
        ),
        (
            Pair(SPEED),
            ["1 m/s"],
            'a list of 2 belongs here (begin, end), not a list of 1; write ["1 m/s", "1 m/s"].',
        ),
        (
            Mixed((LENGTH, SPEED), ("r", "v")),
            "1 m",
            'a list of r and v belongs here; write ["1 m", "1 m/s"].',
        ),
        (
            Mixed((LENGTH, SPEED), ("r", "v")),
            ["1 m", "1 m"],
            'v: "m" is a length where a speed belongs; write "1 m/s".',
        ),
        (Direction(), "upp", '"upp" is no direction; did you mean "up"?'),
        (
            Direction(),
            [0, 0, 0],
            "a direction is not zero; write one of forward, aft, starboard, port, down, up.",
        ),
        (Direction(), 3, "3 is no direction; write one of forward, aft, starboard, port, down, up."),
        (Word(), " ", '" " stands where a text belongs; write it in quotes, as "...".'),
        (Word(), 3, '3 stands where a text belongs; write it in quotes, as "...".'),
        (Word(("rcs", "main"), "a kind"), "man", '"man" is not a kind; did you mean "main"? (rcs, main).'),
        (Whole(1, 10), 11, "must be 1 to 10, not 11; write a whole number within."),
        (Whole(1, 10), True, "true stands where a whole number belongs; write 1."),
        (Whole(1, 10), 1.5, "1.5 stands where a whole number belongs; write 1."),
        (Whole(1, 10, "Hz"), "11 Hz", 'must be a whole number from 1 to 10 Hz, not "11 Hz"; write "10 Hz".'),
        (Instant(), "yesterday", '"yesterday" is no instant; write "2026-03-01T12:00:00Z".'),
        (
            Instant(),
            date(2013, 8, 9),
            '2013-08-09 stands where an instant belongs; write "2026-03-01T12:00:00Z".',
        ),
        (
            Instant(),
            "2013-08-09T07:57:00",
            'an instant without a zone may be off by hours; write "2013-08-09T07:57:00Z".',
        ),
        (
            Instant(),
            "0001-01-01T00:00:00+14:00",
            '"0001-01-01T00:00:00+14:00" is too far away; write "2026-03-01T12:00:00Z".',
        ),
        (
            Instant(),
            datetime(2013, 8, 9, 7, 57),
            'an instant without a zone may be off by hours; write "2013-08-09T07:57:00Z".',
        ),
        (
            Instant(),
            "2013-08-09",
            'an instant without a zone may be off by hours; write "2013-08-09T00:00:00Z".',
        ),
        (
            Instant(),
            "2015-12-31T23:59:60Z",
            '"2015-12-31T23:59:60Z": there was no leap second then; write a second from 0 to 59.',
        ),
        (
            Instant(),
            "1066-10-14T09:00:00Z",
            'the year 1066 is not one of space flight; write "2013-08-09T07:57:00Z".',
        ),
    ],
)
def test_what_is_no_value_is_refused_in_one_sentence(kind, given, sentence):
    with pytest.raises(CaseError) as caught:
        kind.read(given, si=False)
    assert str(caught.value) == sentence


def test_a_remedy_names_the_nearest_word_or_all():
    assert did_you_mean("glidepath", ("hold", "glideslope")) == 'did you mean "glideslope"?'
    assert did_you_mean("xyz", ("hold", "glideslope")) == "write one of hold, glideslope"


def test_a_value_in_a_sentence_is_short_and_printable():
    assert brief(True) == "true" and brief({}) == "a table" and brief([{}]) == "a list of tables"
    assert brief("a\nb\x00") == '"a?b?"' and len(brief("x" * 1000)) == 40

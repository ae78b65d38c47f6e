import random
import time
from pathlib import Path

import pytest

from rvd.casefile import load, say
from rvd.casefile.faults import ManyFaultsError
from rvd.core.orbit.utc import read_utc
from rvd.errors import CaseError
from tests.casefile.mutants import mutant
from tests.casefile.small import HTV, SMALL, edited, line_with, save

MUTANTS = 500


def refusal(folder, text) -> CaseError:
    """The CaseError of a case's text."""
    with pytest.raises(CaseError) as caught:
        load(save(folder, text))
    assert caught.value.file == str(folder / "small.toml")
    assert caught.value.exit_code == 2
    return caught.value


def test_the_berthing_case_loads_in_si():
    case = load(HTV)
    assert case.start.vbar == -5000.0 and case.target.altitude == 410e3
    assert case.leg[0].law == "hold" and case.leg[-2].law == "drift"
    assert case.path == HTV and case.folder == HTV.parent
    assert case.text == HTV.read_text()
    assert {entry.path for entry in case.disperse} >= {"start", "knowledge", "chaser.thrusters.force"}


# What a user gets wrong, what the sentence says: the key, what is wrong, what to write.
MISTAKES = [
    ('mass = "15500 kg"', 'mas = "15500 kg"', "chaser.mas", "the key is not known", 'did you mean "mass"?'),
    ("[monitors]", "[monitor]", "monitor", "the key is not known", 'did you mean "monitors"?'),
    (
        "runs = 200",
        "runs = 200\njobs = 3",
        "campaign.jobs",
        "the key is not known",
        "the keys are runs, seed, sampling, draws",
    ),
    ('altitude = "410 km"', "altitude = 410", "target.altitude", "410 has no unit", 'write "410 km"'),
    ('altitude = "410 km"', 'altitude = "410"', "target.altitude", "410 has no unit", 'write "410 km"'),
    (
        'altitude = "410 km"',
        'altitude = "410 kg"',
        "target.altitude",
        '"kg" is a mass where a length belongs',
        'write "410 km"',
    ),
    (
        'altitude = "410 km"',
        "altitude = nan",
        "target.altitude",
        "nan is not a finite number",
        'write a number such as "1 km", or leave the key out',
    ),
    (
        'altitude = "410 km"',
        'altitude = "1e400 km"',
        "target.altitude",
        '"1e400 km" is not a finite number',
        'write a number such as "1 km", or leave the key out',
    ),
    (
        'mass = "15500 kg"',
        'mass = "-15500 kg"',
        "chaser.mass",
        'must be positive, not "-15500 kg"',
        'write "15500 kg"',
    ),
    ('mass = "15500 kg"', "", "chaser.mass", "the key is missing", 'write mass = "1 kg"'),
    (
        'law = "glideslope"',
        'law = "glidepath"',
        "leg.climb.law",
        '"glidepath" is not a law',
        'did you mean "glideslope"? (hold, two-impulse, straight, glideslope, drift, retreat, arc, coelliptic), '
        'or "my_laws.py:spiral" for one of your own',
    ),
    (
        'law = "glideslope"',
        'law = "teleport"',
        "leg.climb.law",
        '"teleport" is not a law',
        "write one of hold, two-impulse, straight, glideslope, drift, retreat, arc, coelliptic, "
        'or "my_laws.py:spiral" for one of your own',
    ),
    (
        'zone = "sphere"',
        'zone = "wide"',
        "leg.climb.zone",
        '"wide" is not a zone',
        "write one of outside, ellipsoid, sphere",
    ),
    (
        'rate = "2 Hz"',
        'rate = "2.5 Hz"',
        "leg.climb.rate",
        'must be a whole number from 1 to 10 Hz, not "2.5 Hz"',
        'write "2 Hz"',
    ),
    (
        "at_least = 0.9973",
        "at_leest = 0.9973",
        "require.0.at_leest",
        "the key is not known",
        'did you mean "at_least"?',
    ),
    (
        'what = "captured"',
        'what = "capture"',
        "require.0.what",
        '"capture" is neither an outcome nor a result of a run',
        'did you mean "captured"?',
    ),
    ('at_most = "300 kg"', "at_most = 300", "require.1.at_most", "300 has no unit", 'write "300 kg"'),
    (
        '"chaser.mass" =',
        '"chaser.mas" =',
        "disperse.chaser.mas",
        '"chaser.mas" is nothing that can be dispersed',
        'did you mean "chaser.mass"?',
    ),
    (
        '{ normal = "0.5 %" }',
        '{ norml = "0.5 %" }',
        "disperse.chaser.mass",
        '"norml" is no distribution',
        'did you mean "normal"?',
    ),
    (
        '"chaser.mass" =',
        "chaser.mass =",
        "disperse.chaser",
        "the key is not in quotes",
        'write "chaser.mass" = { ... }',
    ),
    (
        'facing = "down"',
        'facing = "dwon"',
        "target.points.facing",
        '"dwon" is no direction',
        'did you mean "down"?',
    ),
    (
        'axis = "rbar"',
        'axis = "z"',
        "rules.corridor.axis",
        '"z" is not an axis',
        "write one of vbar, rbar, hbar, -vbar, -rbar, -hbar",
    ),
    (
        'berthing = ["15 m", "0 m", "5 m"]',
        'berthing = ["15 m", "0 m"]',
        "target.points.berthing",
        "a list of 3 belongs here (forward, starboard, down), not a list of 2",
        'write ["1 m", "1 m", "1 m"]',
    ),
    (
        'berthing = ["15 m", "0 m", "5 m"]',
        'berthing = ["15 m", "0 m", 5]',
        "target.points.berthing",
        "down: 5 has no unit",
        'write "5 m"',
    ),
    (
        "epoch = 2013-08-09T07:57:00Z",
        "epoch = 2013-08-09T07:57:00",
        "epoch",
        "an instant without a zone may be off by hours",
        'write "2013-08-09T07:57:00Z"',
    ),
    (
        "schema = 2",
        "schema = 3",
        "schema",
        "the file is written in schema 3, this rvd reads schema 2",
        "install a later rvd",
    ),
    ("schema = 2", "", "schema", "the key is missing", "write schema = 2"),
    (
        'altitude = "410 km"',
        'altitude = "1e300 km"',
        "target.altitude",
        '"1e300 km" is beyond all measure',
        'write "1 km"',
    ),
    ('limit = "5 h"', 'limit = "5e5 h"', "limit", 'must be at most 5.184e+06 s, not "5e5 h"', "write less"),
    (
        'within = "3 km"',
        'within = "1e-9 m"',
        "disperse.target.altitude",
        "the bound leaves nothing of the normal",
        "write within as a share of sigma, or more",
    ),
    (
        'what = "propellant_used"',
        'what = "xyz"',
        "require.1.what",
        '"xyz" is neither an outcome nor a result of a run',
        "write one of captured, left_box, docked, missed, held, clear, contact, aborted, empty, unfinished, diverged, "
        "lost or 73 more",
    ),
    ("runs = 200", "runs = true", "campaign.runs", "true stands where a whole number belongs", "write 1"),
    (
        "runs = 200",
        "runs = 0",
        "campaign.runs",
        "must be 1 to 1000000000, not 0",
        "write a whole number within",
    ),
    ("[start]\n", "[[start]]\n", "start", "a list of tables stands where a table belongs", "write [start]"),
    (
        'thrusters = "nozzles.csv"',
        'thrusters = "nozzels.csv"',
        "chaser.thrusters",
        'the nozzle file "nozzels.csv" does not exist',
        None,
    ),
    (
        'thrusters = "nozzles.csv"',
        'thrusters = "."',
        "chaser.thrusters",
        'the nozzle file "." is a folder',
        None,
    ),
]


@pytest.mark.parametrize(("old", "new", "key", "what", "remedy"), MISTAKES)
def test_a_mistake_gets_one_sentence_with_its_line_key_and_remedy(tmp_path, old, new, key, what, remedy):
    text = edited(old, new)
    error = refusal(tmp_path, text)
    assert not isinstance(error, ManyFaultsError), "one mistake, one sentence"
    assert (error.key, error.what) == (key, what)
    assert remedy is None or error.remedy == remedy
    said = new.strip().splitlines()[-1] if new.strip() else "[chaser]"
    assert error.line == (line_with(said, text) if key != "schema" or new else 0)
    assert f"small.toml{f':{error.line}' if error.line else ''}: {key}: {what}; " in str(error)


def test_every_fault_of_a_file_is_said_at_once(tmp_path):
    text = edited('mass = "15500 kg"', 'mas = "15500 kg"')
    text = edited('altitude = "410 km"', "altitude = 410", text)
    text = edited('"chaser.mass" =', '"chaser.mas" =', text)
    text = edited("at_least = 0.9973", "at_leest = 0.9973", text)
    error = refusal(tmp_path, text)
    assert isinstance(error, ManyFaultsError)
    every = [error, *error.others]
    assert [one.key for one in every] == [
        "target.altitude", "chaser.mas", "disperse.chaser.mas", "require.0.at_leest",
    ]  # fmt: skip
    assert [one.line for one in every] == sorted(one.line for one in every)
    assert len(str(error).splitlines()) == 4 and error.key == "target.altitude"


def test_what_the_keys_are_to_one_another_is_said_at_once_too(tmp_path):
    text = edited('midcourse = "40 min"', 'midcourse = "64 min"')
    text = edited('speed = ["0.15 m/s", "0.06 m/s"]', 'speed = ["0.06 m/s", "0.15 m/s"]', text)
    error = refusal(tmp_path, text)
    assert [one.key for one in (error, *error.others)] == ["leg.transfer.midcourse", "leg.climb.speed"]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (edited('title = "small"', "title = small"), 2, "this is not TOML: invalid value"),
        (edited("[start]", "[start"), line_with("[start]"), "this is not TOML: expected ']'"),
        (
            edited("runs = 200", "runs = 200\nruns = 300"),
            line_with("runs = 200") + 1,
            "this is not TOML: cannot overwrite a value",
        ),
        (SMALL + 'x = "', len(SMALL.splitlines()) + 1, "this is not TOML"),
        ("x = " + "[" * 100_000, 0, "the lists are nested too deeply"),
        ("x = " + "9" * 10_000, 0, "this is not TOML"),
        (
            edited('title = "small"', 'title = "small\udce9"').encode("utf-8", "surrogateescape"),
            2,
            "the file is not UTF-8 text",
        ),
    ],
    ids=["value", "bracket", "twice", "open", "deep", "digits", "latin"],
)
def test_what_is_not_toml_gets_its_line(tmp_path, text, line, what):
    error = refusal(tmp_path, text)
    assert error.line == line and error.what.startswith(what) and error.remedy


def test_an_empty_file_says_what_is_missing(tmp_path):
    error = refusal(tmp_path, "")
    assert error.what == "the key is missing"
    assert {one.key for one in (error, *error.others)} >= {"schema", "title", "target", "leg", "goal"}


def test_a_file_that_is_not_there_is_said(tmp_path):
    path = save(tmp_path)
    with pytest.raises(CaseError, match=r"does not exist; did you mean .*small\.toml\?$"):
        load(tmp_path / "smal.toml")
    with pytest.raises(CaseError, match=r"this is a folder, not a case file; did you mean .*small\.toml\?$"):
        load(tmp_path)
    with pytest.raises(CaseError, match="cannot be read"):
        load(path / "within" / "a file.toml")
    with pytest.raises(CaseError, match="cannot be read"):
        load("a\0b.toml")


def test_a_byte_order_mark_is_no_fault(tmp_path):
    assert load(save(tmp_path, b"\xef\xbb\xbf" + SMALL.encode())).title == "small"


# ---- mutants


def test_a_mutated_case_loads_or_is_a_case_error(tmp_path):
    chance = random.Random(20130809)
    loaded, slowest = 0, 0.0
    for text in [SMALL, HTV.read_text().replace("parts/htv_rcs.csv", "nozzles.csv")]:
        for _ in range(MUTANTS // 2):
            changed = mutant(text, chance)
            began = time.process_time()
            try:
                case = load(save(tmp_path, changed))
            except CaseError as error:
                assert all(one.what and one.remedy for one in (error, *getattr(error, "others", ())))
                assert "\n" not in error.what and error.file
            else:
                loaded += 1
                assert case.title in say(case)
                assert load(save(tmp_path, case.written())).model_dump() == case.model_dump()
            slowest = max(slowest, time.process_time() - began)
    assert 20 < loaded < MUTANTS - 100, "the accidents are too harsh or too mild to test anything"
    assert slowest < 5.0


@pytest.mark.parametrize("bare", ["2016-12-31T23:59:60Z", "20130809T075700Z", "2013-08-09T07:57,5Z"])
def test_an_instant_that_toml_does_not_know_is_to_be_quoted(tmp_path, bare):
    text = edited("2013-08-09T07:57:00Z", bare)
    error = refusal(tmp_path, text)
    assert error.line == 3 and error.remedy == 'write the instant in quotes: epoch = "2013-08-09T07:57:00Z"'
    assert load(save(tmp_path, text.replace(bare, f'"{bare}"'))).epoch == read_utc(bare)


def test_a_pipe_or_a_device_is_no_case(tmp_path, piped):
    piped(tmp_path / "pipe.toml")
    for path in (tmp_path / "pipe.toml", Path("/dev/null")):
        with pytest.raises(CaseError, match=r"the case file cannot be read \(it is no file\)"):
            load(path)


@pytest.mark.parametrize("name", ["nozzles.csv", "draws.csv"])
def test_a_pipe_is_no_table(tmp_path, piped, name):
    piped(tmp_path / "pipe.csv")
    text = SMALL.replace("nozzles.csv", "pipe.csv")
    if name == "draws.csv":
        text = SMALL.replace("[campaign]\n", '[campaign]\ndraws = "pipe.csv"\n')
    assert '"pipe.csv" is no file' in str(refusal(tmp_path, text))

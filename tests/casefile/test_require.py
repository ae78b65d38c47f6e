import pytest

from rvd.assembly.flyer import TALLY
from rvd.case.requirement import ENDED, EXISTS, OUTCOMES, PASSIVE, REMARKS, Condition, Requirement
from rvd.case.results import QUANTITIES, RULE_MARGINS
from rvd.casefile.require import Known, read_require
from rvd.core.goals.goals import GoalKind
from rvd.core.safety.passive import PassiveSafety
from rvd.core.signals import Outcome
from rvd.errors import CaseError

LEGS = ["wait", "climb"]
KNOWN = Known(LEGS, {"plume_margin": "m"})


def test_outcomes_are_those_of_a_flight():
    assert list(OUTCOMES) == [outcome.name.lower() for outcome in Outcome if outcome is not Outcome.FLYING]


def test_columns_are_numbers_that_a_flight_or_its_drifts_give():
    of_goals = {name for goal in GoalKind for name in goal.module.COLUMNS}
    assert set(QUANTITIES) <= {"propellant_used", *TALLY, *of_goals, *RULE_MARGINS, *PassiveSafety._fields}
    assert set(PASSIVE) == set(PassiveSafety._fields)


@pytest.mark.parametrize(
    ("table", "read"),
    [
        ({"what": "captured", "at_least": 0.9973}, Requirement("captured", 0.9973, None, None, 0.9)),
        (
            {"what": "captured", "at_least": "99.73 %", "confidence": "95 %"},
            Requirement("captured", 0.9973, None, None, 0.95),
        ),
        ({"what": "contact", "at_most": 0.001}, Requirement("contact", None, 0.001, None, 0.9)),
        ({"what": "contact", "at_most": 0}, Requirement("contact", None, 0.0, None, 0.9)),
        (
            {"what": "propellant_used", "at_most": "300 kg", "share": 0.99},
            Requirement("propellant_used", None, 300.0, 0.99, 0.9, unit="kg"),
        ),
        (
            {"what": "entered.climb", "at_least": "1 h", "at_most": "2 h", "share": 1},
            Requirement("entered.climb", 3600.0, 7200.0, 1.0, 0.9, unit="s"),
        ),
        (
            {"what": ["captured", {"what": "release_speed", "at_most": "6 mm/s"}], "at_least": 0.99},
            Requirement(
                "",
                0.99,
                None,
                None,
                0.9,
                (Condition("captured"), Condition("release_speed", None, 0.006, "m/s")),
            ),
        ),
    ],
)
def test_a_requirement_becomes_plain_si(table, read):
    assert read_require(table, KNOWN) == read


@pytest.mark.parametrize(
    ("table", "key", "what"),
    [
        ("captured", "", "stands where a requirement belongs"),
        ({}, "what", "is missing"),
        ({"what": 3, "at_least": 0.9}, "what", "is no result of a run"),
        ({"what": "captrued", "at_least": 0.9}, "what", 'did you mean "captured"?'),
        ({"what": "entered.clim", "at_most": "1 h", "share": 0.9}, "what", 'did you mean "entered.climb"?'),
        ({"what": "captured"}, "at_least", "needs one share"),
        ({"what": "captured", "at_least": 0.9, "at_most": 1.0}, "at_least", "needs one share"),
        ({"what": "captured", "at_least": 99.73}, "at_least", "must be at most 1, not 99.73"),
        ({"what": "captured", "at_least": 0}, "at_least", "is no requirement"),
        ({"what": "contact", "at_most": 1}, "at_most", "is no requirement"),
        ({"what": "captured", "at_least": 0.9, "share": 0.9}, "share", "is an outcome"),
        ({"what": "captured", "at_least": 0.9, "confidence": 0}, "confidence", "lies between 0 and 1"),
        ({"what": "captured", "at_least": 0.9, "confidence": 90}, "confidence", "must be at most 1"),
        (
            {"what": "captured", "at_least": 0.9, "confidense": 0.9},
            "confidense",
            'did you mean "confidence"?',
        ),
        ({"what": "propellant_used", "at_most": 300, "share": 0.9}, "at_most", 'write "300 kg"'),
        (
            {"what": "propellant_used", "at_most": "300 m", "share": 0.9},
            "at_most",
            "a length where a mass belongs",
        ),
        ({"what": "propellant_used", "at_most": "300 kg"}, "share", "needs a share of runs"),
        ({"what": "propellant_used", "share": 0.9}, "at_most", "has no limit"),
        (
            {"what": "propellant_used", "at_least": "2 kg", "at_most": "1 kg", "share": 0.9},
            "at_least",
            "is more than at_most",
        ),
        ({"what": "propellant_used", "at_most": "300 kg", "share": 0}, "share", "is no requirement"),
        ({"what": []}, "what", "the list of conditions is empty"),
        ({"what": ["captured"]}, "at_least", "need a share of runs"),
        ({"what": ["captured"], "at_least": 0.9, "share": 0.9}, "share", "have one share"),
        ({"what": ["closest"], "at_least": 0.9}, "what", "closest has no limit"),
        ({"what": [{"what": "captured"}], "at_least": 0.9}, "what", "is an outcome, which has no limit"),
        (
            {"what": [{"what": "closest", "at_mots": "1 m"}], "at_least": 0.9},
            "what",
            'did you mean "at_most"?',
        ),
        ({"what": [{}], "at_least": 0.9}, "what", "is no result of a run"),
    ],
)
def test_what_is_no_requirement_is_refused(table, key, what):
    with pytest.raises(CaseError) as caught:
        read_require(table, KNOWN)
    assert caught.value.key == key and what in str(caught.value) and caught.value.remedy


@pytest.mark.parametrize(
    ("table", "of"),
    [
        ({"what": "release_speed", "at_most": "6 mm/s", "share": 0.99, "of": "captured"}, "captured"),
        ({"what": "release_speed", "at_most": "6 mm/s", "share": 0.99, "of": "exists"}, "exists"),
        ({"what": ["captured", {"what": "nis", "at_most": 3}], "at_least": 0.9, "of": "exists"}, "exists"),
        ({"what": [{"what": "nis", "at_most": 3}], "at_least": 0.9, "of": "aborted"}, "aborted"),
        ({"what": "release_speed", "at_most": "6 mm/s", "share": 0.99}, ""),
    ],
)
def test_the_runs_that_are_judged_may_be_named(table, of):
    assert read_require(table, KNOWN).of == of


@pytest.mark.parametrize(
    ("table", "what"),
    [
        ({"what": "nis", "at_most": 3, "share": 0.9, "of": "captrued"}, 'did you mean "captured"?'),
        ({"what": "nis", "at_most": 3, "share": 0.9, "of": "exist"}, 'did you mean "exists"?'),
        ({"what": "nis", "at_most": 3, "share": 0.9, "of": 3}, "is neither an outcome nor"),
        ({"what": "nis", "at_most": 3, "share": 0.9, "of": ""}, "is neither an outcome nor"),
        ({"what": "captured", "at_least": 0.9, "of": "exists"}, "every run has an outcome"),
        ({"what": "contact", "at_most": 0.1, "of": "aborted"}, "or of none"),
        (
            {"what": ["captured", {"what": "nis", "at_most": 3}], "at_least": 0.9, "of": "aborted"},
            "or of none",
        ),
        ({"what": "nees_consistent", "of": "captured"}, "made on all runs that entered a leg"),
        (
            {"what": [{"what": "nis", "at_most": 3, "of": "captured"}], "at_least": 0.9},
            '"of" is not known here',
        ),
    ],
)
def test_runs_that_cannot_be_judged_so_are_refused(table, what):
    with pytest.raises(CaseError) as caught:
        read_require(table, KNOWN)
    assert what in str(caught.value) and caught.value.remedy


def test_every_way_to_end_is_said_in_words():
    assert set(ENDED) == {*OUTCOMES, EXISTS} and len(set(ENDED.values())) == len(ENDED)
    assert set(REMARKS) <= set(QUANTITIES)

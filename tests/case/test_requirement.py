import math

import pytest

from rvd.case.requirement import Condition, Requirement, percent
from rvd.errors import CaseError


@pytest.mark.parametrize(
    ("requirement", "sentence", "needed"),
    [
        (
            Requirement("captured", at_least=0.9973),
            "captured in at least 99.73 % of runs, at 90 % confidence",
            0.9973,
        ),
        (
            Requirement("contact", at_most=0.001, confidence=0.95),
            "contact in at most 0.1 % of runs, at 95 % confidence",
            0.999,
        ),
        (
            Requirement("fuel_kg", at_most=350.0, share=0.99),
            "fuel_kg at most 350 in at least 99 % of runs, at 90 % confidence",
            0.99,
        ),
        (
            Requirement("miss_m", at_least=1.0, at_most=2.0, share=0.9),
            "miss_m at least 1 and at most 2 in at least 90 % of runs, at 90 % confidence",
            0.9,
        ),
        (
            Requirement(all_of=(Condition("captured"), Condition("fuel_kg", at_most=350.0)), at_least=0.99),
            "captured and fuel_kg at most 350 in at least 99 % of runs, at 90 % confidence",
            0.99,
        ),
        (
            Requirement("fuel_kg", at_most=350.0, share=0.99, unit="kg"),
            "fuel_kg at most 350 kg in at least 99 % of runs, at 90 % confidence",
            0.99,
        ),
        (
            Requirement("turn", at_most=math.radians(0.1), share=0.99, unit="rad/s"),
            "turn at most 0.1 deg/s in at least 99 % of runs, at 90 % confidence",
            0.99,
        ),
        (
            Requirement(
                all_of=(Condition("captured"), Condition("cone", math.radians(5.0), None, "rad")),
                at_least=0.9,
            ),
            "captured and cone at least 5 deg in at least 90 % of runs, at 90 % confidence",
            0.9,
        ),
        (Requirement("captured", at_least=1.0), "captured in every run flown", 1.0),
        (Requirement("contact", at_most=0.0), "contact in no run flown", 1.0),
    ],
)
def test_a_requirement_reads_as_a_sentence(requirement, sentence, needed):
    assert requirement.sentence == sentence
    assert requirement.needed == needed


@pytest.mark.parametrize(
    ("keys", "what"),
    [
        ({}, "names what it requires"),
        ({"what": "captured"}, "no number"),
        ({"what": "captured", "at_least": 99.73}, "share of runs, not 99.73"),
        ({"what": "captured", "at_least": 0.0}, "share of runs, not 0"),
        ({"what": "fuel_kg", "at_most": 350.0}, "share of runs, not 350"),
        ({"what": "fuel_kg", "at_most": 350.0, "share": 99.0}, "share of runs, not 99"),
        ({"what": "captured", "at_least": float("nan")}, "share of runs, not nan"),
        ({"what": "captured", "at_least": 0.9, "at_most": 0.99}, "two shares"),
        ({"what": "captured", "at_least": 0.9, "confidence": 90.0}, "confidence lies between 0 and 1"),
        ({"all_of": (Condition("captured"),), "at_most": 0.9}, "no share"),
        ({"all_of": (Condition("captured"),), "at_least": 0.9, "share": 0.9}, "a share twice"),
        ({"what": "captured", "all_of": (Condition("captured"),), "at_least": 0.9}, "names what it requires"),
    ],
)
def test_what_is_no_requirement_is_refused_in_one_sentence(keys, what):
    with pytest.raises(CaseError, match=what) as caught:
        Requirement(**keys)
    assert caught.value.remedy and caught.value.key.startswith("require.")


def test_percent_drops_no_digit_of_the_usual_shares():
    assert [percent(s) for s in (0.9973, 0.999937, 0.9, 1.0, 0.0027)] == [
        "99.73 %",
        "99.9937 %",
        "90 %",
        "100 %",
        "0.27 %",
    ]


@pytest.mark.parametrize(
    ("of", "sentence"),
    [
        ("captured", "fuel_kg at most 350 in at least 99 % of runs that were captured, at 90 % confidence"),
        ("exists", "fuel_kg at most 350 in at least 99 % of runs in which it exists, at 90 % confidence"),
        (
            "reached",
            "fuel_kg at most 350 in at least 99 % of runs that reached their place, at 90 % confidence",
        ),
    ],
)
def test_the_runs_that_are_judged_are_named(of, sentence):
    assert Requirement("fuel_kg", at_most=350.0, share=0.99, of=of).sentence == sentence


def test_what_names_no_runs_is_refused():
    with pytest.raises(CaseError, match="'all' names no runs"):
        Requirement("fuel_kg", at_most=350.0, share=0.99, of="all")
    with pytest.raises(CaseError, match="'captured' names no runs that nees_consistent is judged on"):
        Requirement("nees_consistent", legs=("a",), of="captured")


def test_a_margin_says_what_it_leaves_out():
    asked = Requirement("passive_margin", at_least=0.0, share=0.9, unit="m")
    assert asked.sentence.startswith("passive_margin (first burns and aborts left out) at least 0 m in")
    first = Requirement("passive_margin_first_burn", at_least=0.0, share=0.9, unit="m")
    assert first.sentence.startswith("passive_margin_first_burn at least 0 m in")

import math
import subprocess
import sys
import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rvd import units
from rvd.errors import CaseError
from rvd.units import DEFINITIONS, MOST, example, factor, quantity, same_dimension, si_unit


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("410 km", "m", 410e3),
        ("-5000 m", "m", -5000.0),
        ("3 %", "", 0.03),
        ("175e-6", "", 175e-6),
        ("175 ppm", "", 175e-6),
        ("5 arcsec", "rad", math.radians(5.0 / 3600.0)),
        ("51.6 deg", "rad", math.radians(51.6)),
        ("20 °", "rad", math.radians(20.0)),
        ("0.005 deg/h^0.5", "rad/s^0.5", math.radians(0.005) / 60.0),
        ("0.05 deg/h", "rad/s", math.radians(0.05) / 3600.0),
        ("1 rpm", "rad/s", 2.0 * math.pi / 60.0),
        ("1e-4 m/s/s^0.5", "m/s^1.5", 1e-4),
        ("1e-3 m/s^2", "m/s^2", 1e-3),
        ("1 m/s²", "m/s^2", 1.0),
        ("1 mm/s", "m/s", 1e-3),
        ("10 m/min", "m/s", 10.0 / 60.0),
        ("63 min", "s", 3780.0),
        ("5 h", "s", 18000.0),
        ("4e-4 s^-2", "s^-2", 4e-4),
        ("4e-4 1/s^2", "s^-2", 4e-4),
        ("4e-4 s⁻²", "s^-2", 4e-4),
        ("1.28e8 kg m^2", "kg m^2", 1.28e8),
        ("1 kg*m**2", "kg m^2", 1.0),
        ("3e-12 kg/m^3", "kg/m^3", 3e-12),
        ("3 g/m^3", "kg/m^3", 3e-3),
        ("2 kN", "kg m/s^2", 2000.0),
        ("1 Hz", "Hz", 1.0),
        ("50 g", "kg", 0.05),
        ("16.2 t", "kg", 16_200.0),
        ("2 t/m^3", "kg/m^3", 2000.0),
        ("1 nmi", "m", 1852.0),
        ("  3   m  ", "m", 3.0),
        ("1_000 m", "m", 1000.0),
        (".5m", "m", 0.5),
    ],
)
def test_a_text_becomes_si(text, unit, value):
    assert quantity(text, unit) == pytest.approx(value, rel=2e-15, abs=0.0)


@pytest.mark.parametrize(
    ("value", "unit", "usual", "sentence"),
    [
        (410, "m", "km", '410 has no unit; write "410 km".'),
        (410.5, "m", "", '410.5 has no unit; write "410.5 m".'),
        ("410", "m", "km", '410 has no unit; write "410 km".'),
        ("410 kg", "m", "km", '"kg" is a mass where a length belongs; write "410 km".'),
        ("3 %", "rad", "deg", '"%" is a pure number where an angle belongs; write "3 deg".'),
        (
            "0.1 1/s",
            "rad/s",
            "deg/s",
            '"1/s" is a frequency where a rate of turn belongs; write "0.1 deg/s".',
        ),
        ("2 m/s", "m/s^2", "", '"m/s" is a speed where an acceleration belongs; write "2 m/s^2".'),
        ("3 parsnip", "m", "", '"parsnip" is no unit known; write "3 m".'),
        ("0.14 mps", "m/s", "", '"mps" is no unit known; write "0.14 m/s".'),
        ("5 kph", "m/s", "", '"kph" is no unit known; write "5 km/h".'),
        ("16.2 tons", "kg", "", '"tons" is no unit known; write "16.2 t".'),
        ("16.2 mt", "kg", "", '"mt" is no unit known; write "16.2 t".'),
        ("15500 kilos", "kg", "", '"kilos" is no unit known; write "15500 kg".'),
        ("16.2 t", "s", "", '"t" is a mass where a time belongs; write "16.2 s".'),
        ("2 sec", "m", "", '"sec" is no unit known; write "2 m".'),
        ("km", "m", "", '"km" does not begin with a number; write "1 m".'),
        (
            "nan m",
            "m",
            "",
            '"nan m" is not a finite number; write a number such as "1 m", or leave the key out.',
        ),
        (
            "inf m",
            "m",
            "",
            '"inf m" is not a finite number; write a number such as "1 m", or leave the key out.',
        ),
        (
            "1e999 m",
            "m",
            "",
            '"1e999 m" is not a finite number; write a number such as "1 m", or leave the key out.',
        ),
        ("-1e28 km", "m", "", '"-1e28 km" is beyond all measure; write "1 m".'),
        ("1e35 %", "", "", '"1e35 %" is beyond all measure; write 1.'),
        ("", "m", "", '"" does not begin with a number; write "1 m".'),
        ("3 m", "", "", '"m" is a unit where a pure number belongs; write 3, or a share such as "3 %".'),
        (
            math.nan,
            "m",
            "km",
            'nan is not a finite number; write a number such as "1 km", or leave the key out.',
        ),
        (True, "m", "", 'true or false stands where a quantity belongs; write "1 m".'),
        (None, "m", "", 'nothing stands where a quantity belongs; write "1 m".'),
        ([1], "m", "", 'a list stands where a quantity belongs; write "1 m".'),
    ],
)
def test_what_is_no_quantity_is_refused_with_its_remedy(value, unit, usual, sentence):
    with pytest.raises(CaseError) as caught:
        quantity(value, unit, usual)
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    "word",
    [
        "9**9**9**9",
        "m**9**9**9",
        "m^99999999",
        "(((((",
        "__import__",
        "m;m",
        "m" * 10_000,
        "m" * 58 + "!",
        "5",
        "m m/" * 14,
    ],
)
def test_what_would_hang_or_break_the_parser_is_no_unit(word):
    began = time.process_time()
    with pytest.raises(CaseError):
        quantity(f"1 {word}", "m")
    assert time.process_time() - began < 2.0


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_a_case_error(text):
    try:
        assert math.isfinite(quantity(text, "m"))
    except CaseError as error:
        assert error.remedy


@given(st.floats(-MOST, MOST))
def test_an_si_number_written_with_its_unit_reads_back_to_the_bit(x):
    assert quantity(f"{x!r} m", "m") == x
    assert quantity(f"{x!r} kg m^2", "kg m^2") == x
    assert quantity(f"{x!r}", "") == x


def test_a_decimal_keeps_its_digits():
    assert quantity("99.73 %", "") == 0.9973
    assert [quantity(f"{k} mm", "m") for k in range(1000)] == [k / 1000 for k in range(1000)]
    assert quantity("10 m/min", "m/s") == 10.0 / 60.0


def test_every_definition_is_a_unit():
    for line in DEFINITIONS:
        for name in [part.strip() for part in line.split("=") if "-" not in line.split("=")[0]]:
            if name and name[0] not in "[0123456789" and " " not in name:
                assert same_dimension(name, name)


def test_a_factor_is_what_one_holds():
    assert factor("km", "m") == 1000.0
    assert factor("%", "") == 0.01
    assert example("m", "km", "3") == '"3 km"'
    assert example("") == "1"
    assert same_dimension("deg/s", "rad/s") and not same_dimension("1/s", "rad/s")
    assert same_dimension("", "") and not same_dimension("", "m")


@pytest.mark.parametrize(
    ("unit", "si"),
    [
        ("", ""), ("km", "m"), ("deg/h", "rad/s"), ("mm/s^2", "m/s^2"), ("1/min^2", "s^-2"), ("g cm^2", "m^2 kg"),
        ("N", "m kg/s^2"), ("deg/h^0.5", "rad/s^0.5"), ("lb/ft^3", "kg/m^3"), ("%", ""),
    ],
)  # fmt: skip
def test_the_si_unit_of_a_unit_measures_the_same_and_is_one(unit, si):
    assert si_unit(unit) == si and same_dimension(unit if unit != "%" else "", si)
    assert not si or factor(si, si) == 1.0


def test_pint_waits_for_the_first_unit_that_is_not_usual():
    loaded = "print('pint' in sys.modules)"
    read = "rvd.units.quantity('1 {}', 'm')".format
    probe = f"import sys, rvd.units; {loaded}; {read('m')}; {loaded}; {read('ft')}; {loaded}"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False", "True"]


@pytest.mark.parametrize(
    ("word", "unit", "scale"),
    [
        ("km/h", "m/s", Fraction(1000, 3600)),
        ("g/cm^3", "kg/m^3", Fraction(1000)),
        ("lb/ft^3", "kg/m^3", Fraction("0.45359237") / Fraction("0.3048") ** 3),
        ("deg^2", "rad^2", Fraction(repr(math.pi / 180.0)) ** 2),
        ("deg/h^0.5", "rad/s^0.5", Fraction(repr(math.pi / 180.0)) / 60),
        ("kg^0.5", "kg^0.5", Fraction(1)),
        ("ug", "kg", Fraction(1, 10**9)),
        ("km^1.5/min^2", "m^1.5/s^2", Fraction(math.isqrt(10**9 * 10**40), 10**20 * 3600)),
    ],
)
def test_a_factor_is_the_float_nearest_to_it(word, unit, scale):
    """Whatever the C library makes of powers: the last in its root to twenty digits."""
    assert factor(word, unit) == float(scale)


@pytest.mark.parametrize("word", units.KNOWN)
def test_the_units_that_need_no_pint_are_as_pint_has_them(word):
    assert units.KNOWN[word] == units.looked_up(word)

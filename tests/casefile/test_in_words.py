import math

import pytest

from rvd.case.lists import Mixed, Pair, Several, Vector
from rvd.case.table import Angles, Gain, Place
from rvd.case.values import Quantity
from rvd.case.words import Direction, Whole, Word
from rvd.casefile.in_words import (
    amount,
    angle,
    attitude,
    duration,
    facing,
    in_words,
    length,
    number,
    on_body,
    place,
    share,
    turn,
    velocity,
)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (number(5000.0), "5,000"),
        (number(-0.3), "-0.3"),
        (number(-1234567.0), "-1.23457e6"),
        (number(420000.0), "420,000"),
        (number(3e-12), "3e-12"),
        (number(0.0), "0"),
        (duration(20.0), "20 s"),
        (duration(3780.0), "63 min"),
        (duration(3600.0), "60 min"),
        (duration(18000.0), "5 h"),
        (duration(1100.0), "1,100 s"),
        (length(410e3), "410 km"),
        (length(-5000.0), "-5,000 m"),
        (angle(math.radians(51.6)), "51.6 deg"),
        (angle(math.radians(5.0 / 3600.0)), "5 arcsec"),
        (turn(math.radians(0.25)), "0.25 deg/s"),
        (turn(math.radians(0.05 / 3600.0)), "0.05 deg/h"),
        (share(0.9973), "99.73 %"),
        (amount(math.radians(0.005) / 60.0, "rad/s^0.5"), "0.005 deg/h^0.5"),
        (amount(1e-4, "m/s^1.5"), "0.0001 m/s/s^0.5"),
        (amount(3.0, "kg"), "3 kg"),
        (amount(3.0, ""), "3"),
        (place(Place()), "at the berthing point"),
        (place(Place(vbar=-5000.0)), "5,000 m behind"),
        (place(Place(vbar=1500.0, rbar=800.0)), "1,500 m ahead and 800 m below"),
        (place(Place(vbar=1.0, rbar=-2.0, hbar=-3.0)), "1 m ahead, 2 m above and 3 m to port"),
        (place(Place(hbar=3.0)), "3 m to starboard"),
        (velocity(Gain(vbar=-0.3, rbar=0.3)), "0.3 m/s back and 0.3 m/s down"),
        (velocity(Gain(rbar=-0.1, hbar=0.2)), "0.1 m/s up and 0.2 m/s starboard"),
        (velocity(Gain()), "at rest"),
        (on_body((1.0, -2.0, 3.0)), "1 m forward, 2 m to port and 3 m down"),
        (on_body((-1.0, 2.0, -3.0)), "1 m aft, 2 m to starboard and 3 m up"),
        (on_body((0.0, 0.0, 0.0)), "at the origin"),
        (facing((0.0, 0.0, -1.0)), "up"),
        (facing((0.6, 0.8, 0.0)), "0.6, 0.8, 0"),
        (attitude(Angles()), "level"),
        (attitude(Angles(yaw=math.pi, roll=math.radians(-10.0))), "yaw 180 deg, roll -10 deg"),
        (in_words(Vector(Quantity("m")), (1.0, 1.0, 1.0)), "1 m each"),
        (in_words(Vector(Quantity("m")), (1.0, 2.0, 1.0)), "1 m, 2 m, 1 m"),
        (in_words(Pair(Quantity("m/s")), (0.2, 0.1)), "0.2 m/s to 0.1 m/s"),
        (in_words(Pair(Quantity("m/s")), (0.2, 0.2)), "0.2 m/s"),
        (in_words(Mixed((Quantity("m"), Quantity("rad")), ("a", "b")), (1.0, math.pi)), "1 m, 180 deg"),
        (in_words(Several(Word(), 1, 3), ("A", "B")), "A, B"),
        (in_words(Whole(1, 10, "Hz"), 5.0), "5 Hz"),
        (in_words(Direction(), (1.0, 0.0, 0.0)), "forward"),
    ],
)
def test_numbers_and_places_as_people_say_them(said, words):
    assert said == words

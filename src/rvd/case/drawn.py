"""The mark of a number that may differ from run to run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Drawn:
    """Marks a key of a table whose number is a slot of the row; a table so marked is drawn as one.

    `slot` is its name in the row, from the table's own name there and the key. `count` is how many slots the one number
    of the plan fills, or how many tables the row holds. `words` stand for the numbers 0, 1, ... `never`: none in
    the plan is a time that never comes. `noise`: `sensors.noise` scales it; `chance`: without noise it is zero.
    """

    slot: str = "{table}.{key}"
    count: int = 1
    words: tuple[str, ...] = ()
    never: bool = False
    noise: bool = False
    chance: bool = False

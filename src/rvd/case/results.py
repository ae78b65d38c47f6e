"""What each column of a campaign's table and of a flight's history holds: its unit and its meaning."""

from __future__ import annotations

from collections.abc import Mapping

from rvd.core.goals.goals import GoalKind
from rvd.core.kernel import Column

_HILL = (("vbar", "V-bar"), ("rbar", "R-bar"), ("hbar", "H-bar"))
_BODY = ("forward", "starboard", "down")

ENDINGS: Mapping[str, Column] = {
    "run": Column("", "the run's number, from 0"),
    "outcome": Column("", "how the run ended, as the number of outcome_word"),
    "outcome_word": Column("", "how the run ended"),
    "captured": Column("", "whether the run reached its goal, a capture by an arm"),
    "docked": Column("", "whether the run reached its goal, a docking"),
    "held": Column("", "whether the run reached its goal, a hold"),
    "clear": Column("", "whether the run reached its goal, to be gone"),
    "reached": Column("", "whether the run reached its goal, a place at a time"),
    "leg": Column("", "the leg flown at the end, as the number of leg_word, from 0"),
    "leg_word": Column("", "the leg flown at the end"),
    "alarm": Column("", "the alarm on board that ended the approach, as the number of alarm_word; 0 for none"),
    "alarm_word": Column("", "the alarm on board that ended the approach"),
    "reason": Column("", "why the run did not reach its goal, as the number of reason_word; null where it did"),
    "reason_word": Column("", "why it did not: the alarm, the limit that it passed, or what ran out"),
    "reason_leg": Column("", "the leg in which that happened, as the number of reason_leg_word, from 0"),
    "reason_leg_word": Column("", "the leg in which that happened"),
    "reason_time": Column("s", "when that happened, from the epoch"),
    "reason_vbar": Column("m", "where that happened: fixture or port, from the berthing point or port, along V-bar"),
    "reason_rbar": Column("m", "the same along R-bar"),
    "reason_hbar": Column("m", "the same along H-bar"),
    "rules_kept": Column("", "whether no rule was broken, whatever became of the run"),
    "broken": Column("", "the rule that was broken first, as the number of broken_word; null where all were kept"),
    "broken_word": Column("", "the rule that was broken first"),
    "broken_leg": Column("", "the leg in which that was, as the number of broken_leg_word, from 0"),
    "broken_leg_word": Column("", "the leg in which that was"),
    "clearance_pair": Column("", "the parts of the hulls that came nearest, as the number of clearance_pair_word"),
    "clearance_pair_word": Column("", "the parts of the hulls that came nearest: the target's and the chaser's"),
    "broken_time": Column("s", "when that was, from the epoch"),
    "broken_vbar": Column("m", "where that was: fixture or port, from the berthing point or port, along V-bar"),
    "broken_rbar": Column("m", "the same along R-bar"),
    "broken_hbar": Column("m", "the same along H-bar"),
}  # fmt: skip
"""How a run ended and why, by name."""

QUANTITIES: Mapping[str, Column] = {
    "propellant_used": Column("kg", "propellant used"),
    "t_end": Column("s", "when the run ended, from the epoch"),
    "closest": Column("m", "smallest distance of the chaser's centre of mass from the target's"),
    "clearance": Column(
        "m", "smallest clearance of the hulls; negative is contact", "where both bodies have a hull"
    ),
    "clearance_time": Column("s", "when that was, from the epoch", "where both bodies have a hull"),
    "corridor_margin": Column(
        "rad", "smallest angle inside the corridor, while it was armed", "where the corridor was armed"
    ),
    "speed_margin": Column(
        "m/s", "smallest difference of the speed limit and the speed", "within the reach of a speed limit"
    ),
    "keep_out_margin": Column(
        "m",
        "smallest distance outside the keep-out sphere, on legs that may not enter it",
        "on a leg that may not enter the sphere",
    ),
    "ellipsoid_margin": Column(
        "m",
        "smallest distance outside the approach ellipsoid, on legs that may not enter it",
        "on a leg that may not enter the ellipsoid",
    ),
    "delta_v": Column("m/s", "velocity gained by all firings together"),
    **{name: column for kind in GoalKind for name, column in kind.module.COLUMNS.items()},
    "error_r": Column("m", "error of navigation's position at the end"),
    "error_v": Column("m/s", "error of navigation's velocity at the end"),
    "nees": Column(
        "", "the filter's squared error over its covariance, of 6 numbers, averaged over the flight"
    ),
    "nis": Column(
        "", "the squared innovations of all fixes over their covariance, for one number", "after a fix"
    ),
    "passive_margin": Column(
        "m",
        "after lost thrust: smallest distance outside the keep-out sphere; first burns and aborts left out",
        "with moments outside the sphere; first burns and aborts are left out",
    ),
    "passive_epoch": Column(
        "s", "when the thrust of passive_margin was lost, from the epoch", "with `passive_margin`"
    ),
    "passive_margin_first_burn": Column(
        "m",
        "after thrust lost in a first burn: smallest distance outside the keep-out sphere",
        "with moments of a first burn",
    ),
    "unsafe_share_first_burn": Column(
        "",
        "share of the moments of first burns whose drift enters the sphere",
        "with moments of a first burn",
    ),
    "contact_margin": Column(
        "m",
        "after thrust lost inside the sphere: smallest distance from contact",
        "with moments of the climb or the free drift",
    ),
    "return_margin": Column(
        "m",
        "after thrust lost inside the sphere: distance outside it on coming back",
        "with moments of them inside the sphere",
    ),
}
"""The results of a run that a limit may be set on, by name."""

GOAL_COLUMNS: Mapping[str, tuple[str, ...]] = {kind.word: tuple(kind.module.COLUMNS) for kind in GoalKind}
"""The results that each kind of goal alone gives."""

MARGIN = "_margin"
"""Follows the name of a rule in that of the column of its smallest margin."""

RULE_MARGINS = ("corridor_margin", "speed_margin", "keep_out_margin", "ellipsoid_margin")
"""Margins of rules that parts name; a case may name others."""

RESULTS: Mapping[str, Column] = {**ENDINGS, **QUANTITIES}
"""The results of a run, by name."""

HISTORY: Mapping[str, Column] = {
    "t": Column("s", "time from the epoch"),
    **{
        f"{axis}": Column("m", f"chaser's centre of mass from the target's along {name}")
        for axis, name in _HILL
    },
    **{f"{axis}_rate": Column("m/s", f"its velocity along {name}") for axis, name in _HILL},
    **{
        f"fixture_{axis}": Column("m", f"fixture or port, from the berthing point or port, along {name}")
        for axis, name in _HILL
    },
    **{
        f"offset_{axis}": Column("m", f"fixture or port from the place of the goal, {axis}") for axis in _BODY
    },
    **{f"believed_{axis}": Column("m", f"believed centre of mass along {name}") for axis, name in _HILL},
    **{f"believed_{axis}_rate": Column("m/s", f"believed velocity along {name}") for axis, name in _HILL},
    "sigma_r": Column("m", "one sigma of the believed position"),
    "sigma_v": Column("m/s", "one sigma of the believed velocity"),
    **{f"q_{k}": Column("", f"attitude of the chaser on the hill axes, quaternion, {k}") for k in "xyzw"},
    **{
        f"station_q_{k}": Column("", f"attitude of the target on the hill axes, quaternion, {k}")
        for k in "xyzw"
    },
    "rate": Column("rad/s", "rate of the chaser relative to the target"),
    "angle": Column("rad", "error of the chaser's attitude for the capture"),
    "leg": Column("", "number of the leg, from 0"),
    "stage": Column("", "stage of the leg's law"),
    "alarm": Column("", "the alarm on board, by number; 0 for none"),
    "propellant_used": Column("kg", "propellant used so far"),
    "delta_v": Column("m/s", "velocity gained by all firings so far"),
    "laser_age": Column("s", "age of the latest laser reading; null before the first"),
    "nees": Column("", "the filter's squared error over its covariance, of 6 numbers"),
    "nis": Column("", "the latest fix's squared innovation over its covariance; null before the first"),
    "numbers": Column("", "how many numbers that fix had"),
    "aim_kind": Column(
        "", "what guidance asks of translation: 0 nothing, 1 to track a point, 2 to gain a velocity"
    ),
    **{f"aim_{axis}": Column("m", f"the point to track along {name}; null for none") for axis, name in _HILL},
    **{
        f"aim_{axis}_rate": Column("m/s", f"velocity of the point to track along {name}; null for none")
        for axis, name in _HILL
    },
    **{
        f"aim_{axis}_gain": Column("m/s", f"the velocity to gain along {name}; null for none")
        for axis, name in _HILL
    },
    "aim_turns": Column("", "whether guidance asks for an attitude: 0 or 1"),
    **{
        f"aim_q_{k}": Column("", f"the attitude to turn to, on the hill axes, quaternion, {k}; null for none")
        for k in "xyzw"
    },
    **{f"asked_force_{axis}": Column("N", f"force asked of the nozzles, {axis}") for axis in _BODY},
    **{
        f"asked_torque_{axis}": Column("N m", f"torque asked about the centre of mass, about the axis {axis}")
        for axis in _BODY
    },
    **{
        f"given_force_{axis}": Column("N", f"mean force of the nozzles over the step, {axis}")
        for axis in _BODY
    },
    **{
        f"given_torque_{axis}": Column(
            "N m", f"mean torque of the nozzles about the centre of mass over the step, about the axis {axis}"
        )
        for axis in _BODY
    },
    **{
        f"body_rate_{axis}": Column("rad/s", f"inertial rate of the chaser about the body's axis {axis}")
        for axis in _BODY
    },
    **{
        f"believed_body_rate_{axis}": Column("rad/s", f"the same as believed, about the axis {axis}")
        for axis in _BODY
    },
    **{f"believed_q_{k}": Column("", f"believed attitude on the hill axes, quaternion, {k}") for k in "xyzw"},
    **{
        f"sigma_{axis}": Column("m", f"one sigma of the believed position along {name}")
        for axis, name in _HILL
    },
    **{
        f"sigma_{axis}_rate": Column("m/s", f"one sigma of the believed velocity along {name}")
        for axis, name in _HILL
    },
    **{
        f"sigma_angle_{axis}": Column(
            "rad", f"one sigma of the believed attitude about the body's axis {axis}"
        )
        for axis in _BODY
    },
    **{
        f"innovation_{k}": Column(
            "",
            f"number {k} of the latest fix less what was expected, in sigmas: GPS has six (position, velocity; hill "
            "axes), the laser the last three (range, azimuth, elevation)",
        )
        for k in range(1, 7)
    },
    **{f"target_eci_{k}": Column("m", f"the target's place on inertial axes, {k}") for k in "xyz"},
    **{f"target_eci_{k}_rate": Column("m/s", f"the target's velocity on inertial axes, {k}") for k in "xyz"},
}
"""The columns that a flight logs in its history, by name."""

DERIVED: Mapping[str, Column] = {
    **{f"chaser_eci_{k}": Column("m", f"the chaser's place on inertial axes, {k}") for k in "xyz"},
    **{f"chaser_eci_{k}_rate": Column("m/s", f"the chaser's velocity on inertial axes, {k}") for k in "xyz"},
    "leg_word": Column("", "name of the leg"),
    "alarm_word": Column("", "the alarm on board"),
}
"""Columns of a history that follow from others, by name."""

LOGGED: Mapping[str, Column] = {
    "entered": Column("s", "when the leg {leg} began, from the epoch"),
    "delta_v": Column("m/s", "velocity gained by all firings before the leg {leg} began"),
    "nees": Column(
        "", "the filter's squared error over its covariance, of 6 numbers, as the leg {leg} began"
    ),
    "nis": Column("", "the latest fix's squared innovation over its covariance as the leg {leg} began"),
    "numbers": Column("", "how many numbers that fix had, as the leg {leg} began"),
}
"""Results logged as a leg is entered, `<column>.<leg>`, or `<column>.abort`."""

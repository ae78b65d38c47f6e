"""Calls of every function of the toolbox: a good one, and bad ones with the sentence that each gets."""

from typing import Any, NamedTuple

from rvd.core.constants import MU_EARTH

N = 1.13e-3
R, V = (-500.0, -2000.0, 40.0), (0.1, 0.85, 0.02)
ZERO = (0.0, 0.0, 0.0)
RI, VI = (7.0e6, 0.0, 1e5), (100.0, 7400.0, 900.0)
RT, VT = (6.9e6, 9e5, 3e4), (-980.0, 7450.0, 800.0)


class Called(NamedTuple):
    """One function: a good call, its bad ones, and the test of tests/guidance that checks it independently."""

    good: dict[str, Any]
    check: str
    bad: list[tuple[dict[str, Any], str]]


NO_N = ({"n": 0.0}, "n must be above zero")

NO_MU = ({"mu": 0.0}, "mu must be above zero")
LINE = {
    "start": (0.0, -200.0, 0.0),
    "end": (0.0, -20.0, 5.0),
    "speed": 0.3,
    "speeding": 0.01,
    "braking": 0.005,
}
SLOPE = {"r": (0.0, -500.0, 9.0), "to": (0.0, -20.0, 0.0), "speed": 1.0, "speed_end": 0.1}
EI = (20.0, -300.0, 80.0, -50.0, 30.0, 60.0)
TARGET = (7e6, 0.1, 0.9, 0.3, 1.2, 0.4)
QUAT, TURNED = (0.1, -0.2, 0.3, 0.9273618495495703), (0.0, 0.6, 0.0, 0.8)
LONG = (0.0, 0.0, 0.0, 1.1)
WANTED = (0.0, 100.0, 40.0, 300.0, 0.0, 150.0)
CIRCLES = {"r_from": 7.1e6, "r_to": 4.2159e7, "mu": MU_EARTH}

CALLS = {
    "accelerated.cw": Called(
        {"r": R, "v": V, "push": (1e-4, 2e-4, -1e-4), "n": N, "t": 900.0},
        "test_about_a_circle",
        [NO_N, ({"t": 1e12}, "sines lose their digits")],
    ),
    "accelerated.yamanaka_ankersen": Called(
        {"r": R, "v": V, "push": (1e-4, 2e-4, -1e-4), "mu": MU_EARTH, "p": 7e6, "e": 0.3, "nu": 0.5, "t": 900.0},
        "test_about_an_ellipse",
        [NO_MU, ({"e": 0.9999}, "above 0.999"), ({"e": 1.0}, "below 1"), ({"t": 1e9}, "800 turns")],
    ),
    "approach.five_burns": Called(
        {
            "x": -30e3, "y": -1200e3, "x_last": -10e3, "elevation": 0.47, "turns": 3.0, "t_tpi": 24000.0,
            "transfer": 2000.0, "to": (0.0, -500.0, 0.0), "n": N,
        },
        "test_the_plan_flown",
        [
            NO_N, ({"t_tpi": 2e4}, "TPI comes before"), ({"turns": 2.5}, "whole"),
            ({"elevation": 2.0}, "right angle"),
        ],
    ),
    "coelliptic.drift_height": Called(
        {"along": 5e4, "n": N, "t": 3e3}, "test_a_height_is_kept", [NO_N, ({"t": -1.0}, "t must be above zero")]
    ),
    "coelliptic.drift_time": Called(
        {"x": -1e4, "along": 5e4, "n": N}, "test_a_height_is_kept", [NO_N, ({"x": 1e4}, "does not drift this way")]
    ),
    "coelliptic.hohmann": Called({"x_from": -1e4, "x_to": -3e3, "n": N}, "test_from_height_to_height", [NO_N]),
    "coelliptic.tpi_place": Called(
        {"x": -1e4, "elevation": 0.47},
        "test_the_target_stands_at_its_elevation",
        [({"elevation": 0.0}, "right angle"), ({"elevation": 1.6}, "right angle")],
    ),
    "coelliptic.velocity": Called({"x": -1e4, "n": N}, "test_a_height_is_kept", [NO_N]),
    "feedback.phase_plane": Called(
        {"miss": 2.0, "rate": 0.1, "dead": 1.0, "drift": 0.2, "acceleration": 0.01},
        "test_the_phase_plane_ends_in_its_dead_zone",
        [({"dead": -1.0}, "dead must not"), ({"drift": 0.0}, "drift must be"), ({"acceleration": 0.0}, "must be")],
    ),
    "feedback.pulse_width": Called(
        {"asked": 0.002, "full": 0.01, "period": 1.0, "shortest": 0.1, "owed": 0.05},
        "test_pulses_give_what_is_asked_for_in_the_mean",
        [({"full": 0.0}, "full must be"), ({"shortest": 2.0}, "to the period"), ({"shortest": -0.1}, "from zero")],
    ),
    "feedback.quaternion_pd": Called(
        {"q": QUAT, "w": (0.01, 0.02, -0.01), "q_to": TURNED, "w_to": (0.0, 0.001, 0.0), "kp": 2.0, "kd": 5.0},
        "test_an_attitude_comes_to_its_aim",
        [({"q": LONG}, "length one"), ({"kd": -1.0}, "gain is below zero")],
    ),
    "feedback.schmitt": Called(
        {"signal": 0.5, "before": 1.0, "on": 0.8, "off": 0.2},
        "test_a_schmitt_trigger_follows_its_loop",
        [({"on": 0.1}, "above off"), ({"before": 0.5}, "-1, 0 or 1"), ({"off": -0.1}, "below zero")],
    ),
    "forced.circle": Called(
        {"r": R, "centre": (1.0, 2.0, 3.0), "axis": (0.0, 1.0, 2.0), "rate": 0.01, "t": 90.0},
        "test_a_circle_keeps_its_distance_and_turns_about_its_axis",
        [({"axis": ZERO}, "axis is a zero vector")],
    ),
    "forced.glideslope_pulse": Called(
        {**SLOPE, "v": (0.1, 0.2, 0.0), "pulses": 6.0, "k": 2.0, "n": N},
        "test_the_glideslope_flown_by_its_pulses",
        [NO_N, ({"k": 7.0}, "from 0 to pulses"), ({"k": 0.5}, "whole"), ({"speed": 0.05}, "above speed_end")],
    ),
    "forced.glideslope_time": Called(
        SLOPE,
        "test_the_glideslope_flown_by_its_pulses",
        [({"speed_end": 0.0}, "speed_end must be"), ({"speed_end": 2.0}, "above speed_end")],
    ),
    "forced.hold_cost": Called(
        {"r": R, "n": N, "t": 600.0}, "test_a_hold_needs_what_hill_gives", [NO_N, ({"t": -1.0}, "below zero")]
    ),
    "forced.hold_push": Called({"r": R, "n": N}, "test_a_hold_needs_what_hill_gives", [NO_N]),
    "forced.line": Called(
        {**LINE, "t": 30.0}, "test_a_line_is_its_own_derivative", [({"speed": 0.0}, "speed must be above zero")]
    ),
    "forced.line_time": Called(
        LINE, "test_a_line_is_its_own_derivative", [({"braking": -1.0}, "braking must be above zero")]
    ),
    "forced.push": Called(
        {"r": R, "v": V, "change": (1e-4, 2e-4, -1e-4), "mu": MU_EARTH, "p": 7e6, "e": 0.3, "nu": 0.5},
        "flown",
        [NO_MU, ({"e": -0.1}, "at least 0"), ({"r": (-7e6 / (1.0 + 0.3 * 0.8775825618903728), 0.0, 0.0)}, "centre")],
    ),
    "hops.rbar_radial": Called(
        {"x_from": -200.0, "x_to": -500.0, "n": N},
        "test_radially_along_the_rbar",
        [NO_N, ({"x_to": 500.0}, "one side"), ({"x_to": -200.0}, "equal")],
    ),
    "hops.rbar_tangential": Called(
        {"x_from": -500.0, "x_to": -200.0, "n": N},
        "test_tangentially_along_the_rbar",
        [NO_N, ({"x_to": 500.0}, "equally far")],
    ),
    "hops.to_state": Called(
        {"r": R, "v": V, "to": (10.0, -100.0, -5.0), "v_to": (0.0, 0.1, 0.02), "n": N, "t": 1800.0},
        "test_to_a_state",
        [NO_N, ({"t": 0.0}, "t must be above zero"), ({"t": 6.283185307179586 / N}, "take another time")],
    ),
    "hops.vbar_radial": Called({"along": -300.0, "n": N}, "test_along_the_vbar", [NO_N]),
    "hops.vbar_tangential": Called({"along": 1500.0, "n": N}, "test_along_the_vbar", [NO_N]),
    "low_thrust.after": Called(
        {**CIRCLES, "tilt": 0.5, "spent": 3000.0},
        "test_the_spiral_flown",
        [
            NO_MU, ({"tilt": 2.1}, "to 2 rad"), ({"spent": 6e3}, "to the cost"),
            ({"r_to": 7.1e6, "tilt": 0.0}, "the same"),
        ],
    ),
    "low_thrust.burning": Called(
        {"dv": 5000.0, "push": 0.004, "flow": 2e-7},
        "test_a_lighter_craft_needs_less_time",
        [({"push": 0.0}, "push must be"), ({"flow": -1.0}, "below zero"), ({"dv": -1.0}, "below zero")],
    ),
    "low_thrust.cost": Called(
        {**CIRCLES, "tilt": 0.5}, "test_no_other_yaw_costs_less", [NO_MU, ({"tilt": -0.1}, "to 2 rad")]
    ),
    "lqr.pulsed": Called(
        {"miss": 1.0, "speed": 0.1, "burn": 0.01, "period": 20.0, "n": N},
        "test_no_other_gain_costs_less_pulsed",
        [NO_N, ({"burn": 0.0}, "burn must be"), ({"burn": 1e-25}, "no solution")],
    ),
    "lqr.pushed": Called(
        {"miss": 1.0, "speed": 0.1, "push": 0.001, "n": N},
        "test_no_other_gain_costs_less_pushed",
        [NO_N, ({"miss": 0.0}, "miss must be"), ({"push": 1e-28}, "no solution")],
    ),
    "natural.circumnavigating": Called(
        {"target": TARGET, "radial": 100.0, "normal": 50.0, "along": 20.0, "drift": 30.0, "phase": 0.5},
        "test_the_published_orbits_that_circle_an_ellipse",
        [({"target": (7e6, 1.1, 0.9, 0.3, 1.2, 0.4)}, "below 1"), ({"radial": -1e6}, "no ellipse")],
    ),
    "natural.circumnavigation": Called(
        {"along": -50.0, "tilt": 1.0, "n": N}, "test_the_published_circumnavigation",
        [NO_N, ({"tilt": 2.0}, "right angle")],
    ),
    "natural.ellipse_velocity": Called(
        {"x": -40.0, "y": 130.0, "centre": 30.0, "n": N}, "test_the_ellipse_closes_about_its_centre", [NO_N]
    ),
    "natural.from_ei": Called(
        {"ei": EI, "u": 0.4, "n": N}, "test_the_elements_are_those_that_do_not_change", [NO_N, ({"u": 1e9}, "lose")]
    ),
    "natural.least_separation": Called({"ei": EI}, "test_the_least_separation", [({"ei": EI[:5]}, "6 components")]),
    "natural.safety_ellipse": Called(
        {"radial": 100.0, "normal": 80.0, "along": 25.0, "phase": 0.9, "u": 2.0, "n": N},
        "test_a_safety_ellipse_keeps_off_the_vbar",
        [NO_N],
    ),
    "natural.teardrop": Called(
        {"turn": -100.0, "burn": -150.0, "n": N}, "test_a_teardrop_comes_back", [NO_N, ({"burn": -100.0}, "equal")]
    ),
    "natural.teardrop_by_dwell": Called(
        {"burn": -150.0, "dwell": 2e3, "n": N}, "test_a_teardrop_comes_back",
        [NO_N, ({"dwell": 6e3}, "below a revolution")],
    ),
    "natural.to_ei": Called(
        {"r": R, "v": V, "u": 0.4, "n": N}, "test_the_elements_are_those_that_do_not_change", [NO_N]
    ),
    "interception.intercept": Called(
        {"r": RI, "v": VI, "rt": RT, "vt": VT, "turns": 0.0, "mu": MU_EARTH, "t": 2500.0},
        "test_the_burns_flown",
        [({"turns": 0.5}, "whole"), ({"turns": 9.0}, "too short"), ({"mu": 0.0}, "mu must be")],
    ),
    "phasing.at_the_node": Called(
        {**CIRCLES, "to_node": 0.6, "target_place": 1.0, "tilt": 0.2, "turns": 1.0, "turns_target": 0.0},
        "test_out_of_plane_by_phasing_at_the_node",
        [({"turns": 0.5}, "whole numbers"), ({"target_place": 4.0}, "more turns"), ({"to_node": -1.0}, "below zero")],
    ),
    "phasing.split_plane_change": Called(
        {**CIRCLES, "tilt": 0.5}, "test_the_split_costs_the_least", [NO_MU, ({"tilt": 4.0}, "from 0 to pi")]
    ),
    "phasing.wait": Called(
        {**CIRCLES, "ahead": 0.3},
        "test_the_transfer_meets_the_target",
        [({"r_to": 7.1e6}, "never comes nearer"), ({"r_from": 0.0}, "r_from must be")],
    ),
    "pointing.look_at": Called(
        {"r": R, "to": (1.0, 2.0, 3.0), "up": (-1.0, 0.1, 0.2), "bore": (0.0, 0.6, 0.8), "up_body": (1.0, 0.0, 0.0)},
        "test_a_body_looks_where_it_should",
        [({"to": R}, "zero"), ({"up_body": (0.0, -6.0, -8.0)}, "parallel")],
    ),
    "pointing.mating": Called(
        {
            "r_port": (3.0, -1.0, 2.0), "q_a_port": QUAT, "port_body": (1.5, 0.2, -0.3), "q_body_port": TURNED,
            "gap": 0.25, "roll": 0.4,
        },
        "test_ports_that_mate_face_one_another",
        [({"q_a_port": LONG}, "length one"), ({"q_body_port": LONG}, "length one")],
    ),
    "pointing.slew": Called(
        {"q_from": QUAT, "q_to": TURNED, "rate": 0.01, "acceleration": 0.001, "t": 20.0},
        "test_a_slew_is_its_own_derivative_and_turns_about_one_axis",
        [({"q_to": LONG}, "length one"), ({"rate": 0.0}, "rate must be")],
    ),
    "pointing.slew_time": Called(
        {"q_from": QUAT, "q_to": TURNED, "rate": 0.01, "acceleration": 0.001},
        "test_a_slew_is_its_own_derivative_and_turns_about_one_axis",
        [({"q_from": LONG}, "length one"), ({"acceleration": -1.0}, "acceleration must be")],
    ),
    "roe_burns.burn": Called(
        {"ei": EI, "dv": (0.02, -0.05, 0.03), "u": 1.1, "n": N}, "test_a_burn_and_a_drift", [NO_N, ({"u": 1e7}, "lose")]
    ),
    "roe_burns.drift": Called({"ei": EI, "swept": 7.0}, "test_a_burn_and_a_drift", [({"ei": R}, "6 components")]),
    "roe_burns.in_plane_pair": Called({"ei": EI, "ei_to": WANTED, "n": N}, "test_a_pair_along_track", [NO_N]),
    "roe_burns.out_of_plane": Called({"ei": EI, "ei_to": WANTED, "n": N}, "test_one_across_the_plane", [NO_N]),
    "roe_burns.three_burns": Called(
        {"ei": EI, "ei_to": WANTED, "turns": 2.0, "n": N},
        "test_a_reconfiguration_by_three_burns",
        [NO_N, ({"turns": 1.5}, "whole number"), ({"turns": 0.0}, "above zero")],
    ),
}  # fmt: skip

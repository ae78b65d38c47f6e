import math
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.spatial.transform import Rotation

from rvd.assembly.nozzle_table import read_nozzles
from rvd.core.vehicle.nozzles import (
    Failed,
    Kind,
    NozzleFault,
    blows_toward,
    failed,
    isp_of_pulse,
    leak_of,
    one_nozzle,
    pulse_of,
    pushed,
)
from rvd.errors import CaseError

HTV = Path(__file__).parents[3] / "cases" / "parts" / "htv_rcs.csv"
HEADER = "name,string,kind,x_m,y_m,z_m,push_x,push_y,push_z,thrust_n,isp_s,min_on_s"
ROW = "N1,A,rcs,1.0,2.0,-3.0,0,0,-1,120,280,0.008"


def written(tmp_path, *lines):
    path = tmp_path / "nozzles.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


# ---- the file


def test_htv_has_two_strings_of_fourteen_and_four_main_engines():
    table = read_nozzles(HTV)
    rcs, main = table.of_kind(Kind.RCS), table.of_kind(Kind.MAIN)
    x = table.nozzles.where_body[:, 0]
    assert table.strings == ("A", "B")
    for string in table.strings:
        assert np.count_nonzero(table.of_string(string) & rcs) == 14
        assert np.count_nonzero(table.of_string(string) & main) == 2
    assert np.count_nonzero(rcs & (x > 0.0)) == 12
    assert np.count_nonzero(rcs & (x < 0.0)) == 16
    assert np.all(table.nozzles.push_body[main] == [1.0, 0.0, 0.0])


def test_htv_nozzles_sit_on_the_vehicle_and_blow_away_from_it():
    nozzles = read_nozzles(HTV).nozzles
    radius = np.hypot(nozzles.where_body[:, 1], nozzles.where_body[:, 2])
    assert np.all(radius <= 2.21)
    assert np.all(np.abs(nozzles.where_body[:, 0]) <= 4.9)
    # No exhaust crosses the hull: it leaves the end face lengthwise, or the side radially or along a tangent.
    for where, push in zip(nozzles.where_body, nozzles.push_body, strict=True):
        lengthwise = abs(push[0]) == 1.0 and where[0] * push[0] < 0.0
        radial = where[1:] @ push[1:] < 0.0 or abs(where[1:] @ push[1:]) < 0.35
        assert lengthwise or (push[0] == 0.0 and radial)


def test_arrays_are_what_kernels_take():
    for values in read_nozzles(HTV).nozzles:
        assert values.dtype == np.float64
        assert values.flags.c_contiguous and values.flags.writeable


def test_columns_in_any_order_with_comments_and_empty_lines(tmp_path):
    names = HEADER.split(",")
    cells = dict(zip(names, ROW.split(","), strict=True))
    turned = names[::-1]
    path = written(tmp_path, "# ours", "", ",".join(turned), "# x", ",".join(cells[n] for n in turned))
    table = read_nozzles(path)
    assert table.names == ("N1",)
    assert table.nozzles.where_body.tolist() == [[1.0, 2.0, -3.0]]
    assert table.nozzles.push_body.tolist() == [[0.0, 0.0, -1.0]]
    assert [float(v[0]) for v in table.nozzles[2:]] == [120.0, 280.0, 0.008]
    assert (table.string.tolist(), table.kind.tolist()) == ([0], [Kind.RCS])


GERMAN = ROW.replace(",", ";").replace(".", ",")


@pytest.mark.parametrize(
    "lines",
    [
        [HEADER + ",remarks", ROW + ',"spare, from the second lot"'],
        ["Note," + HEADER, "," + ROW],
        [HEADER.replace(",", ";"), ROW.replace(",", ";")],
        ["sep=;", HEADER.replace(",", ";") + ";comment", GERMAN + ";neu, 2013"],
        [HEADER.replace(",", "\t"), GERMAN.replace(";", "\t")],
    ],
)
def test_a_table_as_spreadsheets_write_it_and_with_remarks_is_the_same_table(tmp_path, lines):
    plain, table = read_nozzles(written(tmp_path, HEADER, ROW)), read_nozzles(written(tmp_path, *lines))
    assert all(np.array_equal(a, b) for a, b in zip(table.nozzles, plain.nozzles, strict=True))
    assert (table.names, table.strings) == (plain.names, plain.strings)


def test_a_branch_is_what_one_valve_isolates(tmp_path):
    """In a column that may be left out, as may be the branch of a nozzle that no valve isolates."""
    rows = [ROW.replace("N1", f"N{k}") + f",{word}" for k, word in enumerate(("X", "", "W", "X"))]
    table = read_nozzles(written(tmp_path, HEADER + ",branch", *rows))
    assert table.branch == ("X", "", "W", "X") and table.branches == {"W": ("N2",), "X": ("N0", "N3")}
    assert read_nozzles(written(tmp_path, HEADER, ROW)).branches == {}


def test_the_branches_of_htv_are_its_strings():
    table = read_nozzles(HTV)
    assert table.branch == tuple(table.strings[k] for k in table.string)
    assert all(name[1] == word for name, word in zip(table.names, table.branch, strict=True))


def test_a_direction_written_with_four_digits_is_a_unit_vector(tmp_path):
    path = written(tmp_path, HEADER, ROW.replace("0,0,-1", "0.5774,-0.5774,0.5774"))
    push = read_nozzles(path).nozzles.push_body[0]
    assert np.linalg.norm(push) == pytest.approx(1.0, abs=1e-15)
    assert push == pytest.approx(np.array([1.0, -1.0, 1.0]) / math.sqrt(3.0), abs=1e-15)


@pytest.mark.parametrize(
    ("lines", "line", "key", "says"),
    [
        ([HEADER + ",branch,branch", ROW + ",X,X"], 1, "branch", "the column is given twice"),
        ([HEADER.replace(",isp_s", ""), ROW], 1, "isp_s", "the column is missing"),
        (["# ours", HEADER + ",cost", ROW + ",1"], 2, "cost", 'name a column of your own "remarks"'),
        ([HEADER.replace(",", ";"), GERMAN.replace("0,008", "1.000,8")], 2, "min_on_s", '"1.000,8" is not a'),
        ([HEADER.replace("y_m", "x_m,y_m"), ROW], 1, "x_m", "the column is given twice"),
        ([HEADER, ROW, ROW.replace("N1", "N2").replace("280", "28o")], 3, "isp_s", '"28o" is not a number'),
        ([HEADER, ROW.replace("120", "nan")], 2, "thrust_n", '"nan" is not a number'),
        ([HEADER, ROW.replace("120", "120 N")], 2, "thrust_n", '"120 N" is not a number'),
        ([HEADER, ROW.replace("0,0,-1", "0,0,0")], 2, "push_x", "the direction is zero"),
        ([HEADER, ROW.replace("0,0,-1", "0,0,-2")], 2, "push_x", "has length 2"),
        ([HEADER, ROW.replace("120", "-120")], 2, "thrust_n", "-120 is not positive"),
        ([HEADER, ROW.replace("280", "0")], 2, "isp_s", "0 is not positive"),
        ([HEADER, ROW.replace("280", "1e9")], 2, "isp_s", "1e9 is beyond any vehicle; write at most 100000"),
        (
            [HEADER, ROW.replace("120", "1e-300")],
            2,
            "thrust_n",
            "1e-300 is beyond any vehicle; write at least",
        ),
        ([HEADER, ROW.replace("0.008", "-0.008")], 2, "min_on_s", "-0.008 is negative"),
        ([HEADER, ROW, "# again", ROW], 4, "name", '"N1" is already the nozzle of line 2'),
        ([HEADER, ROW.replace("rcs", "RCS engine")], 2, "kind", "write rcs or main"),
        ([HEADER, ROW.replace("N1,A", "N1,")], 2, "string", "is empty"),
        (
            [HEADER, ROW + ",9"],
            2,
            "",
            "the row has 13 values, the header 12; write one value for each column, and in quotes",
        ),
        ([HEADER, "# nothing"], 0, "", "has no nozzle"),
    ],
)
def test_what_cannot_be_flown_is_said_with_its_place_and_remedy(tmp_path, lines, line, key, says):
    path = written(tmp_path, *lines)
    with pytest.raises(CaseError) as caught:
        read_nozzles(path)
    error = caught.value
    assert (error.file, error.line, error.key) == (str(path), line, key)
    assert says in str(error)
    assert error.remedy


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00name"])
def test_a_file_that_is_absent_or_no_text_is_said(tmp_path, content):
    path = tmp_path / "nozzles.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CaseError, match="the nozzle file cannot be read"):
        read_nozzles(path)


def test_a_device_is_no_nozzle_file():
    with pytest.raises(CaseError, match=r"/dev/null: the nozzle file cannot be read \(it is no file\)"):
        read_nozzles("/dev/null")


def test_the_nozzles_that_blow_at_the_station():
    table = read_nozzles(HTV)
    names = [table.names[i] for i in np.flatnonzero(blows_toward(table.nozzles, (0.0, 0.0, -2.0)))]
    assert names == ["FA4", "RA6", "FB4", "RB6"]
    assert np.count_nonzero(blows_toward(table.nozzles, (0.0, 0.0, -1.0), math.radians(91.0))) == 28


# ---- one nozzle

PUSHES = [np.array(p) / np.linalg.norm(p) for p in (
    (1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1), (1, -2, 0.3), (0.2, 0.1, -0.97),
)]  # fmt: skip


@pytest.mark.parametrize("push", PUSHES)
def test_tilts_turn_the_push_about_two_normals(push):
    push = tuple(push.tolist())
    first = np.array(pushed(push, 1.0, 0.0)) * math.sqrt(2.0) - push
    second = np.array(pushed(push, 0.0, 1.0)) * math.sqrt(2.0) - push
    axes = np.array([push, first, second])
    assert np.allclose(axes @ axes.T, np.eye(3), atol=1e-14)
    assert np.linalg.det(axes) == pytest.approx(1.0, abs=1e-12)
    tilted = np.array(pushed(push, 0.01, -0.02))
    assert np.linalg.norm(tilted) == pytest.approx(1.0, abs=1e-15)
    assert math.acos(tilted @ push) == pytest.approx(math.atan(math.hypot(0.01, 0.02)), abs=1e-9)
    assert pushed(push, 0.0, 0.0) == pytest.approx(push, abs=1e-16)


@pytest.mark.parametrize("push", PUSHES)
def test_one_nozzle_against_rotations_and_cross_products(push):
    where, com, tilts = np.array([-4.3, 0.31, 2.18]), np.array([-0.2, 0.03, 0.01]), (0.006, -0.004)
    impulse, angular, used = one_nozzle(
        tuple(where.tolist()), tuple(push.tolist()), tuple(com.tolist()), 9.6, 280.0, *tilts
    )
    first = np.array(pushed(tuple(push.tolist()), 1.0, 0.0)) * math.sqrt(2.0) - push
    second = np.cross(push, first)
    # A small turn that moves the push by tilt 1 along the first normal and by tilt 2 along the second.
    turn = Rotation.from_rotvec(tilts[0] * second - tilts[1] * first)
    assert np.allclose(impulse, 9.6 * turn.apply(push), atol=9.6 * 4e-7)
    assert np.allclose(angular, np.cross(where - com, impulse), atol=1e-13)
    assert used == pytest.approx(9.6 / (9.80665 * 280.0), rel=1e-15)


# ---- pulses


def thrust_at(t: float, on: float, dead_time: float, rise: float, decay: float) -> float:
    """The thrust at t over full thrust, piece by piece: a lag of the first order each way, after a dead time."""
    since = t - dead_time
    if since < 0.0:
        return 0.0
    risen = 1.0 - math.exp(-min(since, on) / rise)
    return risen if since < on else risen * math.exp(-(since - on) / decay)


def moment_at(t: float, *pulse: float) -> float:
    """The thrust at t over full thrust, times t."""
    return t * thrust_at(t, *pulse)


@pytest.mark.parametrize("on", [0.002, 0.01, 0.1])
@pytest.mark.parametrize(
    ("dead_time", "rise", "decay"),
    [(0.0, 0.01, 0.01), (0.005, 0.004, 0.012), (0.02, 0.03, 0.001), (0.0, 0.001, 0.02)],
)
def test_a_pulse_has_the_impulse_and_the_centroid_of_its_thrust(on, dead_time, rise, decay):
    """Against quadrature over each piece of the thrust."""
    pieces = (dead_time, dead_time + on, dead_time + on + 60.0 * decay)
    given, moment = 0.0, 0.0
    for begin, end in pairwise(pieces):
        given += quad(thrust_at, begin, end, (on, dead_time, rise, decay), epsabs=1e-16)[0]
        moment += quad(moment_at, begin, end, (on, dead_time, rise, decay), epsabs=1e-16)[0]
    whole, centroid = pulse_of(on, 0.5, dead_time, rise, decay)
    assert whole == pytest.approx(given, rel=1e-10)
    assert centroid == pytest.approx(moment / given, rel=1e-10)


@pytest.mark.parametrize("on", [0.008, 0.1, 0.37, 1.0 / 3.0])
def test_a_pulse_without_lags_is_its_on_time_to_the_bit(on):
    assert pulse_of(on, 0.5, 0.0, 0.0, 0.0) == (on, 0.5 * on)
    assert pulse_of(on, 0.5, 0.01, 0.0, 0.0) == (on, 0.01 + 0.5 * on)
    assert isp_of_pulse(287.3, on, 0.5, 0.0) == 287.3


def test_a_lag_alike_both_ways_delays_a_pulse_and_leaves_its_impulse():
    """A linear lag of gain one: its own time constant later."""
    for on in (0.001, 0.01, 0.2):
        assert pulse_of(on, 0.5, 0.004, 0.01, 0.01) == pytest.approx((on, 0.5 * on + 0.014), rel=1e-12)


def test_a_decay_adds_and_a_rise_takes_its_time_constant_of_a_long_pulse():
    assert pulse_of(0.4, 0.5, 0.0, 0.0, 0.01)[0] == pytest.approx(0.41, rel=1e-14)
    assert pulse_of(0.4, 0.5, 0.0, 0.01, 0.0)[0] == pytest.approx(0.39, rel=1e-14)


def test_a_nozzle_that_stays_open_is_steady():
    assert pulse_of(0.5, 0.5, 0.01, 0.02, 0.03) == (0.5, 0.25)
    assert isp_of_pulse(280.0, 0.5, 0.5, 0.008) == 280.0


def test_a_pulse_loses_the_propellant_of_so_many_seconds():
    """Thrust over g0 isp times `half_isp`, whatever its length."""
    for on in (0.008, 0.02, 0.3):
        assert on / isp_of_pulse(280.0, on, 0.5, 0.008) == pytest.approx((on + 0.008) / 280.0, rel=1e-14)
    assert isp_of_pulse(280.0, 0.008, 0.5, 0.008) == pytest.approx(140.0, rel=1e-15)


def test_the_figures_that_the_key_cites_come_of_eight_milliseconds():
    at_10_ms, at_100_ms = (0.92 * isp_of_pulse(1.0, on, 0.5, 0.008) for on in (0.01, 0.1))
    assert at_10_ms == pytest.approx(0.50, abs=0.02)
    assert 0.75 < at_100_ms == pytest.approx(0.85, abs=0.005)


# ---- faults


@pytest.mark.parametrize(
    ("fault", "on", "given"),
    [
        (NozzleFault.NONE, 0.03, Failed(0.03, 1.0, 0.0)),
        (NozzleFault.STUCK_OFF, 0.03, Failed(0.0, 1.0, 0.0)),
        (NozzleFault.STUCK_ON, 0.03, Failed(0.1, 1.0, 0.0)),
        (NozzleFault.STUCK_ON, 0.0, Failed(0.1, 1.0, 0.0)),
        (NozzleFault.LEAK, 0.0, Failed(0.0, 1.0, 0.2)),
        (NozzleFault.LEAK, 0.03, Failed(0.03, 1.0, 0.2)),
        (NozzleFault.WEAK, 0.03, Failed(0.03, 0.2, 0.0)),
        (NozzleFault.WEAK, 0.0, Failed(0.0, 0.2, 0.0)),
    ],
)
def test_a_fault_changes_what_a_nozzle_does_while_it_lasts(fault, on, given):
    for t, during in ((9.9, False), (10.0, True), (19.9, True), (20.0, False)):
        now = failed(float(fault), since=10.0, until=20.0, fault_size=0.2, t=t, on=on, period=0.1)
        assert now == (given if during else Failed(on, 1.0, 0.0))


@pytest.mark.parametrize("on", [0.0, 0.03, 0.5])
def test_a_leak_is_an_even_flow_from_when_the_valve_closes_to_the_end_of_the_period(on):
    whole, centroid = leak_of(0.05, on, 0.5)
    assert whole == pytest.approx(0.05 * (0.5 - on), rel=1e-14)
    assert centroid == pytest.approx(0.5 * (on + 0.5), rel=1e-14)

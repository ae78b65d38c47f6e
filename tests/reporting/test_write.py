import base64
import json
import re
import shutil

import numpy as np
import pytest

import rvd
from rvd.core.signals import Outcome
from rvd.errors import StoreError
from rvd.montecarlo.lines import EVERY
from rvd.montecarlo.mission import Mission
from rvd.montecarlo.verdict import Judgement
from rvd.reporting import figures, style
from rvd.reporting.write import capitalised, columns_of, flights_to_draw, judged, write_report
from rvd.store import lines, manifest
from tests.short_case import TIGHT, short_case, write_short


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A campaign of twelve short runs, some of which leave a small box; the case it came from is gone."""
    home = tmp_path_factory.mktemp("campaign")
    case = write_short(home, TIGHT)
    rvd.campaign(case, out=home / "out", jobs=1)
    case.unlink()
    (home / "parts" / "htv_rcs.csv").unlink()
    return home / "out"


@pytest.fixture(scope="module")
def reported(folder):
    return write_report(folder, flights=4)


def test_a_report_needs_the_results_folder_alone(folder, reported):
    assert reported.page == folder / "report.html"
    assert sorted(p.name for p in reported.figures) == [
        "capture.png", "consistency.png", "corridor.png", "navigation.png", "outcomes.png", "speed.png",
    ]  # fmt: skip
    assert all(p.read_bytes().startswith(b"\x89PNG") for p in reported.figures)
    assert "Timeline of the nominal flight" in (folder / "tables.txt").read_text()
    page = reported.page.read_text()
    wholes = re.findall(r"<div class='scroll (?:whole|only)'><img", page)
    assert len(wholes) == 6 and not re.search(r"https?://", page)
    assert "Captured " in page and "; every rule was kept in " in page and "<dd>box: captured</dd>" in page
    assert f"rvd report {folder}" in page and "Failed runs, to fly again" in page and "Delta-v by leg" in page


def test_its_counts_are_those_of_the_rows(folder, reported):
    outcome = columns_of(folder)["outcome"]
    assert reported.counted.runs == outcome.size == 12
    assert reported.counted.good == (outcome == Outcome.CAPTURED).sum()
    assert 0 < reported.counted.good < 12
    assert reported.note == "" and reported.complete
    assert len(reported.findings) == len(short_case().require)


def test_runs_flown_again_end_as_their_rows_say(folder):
    rows = columns_of(folder)
    told = []
    mission = Mission(short_case(TIGHT))
    shown = flights_to_draw(mission, rows, 5, 5, jobs=2, progress=lambda *now: told.append(now))
    assert shown[0].run is None and len(shown) == 6 and told == [(k, 6) for k in range(1, 7)]
    for one in shown[1:]:
        assert one.flight.outcome == rows["outcome"][one.run]
        for name in ("t_end", "delta_v", "box_distance"):
            assert one.flight.result[name] == rows[name][one.run]


def test_lines_that_the_campaign_kept_are_not_flown_again(folder):
    """They are those of a flight, to the digits of a float32; the nominal flight alone is flown."""
    rows, told = columns_of(folder), []
    mission = Mission(short_case(TIGHT))
    shown = flights_to_draw(mission, rows, 5, 5, progress=lambda *now: told.append(now), folder=folder)
    assert told == [(1, 1)] and len(shown) == 6
    for one in shown[1:]:
        flight = mission.flight(one.run, 5, EVERY)
        assert one.flight.outcome == flight.outcome
        np.testing.assert_array_equal(one.flight.legs["t"], flight.legs["t"])
        for name, values in one.flight.history.items():
            np.testing.assert_allclose(values, flight.history[name], rtol=1e-7, atol=1e-30, err_msg=name)


@pytest.mark.parametrize("harm", ["gone", "cut", "foreign", "other end"])
def test_lines_that_cannot_be_used_are_flown_again(folder, tmp_path, harm):
    shutil.copytree(folder, tmp_path / "copy")
    file = tmp_path / "copy" / "flights" / "00000003.parquet"
    rows = columns_of(folder)
    if harm == "gone":
        file.unlink()
    elif harm == "cut":
        file.write_bytes(file.read_bytes()[:-40])
    elif harm == "foreign":
        found = lines.read(folder, manifest(folder).name, 3)
        file.write_bytes(lines.to_bytes(*found, "another campaign", 3))
    else:
        columns, facts = lines.read(folder, manifest(folder).name, 3)
        file.write_bytes(lines.to_bytes(columns, {**facts, "outcome": 7}, manifest(folder).name, 3))
    told = []
    shown = flights_to_draw(
        Mission(short_case(TIGHT)),
        rows,
        5,
        12,
        progress=lambda *now: told.append(now),
        folder=tmp_path / "copy",
    )
    assert told[-1] == (2, 2)
    assert [one.run for one in shown] == [None, *range(12)]
    assert shown[4].flight.outcome == rows["outcome"][3]


def test_a_lost_run_is_never_flown_again(folder):
    rows = columns_of(folder)
    lost = {**rows, "outcome": np.full(12, int(Outcome.LOST))}
    assert [one.run for one in flights_to_draw(Mission(short_case(TIGHT)), lost, 5, 5)] == [None]


def test_a_figure_is_rendered_once(folder, tmp_path, monkeypatch):
    """The picture of the page is the file of the folder."""
    drawn = []
    real = style.drawn
    monkeypatch.setattr(style, "drawn", lambda figure, form: drawn.append(form) or real(figure, form))
    monkeypatch.setattr(figures, "drawn", lambda figure, form: drawn.append(form) or real(figure, form))
    done = write_report(folder, tmp_path, flights=2)
    assert drawn == ["png"] * 6 and len(done.figures) == 6
    page = done.page.read_text()
    for path in done.figures:
        assert base64.b64encode(path.read_bytes()).decode() in page


def test_only_the_runs_before_a_gap_are_judged(folder):
    rows, mission = columns_of(folder), Mission(short_case(TIGHT))
    gap = {name: np.delete(values, 7) for name, values in rows.items()}
    first, findings = judged(gap, mission, manifest(folder))
    assert len(first["run"]) == 7 and all(finding.runs == 7 for finding in findings)
    elsewhere = {name: values[3:] for name, values in rows.items()}
    rows, findings = judged(elsewhere, mission, manifest(folder))
    assert rows is elsewhere and {finding.judgement for finding in findings} == {Judgement.UNDECIDED}


def test_a_campaign_cut_short_says_so(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "copy")
    with (tmp_path / "copy" / "events.ndjson").open("a") as log:
        log.write(json.dumps({"event": "asked", "runs": 50}) + "\n")
    done = write_report(tmp_path / "copy", tmp_path / "elsewhere", flights=0)
    assert "12 of 50 runs are stored so far" in done.note and not done.complete
    assert {finding.judgement for finding in done.findings} == {Judgement.UNDECIDED}
    assert all("12 of 50 runs are stored: no verdict yet" in finding.sentence for finding in done.findings)
    assert done.page == tmp_path / "elsewhere" / "report.html"
    assert "12 of 50 runs" in done.page.read_text()


def test_a_folder_without_results_is_refused_and_left_alone(tmp_path):
    with pytest.raises(StoreError, match="holds no results"):
        write_report(tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_sentence_alone_begins_with_a_capital():
    assert capitalised("captured 3 of 4 MET") == "Captured 3 of 4 MET"

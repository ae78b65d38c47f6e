import pytest

from rvd.montecarlo.pace import CHUNK_S, MOST_CHUNK, MOST_SLICE, SLICE_S, Pace


def test_nothing_is_known_at_first():
    pace = Pace()
    assert pace.slice() == 1
    assert pace.chunk(1000, 2) == 32
    assert pace.chunk(10, 2) == 3


@pytest.mark.parametrize("seconds_per_run", [1e-2, 0.1, 1.0])
def test_slices_and_chunks_last_as_long_as_they_should(seconds_per_run):
    pace = Pace()
    pace.learn(10, 10 * seconds_per_run)
    assert pace.slice() == max(1, int(SLICE_S / seconds_per_run + 1e-9))
    assert pace.chunk(10**6, 2) == int(CHUNK_S / seconds_per_run + 1e-9)


def test_rows_held_at_once_are_bounded():
    pace = Pace()
    pace.learn(10**6, 1e-3)
    assert (pace.slice(), pace.chunk(10**9, 2)) == (MOST_SLICE, MOST_CHUNK)


def test_a_slow_first_slice_is_forgotten_at_once_and_a_late_one_nearly_ignored():
    pace = Pace()
    pace.learn(1, 15.0)  # compiled
    assert pace.slice() == 1
    pace.learn(1, 0.01)
    assert pace.slice() == 25
    pace.learn(25, 25.0)  # waited for a core
    assert pace.slice() == 19


def test_the_last_chunks_are_shared_between_the_workers():
    pace = Pace()
    pace.learn(100, 1e-3)
    assert pace.chunk(100, 2) == 25
    assert pace.chunk(1, 8) == 1

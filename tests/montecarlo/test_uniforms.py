import numpy as np
import pytest
from scipy import stats
from scipy.stats import qmc

from rvd.core.algebra import random
from rvd.montecarlo.uniforms import (
    LEAST,
    SAMPLERS,
    Block,
    LatinHypercube,
    Plain,
    Sobol,
    philox,
    sampler,
    unit,
)

BLOCKS = [Block(11, 3), Block(4000000000, 1), Block(7, 2)]
RUNS = np.arange(64)


def test_philox_gives_the_known_answers_of_its_authors():
    """random123/tests/kat_vectors, philox4x32 10: counter and key all zeros, all ones, digits of pi."""
    zero = philox(0, np.array([0]), 0, np.array([0]))
    assert [hex(int(w[0, 0])) for w in zero] == ["0x6627e8d5", "0xe169c58d", "0xbc57ac4c", "0x9b00dbd8"]
    ones = philox(2**64 - 1, np.array([2**64 - 1], dtype=np.uint64), 2**32 - 1, np.array([2**32 - 1]))
    assert [hex(int(w[0, 0])) for w in ones] == ["0x408f276d", "0x41c83b0e", "0xa20bc7c6", "0x6d5451fd"]
    pi = philox(
        0x299F31D0A4093822,
        np.array([0x0370734413198A2E], dtype=np.uint64),
        0x85A308D3,
        np.array([0x243F6A88]),
    )
    assert [hex(int(w[0, 0])) for w in pi] == ["0xd16cfe09", "0x94fdcceb", "0x5001e420", "0x24126ea1"]


def test_philox_is_the_twin_of_the_kernels():
    words = philox(2**40 + 3, np.array([5, 2**33]), 77, np.array([0, 9]))
    for i, run in enumerate((5, 2**33)):
        for j, step in enumerate((0, 9)):
            theirs = random.uniform4(2**40 + 3, run, 77, step)
            assert [(int(w[i, j]) + 0.5) * 2.0**-32 for w in words] == pytest.approx(theirs, abs=0)


def test_uniforms_never_reach_zero_or_one():
    ends = unit(np.array([0, 2**52 - 1], dtype=np.uint64))
    assert ends.tolist() == [LEAST, 1.0 - LEAST]


@pytest.mark.parametrize("name", SAMPLERS)
def test_any_batches_in_any_order_give_the_same_bits(name):
    s = sampler(name, RUNS.size)
    whole = s.uniforms(5, RUNS, BLOCKS)
    assert whole.shape == (64, 6)
    shuffled = np.random.default_rng(0).permutation(RUNS)
    for batch in np.array_split(shuffled, 7):
        assert np.array_equal(s.uniforms(5, batch, BLOCKS), whole[batch])
    assert np.array_equal(s.uniforms(5, np.array([9, 9, 3]), BLOCKS), whole[[9, 9, 3]])


@pytest.mark.parametrize("name", SAMPLERS)
def test_a_draw_added_at_the_end_moves_no_other(name):
    s = sampler(name, RUNS.size)
    assert np.array_equal(s.uniforms(5, RUNS, [*BLOCKS, Block(3, 4)])[:, :6], s.uniforms(5, RUNS, BLOCKS))


@pytest.mark.parametrize("name", ["plain", "latin-hypercube"])
def test_a_draw_added_anywhere_moves_no_other(name):
    s = sampler(name, RUNS.size)
    assert np.array_equal(s.uniforms(5, RUNS, [Block(3, 4), *BLOCKS])[:, 4:], s.uniforms(5, RUNS, BLOCKS))


@pytest.mark.parametrize("name", SAMPLERS)
def test_another_seed_shares_no_draw(name):
    s = sampler(name, RUNS.size)
    one, other = s.uniforms(1, RUNS, BLOCKS), s.uniforms(2, RUNS, BLOCKS)
    assert not np.intersect1d(one, other).size


@pytest.mark.parametrize("name", SAMPLERS)
def test_every_element_is_uniform_and_independent_of_the_others(name):
    """Kolmogorov-Smirnov and Spearman over 4,096 runs; false-alarm rate 1e-6 a comparison, 6 + 15 of them."""
    u = sampler(name, 4096).uniforms(8, np.arange(4096), BLOCKS)
    assert u.min() > 0.0 and u.max() < 1.0
    for column in u.T:
        assert stats.kstest(column, "uniform").pvalue > 1e-6
    for i in range(6):
        for j in range(i):
            assert stats.spearmanr(u[:, i], u[:, j]).pvalue > 1e-6


@pytest.mark.parametrize("name", ["latin-hypercube", "sobol"])
def test_stratified_samplers_fill_every_stratum_once(name):
    u = sampler(name, 256).uniforms(3, np.arange(256), BLOCKS)
    for column in u.T:
        assert sorted(np.floor(column * 256)) == list(range(256))


def test_sobol_is_scipys_sequence_with_a_shift():
    ours = Sobol().uniforms(3, np.arange(128), [Block(1, 5)])
    theirs = qmc.Sobol(5, scramble=False, bits=32).random(128)
    words = (ours * 2.0**32).astype(np.uint64)
    assert np.array_equal((words ^ words[0]) * 2.0**-32, theirs)  # the sequence starts at zero
    plain = qmc.discrepancy(Plain().uniforms(3, np.arange(128), [Block(1, 5)]))
    assert qmc.discrepancy(ours) < 0.5 * plain


def test_a_batch_of_runs_shares_what_is_unknown_but_constant():
    for s in (Plain(), LatinHypercube(64)):
        u = s.uniforms(1, RUNS, [Block(2, 2, every=16), Block(3, 1)])
        assert [len(np.unique(c)) for c in u.T] == [4, 4, 64]
        assert np.all(u[:16, 0] == u[0, 0])
    with pytest.raises(ValueError, match="batch"):
        Sobol().uniforms(1, RUNS, [Block(2, 2, every=16)])


def test_a_run_outside_the_design_and_an_unknown_sampler_are_refused():
    with pytest.raises(ValueError, match="outside the design of 64"):
        LatinHypercube(64).uniforms(1, np.array([64]), BLOCKS)
    with pytest.raises(ValueError, match="no sampler named 'lhs'"):
        sampler("lhs", 3)


def test_no_draws_and_no_runs_give_empty_tables():
    for name in SAMPLERS:
        assert sampler(name, 8).uniforms(1, np.arange(8), []).shape == (8, 0)
        assert sampler(name, 8).uniforms(1, np.arange(0), BLOCKS).shape == (0, 6)

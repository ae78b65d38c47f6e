import pytest

from rvd.core.kernel import dispatch, kernel


@kernel
def double(x: float) -> float:
    return 2.0 * x


@kernel
def triple(x: float) -> float:
    return 3.0 * x


@pytest.mark.parametrize(("kind", "result"), [(0.0, 4.0), (1.0, 6.0), (7.0, 6.0)])
def test_the_member_of_that_number_is_called_and_the_last_for_any_other(kind, result):
    asked = dispatch("asked", "x", f"{kind}", {0: double, 1: triple})

    @kernel
    def use(x: float) -> float:
        return asked(x)

    assert use(2.0) == result


def test_another_number_goes_where_it_is_told():
    asked = dispatch("asked", "x", "x", {1: triple}, otherwise=double)

    @kernel
    def use(x: float) -> float:
        return asked(x)

    assert (use(1.0), use(5.0)) == (3.0, 10.0)

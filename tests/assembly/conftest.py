import pytest

from rvd.assembly.build import build
from rvd.casefile import load
from tests.casefile.small import HTV, small


@pytest.fixture(scope="module")
def htv():
    return build(load(HTV))


@pytest.fixture
def built(tmp_path):
    return build(small(tmp_path))

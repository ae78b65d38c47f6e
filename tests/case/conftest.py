import pytest

from rvd.assembly.build import build
from rvd.case import load
from tests.case.small import HTV, small


@pytest.fixture(scope="module")
def htv():
    return build(load(HTV))


@pytest.fixture
def built(tmp_path):
    return build(small(tmp_path))

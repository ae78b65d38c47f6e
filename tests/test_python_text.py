"""Source texts are read on several threads at once, as workers of a campaign do."""

import gc
import threading
import time

import pytest

from rvd.python_text import parsed

SOURCE = "\n".join(
    f"def f{i}(x):\n    return [(x + {i}) * (x - (1 + (2 + x))), {{'a': x}}]" for i in range(40)
)


@pytest.fixture
def switching():
    """Python collects often while it parses, and lets another thread go on each time."""

    def pause(phase: str, info: object) -> None:
        time.sleep(1e-5)

    before = gc.get_threshold()
    gc.set_threshold(20)
    gc.callbacks.append(pause)
    yield
    gc.callbacks.remove(pause)
    gc.set_threshold(*before)


def test_texts_are_parsed_on_several_threads_at_once(switching):
    failed = []

    def parse() -> None:
        try:
            for _ in range(5):
                parsed(SOURCE)
        except SystemError as error:
            failed.append(error)

    threads = [threading.Thread(target=parse) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed

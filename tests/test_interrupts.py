import signal
import subprocess
import sys
import threading

import pytest

from rvd.interrupts import ASKING, aside, deferred


class Asked(BaseException):
    pass


@pytest.fixture(autouse=True)
def handlers():
    """A handler that raises, for each of the signals."""

    def take(number, frame):
        raise Asked(number)

    before = {number: signal.signal(number, take) for number in ASKING}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", ASKING)
def test_a_step_is_taken_whole_before_the_handler_is_called(number):
    steps = []
    with pytest.raises(Asked) as caught, deferred():
        signal.raise_signal(number)
        steps.append("first")
        signal.raise_signal(number)
        steps.append("second")
    assert steps == ["first", "second"] and caught.value.args == (number,)
    with pytest.raises(Asked):
        signal.raise_signal(number)  # the handler is back


def test_a_step_that_waits_is_left_by_a_signal_that_comes_later(monkeypatch):
    now = [0.0]
    monkeypatch.setattr("rvd.interrupts.time.monotonic", lambda: now[0])
    steps = []
    with pytest.raises(Asked) as caught, deferred():
        signal.raise_signal(signal.SIGTERM)
        now[0] = 0.9
        signal.raise_signal(signal.SIGINT)
        steps.append("on")
        now[0] = 1.0
        signal.raise_signal(signal.SIGINT)
        steps.append("never")
    assert steps == ["on"] and caught.value.args == (signal.SIGINT,)


def test_a_step_that_fails_does_not_lose_the_signal():
    with pytest.raises(Asked) as caught, deferred():
        signal.raise_signal(signal.SIGTERM)
        raise OSError("the disk is full")
    assert isinstance(caught.value.__context__, OSError)


def test_what_is_ignored_or_left_to_the_system_stays_so():
    for other in (signal.SIG_IGN, signal.SIG_DFL):
        signal.signal(signal.SIGTERM, other)
        with deferred():
            assert signal.getsignal(signal.SIGTERM) is other
        assert signal.getsignal(signal.SIGTERM) is other


def test_in_another_thread_there_is_nothing_to_defer():
    seen = []

    def work():
        with deferred():
            seen.append(signal.getsignal(signal.SIGTERM))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [signal.getsignal(signal.SIGTERM)]


def test_work_aside_gives_its_answer_or_raises_its_error():
    assert aside(divmod, 7, 2) == (3, 1)
    assert aside(lambda *, x: (x, threading.current_thread() is threading.main_thread()), x=5) == (5, False)
    with pytest.raises(ZeroDivisionError):
        aside(lambda: 1 / 0)


def test_work_aside_is_not_torn_by_a_signal_that_its_caller_takes():
    begun, go_on, ended = threading.Event(), threading.Event(), threading.Event()

    def work():
        begun.set()
        signal.pthread_kill(threading.main_thread().ident, signal.SIGTERM)
        go_on.wait()
        ended.set()

    with pytest.raises(Asked):
        aside(work)
    assert begun.is_set() and not ended.is_set()
    go_on.set()
    ended.wait()


def test_in_a_thread_work_is_done_on_the_spot():
    seen = []
    thread = threading.Thread(target=lambda: seen.append(aside(threading.current_thread)))
    thread.start()
    thread.join()
    assert seen == [thread]


def test_python_waits_for_work_aside_before_it_ends():
    code = (
        "import signal, threading\nfrom rvd.interrupts import aside\nleft = threading.Event()\n"
        "main = threading.main_thread()\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "def work():\n    signal.pthread_kill(main.ident, signal.SIGINT)\n    left.wait()\n    print('whole')\n"
        "try:\n    aside(work)\nexcept KeyboardInterrupt:\n    print('left', flush=True)\n"
        "threading._register_atexit(left.set)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["left", "whole"]

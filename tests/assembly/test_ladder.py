"""The ladder: laws of the user's own compiled from their texts, kept, and what is said of one that is wrong."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rvd.assembly import ladder as room
from rvd.assembly.ladder import OwnLaw, ladder
from rvd.core.signals import Now
from rvd.errors import CaseError
from tests.core.guidance.legs import ZERO, leg

ROOT = Path(__file__).parents[2]

HEAD = "import math\nfrom rvd.guidance import coast, gain, own_law, track\n\n\n@own_law\n"
NOW = Now(3.0, 1e-3, (1.0, 2.0, 3.0), ZERO, (4.0, 5.0, 6.0), ZERO, 2.0)
NUMBERS = (10.0, 20.0, 30.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def law(body: str, numbers: int = 0, name: str = "mine", file: str = "my_laws.py") -> OwnLaw:
    """A law of this text after the head."""
    return OwnLaw(file, (HEAD + body).encode(), name, numbers)


STILL = law("def mine(leg, now):\n    return track(leg.to_leg, (0, 0, 0), over=now.s > 2.0)\n")
NUMBERED = law("def mine(leg, now, a, b=2):\n    return gain((a, b, now.s), stage=now.stage + 1)\n", 2)


def asked(laws, which, of=None):
    return ladder(laws)(which, of or leg(), NOW, NUMBERS)


def test_each_law_has_its_rung():
    laws = (STILL, NUMBERED)
    still, numbered = asked(laws, 0), asked(laws, 1)
    assert (still.translate, still.r_leg, still.over) == (1.0, leg().to_leg, 1.0)
    assert (numbered.translate, numbered.dv_leg, numbered.stage) == (2.0, (10.0, 20.0, 3.0), 3.0)
    assert asked(laws, 2).translate != asked(laws, 2).translate  # there is none: no number


def test_a_case_without_laws_of_its_own_has_a_ladder_that_is_never_asked():
    assert asked((), 0).translate != asked((), 0).translate


def test_two_files_of_one_name_are_two():
    other = law("def mine(leg, now):\n    return coast()\n", file="below/my_laws.py")
    assert [asked((STILL, other), k).translate for k in (0, 1)] == [1.0, 0.0]


def test_laws_compile_once_for_all_threads():
    laws = (law("def mine(leg, now):\n    return gain((now.s, 1.0, 1.0))\n"),)
    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(lambda _: id(ladder(laws)), range(8)))
    assert len(found) <= 4 and ladder(laws)(0, leg(), NOW, NUMBERS).dv_leg == (3.0, 1.0, 1.0)


ERRORS = [
    (
        "def mine(leg, now):\n    return leg.speed\n",
        7,
        "it does not compile: Unknown attribute 'speed' of type Leg;",
    ),
    ("def mine(leg, now):\n    return nothing_known(leg)\n", 0, "it does not compile: .*nothing_known"),
    ("def mine(leg, now):\n    return coast() if now.s > 1.0 else 3\n", 0, "it does not compile: "),
    (
        "def mine(leg, now):\n    return None\n",
        5,
        "it returns nothing, which no flight can follow; return track",
    ),
    (
        "def mine(leg, now):\n    return now.s\n",
        5,
        "it returns a value of type float64, which no flight can follow",
    ),
    ("def mine(leg, now):\n    return now.r_leg, ZERO\n\nZERO = 1\n", 5, "it returns a value of type Tuple"),
    ("def mine(leg, now, a):\n    return coast()\n", 0, "it does not compile: "),
    ("def mine(leg, now):\n    return coast()\n\n1 / 0\n", 9, "the file does not run: ZeroDivisionError"),
    (
        "def mine(leg, now):\n    return coast()\n\nimport nowhere_to_be_found\n",
        9,
        "stands alone: it imports",
    ),
    (
        "def mine(leg, now):\n    return coast()\n\nraise SystemExit(3)\n",
        9,
        "the file does not run: SystemExit",
    ),
    ("def mine(leg, now:\n    return coast()\n", 6, "this is not Python"),
    ("def other(leg, now):\n    return coast()\n\nmine = 3\n", 0, "is not a function marked @own_law"),
]


@pytest.mark.parametrize(("body", "line", "what"), ERRORS)
def test_what_is_wrong_with_a_law_is_one_sentence(body, line, what):
    with pytest.raises(CaseError, match=what) as caught:
        ladder((STILL, law(body)))
    error = caught.value
    assert (error.file, error.key) == ("my_laws.py", "mine")
    assert line in (0, error.line), str(error)
    assert "\n" not in str(error) and len(str(error)) < 500 and "rvd_own" not in str(error)


def test_a_law_that_raises_has_asked_for_no_number():
    text = "def mine(leg, now):\n    if now.s > 2.0:\n        raise ValueError('no')\n    return coast()\n"
    answer = asked((law(text),), 0)
    assert answer.translate != answer.translate


def test_what_a_file_prints_is_not_an_answer_of_ours(capsys):
    ladder((law("def mine(leg, now):\n    return coast()\n\nprint('hello')\n"),))
    out, err = capsys.readouterr()
    assert out == "" and "hello" in err


PROBE = """
import sys
from rvd.assembly.ladder import OwnLaw, ladder
text = sys.argv[1].encode()
own = ladder((OwnLaw("my_laws.py", text, "mine", 0),))
print(own.stats.cache_hits.total(), own.stats.cache_misses.total())
"""


def test_a_law_is_found_again_by_its_text(tmp_path):
    """A second process compiles nothing; a changed text is another law."""

    def stats(text):
        environment = os.environ | {"RVD_CACHE_DIR": str(tmp_path)}
        command = [sys.executable, "-c", PROBE, text]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout

    text = STILL.content.decode()
    assert [stats(text), stats(text), stats(text + "# changed\n")] == ["0 1\n", "1 0\n", "0 1\n"]


PLAIN = """
import sys
from tests.assembly.test_ladder import NUMBERED, STILL, asked
print([asked((STILL, NUMBERED), k) for k in (0, 1)])
"""


def test_plain_python_answers_the_same():
    def said(**environment):
        command = [sys.executable, "-c", PLAIN]
        done = subprocess.run(command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert said(NUMBA_DISABLE_JIT="1") == said() != ""


def test_a_kernel_of_the_user_s_and_a_house_law_may_be_called():
    text = (
        "def mine(leg, now):\n    _, r, v, _ = straight(leg, now.r_entry_leg, now.s)\n    return track(r, half(v))\n"
        "\n\nfrom rvd.core.guidance.straight import straight\nfrom rvd.core.kernel import kernel\n\n\n"
        "@kernel\ndef half(v):\n    return (0.5 * v[0], 0.5 * v[1], 0.5 * v[2])\n"
    )
    from rvd.core.guidance.straight import straight

    _, r, v, _ = straight(leg(), NOW.r_entry_leg, NOW.s)
    answer = asked((law(text),), 0)
    assert answer.r_leg == r and answer.v_leg == tuple(0.5 * x for x in v)


def test_a_law_is_ready_in_seconds():
    begin = time.process_time()
    ladder((law(f"def mine(leg, now):\n    return gain((0.0, {begin!r}, 0.0))\n"),))
    assert time.process_time() - begin < 60.0
    assert room.ladder.cache_info().currsize > 0

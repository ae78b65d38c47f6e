"""A results folder from elsewhere: nothing of it runs unless it is what was flown and its user trusts it."""

import json
import shutil

import pytest
from click.testing import CliRunner

import rvd
from rvd.cli import main
from rvd.errors import StoreError
from rvd.montecarlo.mission import Mission
from rvd.montecarlo.trust import LIST, admit, list_path, remember
from rvd.store.manifests import Manifest, content_hash, read_manifest
from tests.own_case import HEAD, own_case, write_own

LAW = f"""{HEAD}from pathlib import Path

Path(__file__).with_name("ran").touch()


@own_law
def mine(leg, now):
    return track(leg.to_leg, (0.0, 0.0, 0.0), over=True)
"""
"""A law that leaves a trace beside the file it runs from."""


@pytest.fixture(autouse=True)
def user(tmp_path, monkeypatch):
    """A user who has flown nothing, with an empty cache of laws."""
    monkeypatch.setenv("RVD_STATE_DIR", str(tmp_path / "state"))
    return tmp_path / "state" / LIST


def results(home, law=LAW, sealed=True):
    """A results folder as somebody else sent it: no rows yet, but all that comes before them."""
    case = own_case(home, law, passive=None, require=None)
    out = home / "res"
    shutil.copytree(home / "parts", out / "parts")
    (out / "my_laws.py").write_text(law)
    (out / "case.toml").write_text(case.text)
    identity = {
        "case": content_hash(case.text.encode()),
        "parts": {"parts/htv_rcs.csv": content_hash((home / "parts" / "htv_rcs.csv").read_bytes())},
        "code": {"my_laws.py": content_hash(law.encode())},
        "seed": 1,
        "sampling": {"name": "plain"},
    }
    (out / "manifest.json").write_text(Manifest(identity, {}).to_text())
    return out


def reseal(out, **changes):
    """The manifest with another identity and a seal that fits it."""
    identity = read_manifest(out).identity | changes
    (out / "manifest.json").write_text(Manifest(identity, {}).to_text())


@pytest.fixture
def ran(monkeypatch):
    """Which laws were made ready, without compiling them."""
    from rvd.assembly import build

    seen = []

    def laws_of(case):
        seen.extend(law.content for law in case.own_laws.values())
        raise InterruptedError

    monkeypatch.setattr(build, "laws_of", laws_of)
    return seen


COMMANDS = (
    ["check", "{}/case.toml"],
    ["fly", "{}/case.toml"],
    ["fly", "{}/case.toml", "--run", "3"],
    ["campaign", "{}/case.toml", "--runs", "1", "--out", "{}"],
    ["report", "{}", "--flights", "0"],
    ["verify", "{}"],
)


def call(command, out, *more):
    return CliRunner().invoke(main, [word.format(out) for word in command] + list(more))


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_foreign_law_needs_trust(tmp_path, ran, command):
    out = results(tmp_path)
    before = sorted(out.rglob("*"))
    said = call(command, out)
    assert said.exit_code == 2 and ran == [] and sorted(out.rglob("*")) == before
    assert len(said.stderr.strip().splitlines()) == 1
    for wanted in (f"{out}/my_laws.py", content_hash(LAW.encode()), "neither flown nor trusted", "--trust"):
        assert wanted in said.stderr
    assert isinstance(call(command, out, "--trust").exception, SystemExit) and ran == [LAW.encode()]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("trust", [(), ("--trust",)], ids=["", "--trust"])
@pytest.mark.parametrize("name", ["my_laws.py", "case.toml", "parts/htv_rcs.csv"])
def test_what_was_changed_after_the_campaign_is_refused_even_with_trust(tmp_path, ran, command, trust, name):
    out = results(tmp_path)
    remember(rvd.load(out / "case.toml"))
    (out / name).write_text((out / name).read_text() + "\n# another thought\n")
    said = call(command, out, *trust)
    assert said.exit_code == 2 and ran == []
    assert f"{out}/{name}: is not what was flown: its hash is" in said.stderr
    assert len(said.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("gone", ["my_laws.py", "parts/htv_rcs.csv", "case.toml"])
def test_what_is_missing_is_refused(tmp_path, ran, gone):
    out = results(tmp_path)
    (out / gone).unlink()
    said = call(["verify", "{}"], out, "--trust")
    assert said.exit_code == 2 and ran == [] and gone.split("/")[-1] in said.stderr


@pytest.mark.parametrize(
    "identity",
    [{"code": {}}, {"code": {"other.py": "0"}}, {"code": {"my_laws.py": content_hash(LAW.encode())}}],
)
def test_a_manifest_sealed_anew_makes_no_law_known(tmp_path, ran, identity):
    out = results(tmp_path)
    reseal(out, **identity)
    assert call(["report", "{}"], out).exit_code == 2 and ran == []


@pytest.mark.parametrize("name", ["../parts/htv_rcs.csv", "other.csv"])
def test_a_table_that_is_not_of_the_campaign_is_refused(tmp_path, ran, name):
    out = results(tmp_path)
    shutil.copy(out / "parts" / "htv_rcs.csv", out / "other.csv")
    text = (out / "case.toml").read_text().replace('"parts/htv_rcs.csv"', f'"{name}"')
    (out / "case.toml").write_text(text)
    reseal(out, case=content_hash(text.encode()))
    said = call(["verify", "{}"], out, "--trust")
    assert (
        said.exit_code == 2
        and ran == []
        and f"names a table '{name}' that is not of the campaign" in said.stderr
    )


@pytest.mark.parametrize("key", ["case", "parts", "code", "seed", "sampling"])
def test_a_manifest_that_leaves_something_out_is_refused(tmp_path, ran, key):
    out = results(tmp_path)
    identity = {name: value for name, value in read_manifest(out).identity.items() if name != key}
    (out / "manifest.json").write_text(Manifest(identity, {}).to_text())
    said = call(["report", "{}"], out, "--trust")
    assert said.exit_code == 2 and ran == [] and f"holds no {key} of a campaign" in said.stderr


def test_ones_own_case_is_asked_nothing_and_its_results_neither(tmp_path, user):
    case = rvd.load(write_own(tmp_path, LAW, passive=None, require=None))
    admit(case)
    assert not user.exists()
    Mission(case)
    seal, _, where = user.read_text().split(maxsplit=2)
    assert seal == content_hash(LAW.encode()) and "my_laws.py" in where
    Mission(case)
    assert len(user.read_text().splitlines()) == 1
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    admit(rvd.load(results(elsewhere) / "case.toml"))  # the same law, in a folder that somebody sent back


def test_trust_is_remembered_by_the_hash(tmp_path):
    out = results(tmp_path)
    foreign = rvd.load(out / "case.toml")
    with pytest.raises(StoreError, match="neither flown nor trusted"):
        Mission(foreign)
    Mission(foreign, trust=True)
    Mission(foreign)
    (tmp_path / "b").mkdir()
    other = rvd.load(results(tmp_path / "b", LAW + "# other\n") / "case.toml")
    with pytest.raises(StoreError, match=content_hash((LAW + "# other\n").encode())):
        Mission(other)


def test_a_case_changed_in_python_is_still_of_its_folder(tmp_path):
    case = rvd.load(results(tmp_path) / "case.toml").with_values({"campaign.runs": 3})
    with pytest.raises(StoreError, match="neither flown nor trusted"):
        rvd.fly(case)


def test_a_folder_without_laws_needs_no_trust(tmp_path):
    out = results(tmp_path)
    house = rvd.load(out / "case.toml").with_values({"leg.RI to hold point.law": "straight"})
    (out / "case.toml").write_text(house.text)
    reseal(out, case=content_hash(house.text.encode()), code={})
    admit(rvd.load(out / "case.toml"))


def test_a_folder_without_a_home_for_the_list_goes_on(tmp_path, monkeypatch):
    case = rvd.load(write_own(tmp_path, LAW, passive=None, require=None))
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("RVD_STATE_DIR", str(tmp_path / "file"))
    remember(case)
    admit(case)
    with pytest.raises(StoreError, match="neither flown nor trusted"):
        admit(rvd.load(results(tmp_path) / "case.toml"))


def test_a_path_adds_no_line_to_the_list(tmp_path, user):
    home = tmp_path / f"a\n{'0' * 32} b"
    home.mkdir()
    remember(rvd.load(write_own(home, LAW, passive=None, require=None)))
    assert len(user.read_text().splitlines()) == 1


@pytest.mark.parametrize(
    ("environment", "where"),
    [
        ({"RVD_STATE_DIR": "/a", "XDG_STATE_HOME": "/b"}, f"/a/{LIST}"),
        ({"XDG_STATE_HOME": "/b"}, f"/b/rvd/{LIST}"),
        ({"XDG_STATE_HOME": "b"}, f".local/state/rvd/{LIST}"),
        ({}, f".local/state/rvd/{LIST}"),
    ],
)
def test_the_list_lies_where_the_system_keeps_a_users_state(environment, where):
    assert list_path(environment).as_posix().endswith(where)


def test_the_list_is_text_that_a_user_can_read(tmp_path, user):
    remember(rvd.load(write_own(tmp_path, LAW, passive=None, require=None)))
    user.write_text("\n# a line of the user's own\n" + user.read_text())
    admit(rvd.load(results(tmp_path) / "case.toml"))
    assert json.loads(json.dumps(user.read_text())).isascii()

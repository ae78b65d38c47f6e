from xml.etree import ElementTree

from rvd.case.requirement import Requirement
from rvd.montecarlo.junit import junit, unfinished
from rvd.montecarlo.verdict import verdict
from tests.montecarlo.test_verdict import campaign


def test_each_requirement_is_a_test_with_its_sentence():
    requirements = [Requirement("captured", at_least=share) for share in (0.9, 0.9973, 0.99999)]
    findings = verdict(campaign(1000, 1), requirements)
    assert [f.judgement.value for f in findings] == ["MET", "UNDECIDED", "NOT MET"]
    suite = ElementTree.fromstring(junit(findings, "HTV <berthing> & \x07more", 12.3456))
    assert suite.attrib == {
        "name": "HTV <berthing> &  more", "tests": "3", "failures": "1", "errors": "1", "time": "12.346"
    }  # fmt: skip
    assert [case[0].tag for case in suite] == ["system-out", "error", "failure"]
    assert suite[2][0].attrib == {"type": "NOT MET", "message": findings[2].sentence}
    assert suite[0][0].text == findings[0].sentence


def test_nothing_required_is_an_empty_suite():
    assert ElementTree.fromstring(junit([], "x")).attrib["tests"] == "0"


def test_a_campaign_without_a_verdict_has_no_green_test():
    asked = [Requirement("captured", at_least=share) for share in (0.9, 0.9973)]
    said = "6 of 12 runs are flown: no verdict yet"
    for requirements, tests in ((asked, "2"), ([], "1")):
        suite = ElementTree.fromstring(unfinished(requirements, said, "HTV"))
        assert (suite.get("tests"), suite.get("errors"), suite.get("failures")) == (tests, tests, "0")
        assert [case[0].tag for case in suite] == ["error"] * int(tests)
        assert {case[0].get("message") for case in suite} == {said}


def test_a_requirement_on_no_run_is_an_error():
    nobody = [Requirement("fuel_kg", at_most=5000.0, share=0.9, of="contact")]
    suite = ElementTree.fromstring(junit(verdict(campaign(20, 3), nobody), "HTV"))
    assert suite.get("errors") == "1" and "nothing to judge" in suite[0][0].get("message")

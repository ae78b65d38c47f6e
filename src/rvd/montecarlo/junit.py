"""Findings as JUnit XML, which continuous integration shows as tests."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from rvd.case.requirement import Requirement

from .verdict import Finding, Judgement


def unfinished(requirements: Sequence[Requirement], sentence: str, title: str, seconds: float = 0.0) -> str:
    """The suite of a campaign without a verdict yet: an error of every requirement, and of a campaign without any."""
    names = [requirement.sentence for requirement in requirements] or ["all runs flown"]
    suite = _suite(title, seconds, tests=len(names), failures=0, errors=len(names))
    for name in names:
        case = ElementTree.SubElement(suite, "testcase", classname="require", name=_plain(name))
        ElementTree.SubElement(case, "error", type=Judgement.UNDECIDED.value, message=_plain(sentence))
    return _written(suite)


def junit(findings: Sequence[Finding], title: str, seconds: float = 0.0) -> str:
    """One test case a requirement: NOT MET is a failure, UNDECIDED an error, both with their sentence."""
    judgements = [finding.judgement for finding in findings]
    failures, errors = judgements.count(Judgement.NOT_MET), judgements.count(Judgement.UNDECIDED)
    suite = _suite(title, seconds, tests=len(findings), failures=failures, errors=errors)
    for finding in findings:
        name = _plain(finding.requirement.sentence)
        case = ElementTree.SubElement(suite, "testcase", classname="require", name=name)
        sentence = _plain(finding.sentence)
        if finding.judgement is Judgement.MET:
            ElementTree.SubElement(case, "system-out").text = sentence
        else:
            kind = "failure" if finding.judgement is Judgement.NOT_MET else "error"
            ElementTree.SubElement(case, kind, type=finding.judgement.value, message=sentence)
    return _written(suite)


def _suite(title: str, seconds: float, tests: int, failures: int, errors: int) -> ElementTree.Element:
    suite = ElementTree.Element("testsuite", name=_plain(title))
    for name, count in (("tests", tests), ("failures", failures), ("errors", errors)):
        suite.set(name, str(count))
    suite.set("time", f"{seconds:.3f}")
    return suite


def _written(suite: ElementTree.Element) -> str:
    ElementTree.indent(suite)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(suite, encoding="unicode") + "\n"


def _plain(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(c if c >= " " else " " for c in text)

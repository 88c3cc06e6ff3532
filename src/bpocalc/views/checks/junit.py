"""Findings as JUnit XML: a test suite for each file, with a test for the scenario and one for each expectation."""

from xml.sax.saxutils import escape, quoteattr

from bpocalc.checking import Checked, Finding
from bpocalc.judging import UNMET, Held
from bpocalc.problems import headline, printable
from bpocalc.views.checks.view import View

SCENARIO = "scenario"


def _attributes(**named: str) -> str:
    return "".join(f" {name}={quoteattr(printable(text))}" for name, text in named.items())


def _text(findings: list[Finding]) -> str:
    return escape("\n".join(line for f in findings for line in (headline(f.problem), *f.excerpt)))


def _scenario(checked: Checked) -> str:
    """The test that the scenario is valid; what does not fail it is told beside."""
    if checked.failed:
        body = f"<error{_attributes(message=checked.failed, type='unreadable')}/>"
    else:
        told = [f for f in checked.findings if not f.accepted and f.problem.code != UNMET]
        wrong = [f for f in told if f.problem.severity == "error"]
        doubtful = [f for f in told if f.problem.severity != "error"]
        body = ""
        if wrong:
            head = _attributes(message=wrong[0].problem.message, type=wrong[0].problem.code)
            body = f"<failure{head}>{_text(wrong)}</failure>"
        if doubtful:
            body += f"<system-out>{_text(doubtful)}</system-out>"
    return f"<testcase{_attributes(classname=checked.path, name=SCENARIO)}>{body}</testcase>\n"


def _expectation(held: Held, path: str) -> str:
    if held.verdict == "fail":
        body = f"<failure{_attributes(message=held.said, type=held.problem.code)}>{escape(held.why)}</failure>"
    else:
        body = f"<system-out>{escape(f'{held.verdict}: {held.said}')}</system-out>"
    return f"<testcase{_attributes(classname=path, name=held.name)}>{body}</testcase>\n"


def _file(checked: Checked) -> str:
    tests = str(1 + len(checked.held))
    failures = (checked.count("error") > 0) + sum(one.verdict == "fail" for one in checked.held)
    counts = _attributes(tests=tests, failures=str(failures), errors=str(int(bool(checked.failed))))
    cases = [_scenario(checked), *(_expectation(one, checked.path) for one in checked.held)]
    return f"<testsuite{_attributes(name=checked.path)}{counts}>\n{''.join(cases)}</testsuite>\n"


JUNIT = View(
    _file,
    head='<?xml version="1.0" encoding="utf-8"?>\n<testsuites name="bpocalc check">\n',
    tail=lambda tally: "</testsuites>\n",
)

"""All rules, and what comes of them: a scenario is held against each, and what it accepts is marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bpocalc.lints import avoidable, completeness, pay, shares, sources, symmetry, time, twice
from bpocalc.lints.rule import Doubt, Rule
from bpocalc.lints.subject import Subject
from bpocalc.problems import CATALOGUE, Problem, did_you_mean
from bpocalc.scenario.acceptance import Acceptance

RULES: list[Rule] = [
    completeness.nobody_steers,
    completeness.no_transition,
    completeness.saves_at_once,
    completeness.free_transition,
    completeness.no_severance,
    completeness.no_exit,
    completeness.no_changes,
    completeness.no_quality,
    completeness.no_risks,
    symmetry.fixed_price,
    symmetry.fixed_wages,
    symmetry.apart,
    symmetry.other_volume,
    symmetry.other_people,
    time.beyond_the_contract,
    time.real_rate,
    time.odd_transition,
    time.depreciation,
    time.capital_charge,
    time.dip_and_parallel,
    avoidable.allocated_overhead,
    avoidable.seats_at_once,
    twice.saved_twice,
    twice.focus_as_money,
    twice.automation_and_glide,
    twice.learning_twice,
    twice.severance_twice,
    twice.planned_credits,
    twice.contingency_and_risk,
    sources.unsourced,
    sources.too_old,
    sources.low_grade,
    sources.from_the_future,
    sources.idle,
    sources.thousands,
    shares.odd_governance,
    shares.odd_transfer,
    shares.always_at_work,
    shares.always_busy,
    shares.free_distance,
    pay.below_the_minimum,
]
UNMATCHED = "BPO191"
"""The code of an acceptance that accepts nothing; it cannot be accepted itself."""


class Linted(NamedTuple):
    """A problem that a rule found, and why the scenario accepts it, if it does."""

    problem: Problem
    accepted: str = ""


def lint(subject: Subject, told: Sequence[Problem] = (), *, computed: bool = False) -> Iterator[Linted]:
    """Hold a scenario against all rules; `told` are warnings from elsewhere, which may be accepted as well.

    Rules that look at results are left out unless the scenario is computed anyway.
    """
    acceptances = [(code, one) for one in subject.scenario.accept for code in _codes(one)]
    met: set[int] = set()
    for problem in told:
        yield Linted(problem, _accepted(problem.code, "", acceptances, met))
    for rule in RULES:
        if rule.computes and not computed:
            continue
        for found in rule.find(subject):
            problem = _problem(rule, found)
            yield Linted(problem, _accepted(rule.code, found.address, acceptances, met))
    left_out = {rule.code for rule in RULES if rule.computes and not computed}
    for number, (code, acceptance) in enumerate(acceptances):
        if number not in met and code not in left_out:
            yield Linted(_unmatched(code, acceptance))


def _codes(acceptance: Acceptance) -> list[str]:
    return [acceptance.rule] if isinstance(acceptance.rule, str) else acceptance.rule


def _problem(rule: Rule, found: Doubt) -> Problem:
    return Problem(rule.code, found.message, found.place, rule.cure, rule.severity)


def _accepted(code: str, address: str, acceptances: Sequence[tuple[str, Acceptance]], met: set[int]) -> str:
    """Why a finding is accepted, by the first acceptance that holds for it; all that do are met."""
    why = ""
    for number, (accepted, acceptance) in enumerate(acceptances):
        at = acceptance.at
        if accepted == code and (at is None or address == at or address.startswith(f"{at}.")):
            met.add(number)
            why = why or acceptance.why
    return why


def _unmatched(code: str, acceptance: Acceptance) -> Problem:
    known = {rule.code for rule in RULES} | CATALOGUE.keys()
    if code not in known:
        said, hint = f"'{code}' is no rule", did_you_mean(code, known)
    else:
        where = f" at {acceptance.at}" if acceptance.at else ""
        said, hint = f"{code} finds nothing{where} that could be accepted", "take the acceptance out"
    return Problem(UNMATCHED, said, acceptance.origin("rule").value, hint, "warning")

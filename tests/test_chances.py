"""Expectations of a simulation, against closed forms: the saving is a normal variable."""

import sys
from math import sqrt
from statistics import NormalDist

import pytest

from bpocalc.comparison import compare
from bpocalc.expectations import Judged, judge
from bpocalc.model.run import run
from bpocalc.problems import show
from bpocalc.scenario.loading import load_text

# In-house 40,000 a month for two years; the provider takes 10 × price, and 25,000 in month 1: 935,000 − 240 × price.
SIGMA = 400 / NormalDist().inv_cdf(0.9)
DESK = """title: a desk
currency: USD
inflation: 0%
months: 24
discount_rate: 0%
functions:
  desk:
    in_house: {teams: {clerks: {fte: 10, salary: 48_000}}}
    options:
      manila:
        location: PH
        per: fte_month
        price: {value: 3_000, low: 2_600, high: 3_400, dist: normal}
        costs: {setup: {amount: 25_000, per: once, month: 1}}
"""


def one(that: str) -> Judged:
    text = f"{DESK}expect: ['{that}']\n"
    judgement = judge(compare(run(load_text(text.encode(), "desk.yaml"))))
    assert [show(problem, text) for problem in judgement.problems] == []
    return judgement.judged[0]


@pytest.mark.parametrize(
    ("that", "actual"),
    [
        ("p10(desk.manila.total_saving) >= 0", 215_000 - 240 * 400),
        ("p50(desk.manila.npv_saving) >= 0", 215_000),
        ("p90(desk.manila.total_saving) >= 0", 215_000 + 240 * 400),
        ("mean(desk.manila.total_saving) >= 0", 215_000),
        ("mean(desk.manila.charges.price) <= 800_000", 720_000),
    ],
)
def test_quantiles_and_means_are_those_of_the_trials(that: str, actual: float) -> None:
    found = one(that)
    assert found.actual == pytest.approx(actual, abs=240 * SIGMA * 0.005)
    assert (found.unit, found.verdict) == ("USD", "pass")


@pytest.mark.parametrize(
    ("that", "price"),
    [
        ("prob(desk.manila.total_saving > 0) >= 99%", 935_000 / 240),
        ("prob(0 < desk.manila.total_saving) >= 99%", 935_000 / 240),
        ("prob(desk.manila.saving_share >= 25%) >= 20%", (935_000 - 240_000) / 240),
        ("prob(desk.manila.payback_cash <= 3) >= 60%", 40_000 / 10 - 25_000 / 30 + 0.005 / 30),
        ("prob(desk.manila.payback_cash == never) <= 1%", None),
    ],
)
def test_a_probability_is_that_of_a_normal_variable(that: str, price: float | None) -> None:
    found = one(that)
    limit = 935_000 / 240 if price is None else price
    expected = NormalDist(3_000, SIGMA).cdf(limit)
    expected = 1 - expected if price is None else expected
    assert found.actual == pytest.approx(expected, abs=4 * sqrt(expected * (1 - expected) / 10_000))
    assert (found.unit, found.verdict) == ("share", "pass")


def test_an_expectation_of_the_plain_run_draws_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "bpocalc.chances", None)
    assert one("desk.manila.total_saving == 215_000").verdict == "pass"


def test_two_results_are_compared_trial_by_trial() -> None:
    assert one("prob(desk.manila.total_saving >= desk.manila.npv_saving) == 100%").verdict == "pass"


def test_without_anything_uncertain_a_probability_is_all_or_nothing() -> None:
    text = f"{DESK}expect: [prob(desk.manila.total_saving > 0) == 100%]\n"
    loaded = load_text(text.encode(), "desk.yaml", ["functions.desk.options.manila.price=3_000"])
    assert judge(compare(run(loaded))).judged[0].actual == 1

"""Simulation: against closed forms for linear cases, published sensitivity indices, and runs of the model."""

from math import pi, sqrt
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pytest

from bpocalc.about import Input
from bpocalc.comparison import Comparison, compare
from bpocalc.model.run import run
from bpocalc.scenario.loading import load_text
from bpocalc.scenario.overrides import override_of
from bpocalc.studies.distributions import Array, normal
from bpocalc.studies.draws import stratified
from bpocalc.studies.information import information, ranks
from bpocalc.studies.late import late
from bpocalc.studies.odds import odds, quantile, share
from bpocalc.studies.simulation import NothingUncertain, Simulation, Way, simulate

SCENARIOS = Path(__file__).parent.parent / "scenarios"
TRIALS = 4_000
LINEAR = """
title: Rent against fees
currency: USD
months: 12
discount_rate: 0%
functions:
  work:
    in_house:
      costs: {rent: {per: month, amount: {value: 1_000, low: 900, high: 1_100, dist: normal}, avoidable: 100%}}
    options:
      out: {location: PH, charges: {fee: {kind: fixed, amount: {value: 900, low: 850, high: 950, dist: normal}}}}
"""
RENT, FEE = "functions.work.in_house.costs.rent.amount", "functions.work.options.out.charges.fee.amount"
NORMAL = NormalDist()
SIGMA = {RENT: 12 * 100 / NORMAL.inv_cdf(0.9), FEE: 12 * 50 / NORMAL.inv_cdf(0.9)}
RISKY = """
title: Rent with risks
currency: USD
months: 24
discount_rate: 0%
inflation: 0%
functions:
  work:
    in_house:
      costs: {rent: {per: month, amount: 1_000, avoidable: 100%}}
      risks:
        fire: {probability: 60%, impact: 500}
        strike: {outcomes: [{cost: 0, probability: 50%}, {cost: 120, probability: 30%}, {cost: 360, probability: 20%}]}
    options:
      out: {location: PH, charges: {fee: {kind: fixed, amount: 900}}, risks: {}}
      better: {in_house: {risks: {fire: {probability: 30%}}}}
"""


def compared(text: str, *overrides: str) -> Comparison:
    return compare(run(load_text(text.encode(), "case.yaml", list(overrides))))


def simulated(text: str, *overrides: str, trials: int = TRIALS, seed: int = 1) -> Simulation:
    return simulate(compared(text, *overrides), trials, seed)


def way(made: Simulation, key: str, group: str = "work") -> Way:
    return next(one for one in made.groups[group] if one.key == key)


def saving(made: Simulation, key: str = "out", group: str = "work") -> Array:
    found = way(made, key, group).saving
    assert found is not None
    return found


# Closed forms: the saving is 12 · (rent − fee), a normal variable


def test_the_mean_and_quantiles_of_a_linear_case_are_those_of_a_normal_distribution() -> None:
    out = odds(simulated(LINEAR).groups["work"])["out"]
    sigma = sqrt(SIGMA[RENT] ** 2 + SIGMA[FEE] ** 2)
    assert out.mean is not None
    assert out.mean.value == pytest.approx(1_200, abs=sigma / TRIALS)  # slices leave next to nothing of the error
    assert out.mean.error == pytest.approx(sigma / sqrt(TRIALS), rel=0.05)
    expected = [1_200 + NORMAL.inv_cdf(p) * sigma for p in (0.1, 0.5, 0.9)]
    for found, value in zip(out.quantiles, expected, strict=True):
        assert found.value == pytest.approx(value, abs=4 * found.error)


def test_the_probability_of_a_loss_is_that_of_a_normal_distribution() -> None:
    made = odds(simulated(LINEAR).groups["work"])
    loses = made["out"].loses
    assert loses is not None
    expected = NORMAL.cdf(-1_200 / sqrt(SIGMA[RENT] ** 2 + SIGMA[FEE] ** 2))
    assert loses.value == pytest.approx(expected, abs=4 * loses.error)
    assert made["in_house"].best.value == pytest.approx(loses.value)
    assert made["out"].best.value + made["in_house"].best.value == pytest.approx(1)


def test_a_correlation_narrows_the_spread_of_a_difference() -> None:
    made = simulated(f"{LINEAR}correlations: {{dear: {{between: [{RENT}, {FEE}], coefficient: 0.8}}}}\n", trials=10_000)
    rho = 2 * np.sin(pi / 6 * 0.8)
    variance = SIGMA[RENT] ** 2 + SIGMA[FEE] ** 2 - 2 * rho * SIGMA[RENT] * SIGMA[FEE]
    assert saving(made).std() == pytest.approx(sqrt(variance), rel=0.02)


def test_knowing_everything_and_each_input_alone_is_worth_the_unit_normal_loss() -> None:
    made = simulated(LINEAR, trials=20_000)
    known = information(made.groups["work"], made.inputs)

    def worth(sigma: float) -> float:
        z = 1_200 / sigma
        return sigma * (NORMAL.pdf(z) - z * NORMAL.cdf(-z))

    everything = worth(sqrt(SIGMA[RENT] ** 2 + SIGMA[FEE] ** 2))
    assert known.everything.value == pytest.approx(everything, abs=4 * known.everything.error)
    for driver in known.drivers:
        assert driver.worth == pytest.approx(worth(SIGMA[driver.address]), abs=3)


def test_importance_is_the_rank_correlation_of_two_normal_variables() -> None:
    made = simulated(LINEAR, trials=20_000)
    known = information(made.groups["work"], made.inputs)
    total = sqrt(SIGMA[RENT] ** 2 + SIGMA[FEE] ** 2)
    assert [driver.address for driver in known.drivers] == [RENT, FEE]
    for driver, sign in zip(known.drivers, (1, -1), strict=True):
        rho = sign * SIGMA[driver.address] / total
        assert driver.ranks["out"] == pytest.approx(6 / pi * np.arcsin(rho / 2), abs=0.01)
        assert driver.shares["out"] == pytest.approx(rho**2, abs=0.01)


def test_variance_shares_are_the_first_order_indices_that_sobol_finds() -> None:
    """The function of Oakley & O'Hagan 2004 with five normal inputs, two of which act together; SALib's estimator."""
    oakley = pytest.importorskip("SALib.test_functions.oakley2004")
    sobol, sampling = pytest.importorskip("SALib.analyze.sobol"), pytest.importorskip("SALib.sample.sobol")
    linear = np.array([[1, 0.5, -0.3, 0, 0.1], [0.5, 0, 0, 1, 0], [0, 0.8, 0, 0.4, 0]])
    joint = np.zeros((5, 5))
    joint[0, 1], joint[2, 2] = 0.6, 0.3
    names = [f"x{number}" for number in range(5)]
    problem = {"num_vars": 5, "names": names, "bounds": [[0, 1]] * 5, "dists": ["norm"] * 5}
    runs = oakley.evaluate(sampling.sample(problem, 2048, calc_second_order=False, seed=1), linear, joint)
    reference = sobol.analyze(problem, runs, calc_second_order=False, seed=1)
    inputs = {name: normal(stratified(1, name, 10_000)) for name in names}
    result = oakley.evaluate(np.array([*inputs.values()]).T, linear, joint)
    known = information([Way("base", "", "", result * 0), Way("out", "", "", -result, result)], inputs)
    found = {driver.address: driver.shares["out"] for driver in known.drivers}
    assert [found[name] for name in names] == pytest.approx(reference["S1"].tolist(), abs=0.03)


def test_an_input_that_acts_up_and_down_again_shows_in_its_share_and_not_in_its_rank() -> None:
    """Ishigami & Homma 1990: sin x1 + 7 sin² x2 + 0.1 x3⁴ sin x1; the first index is 0.3139, x3 has none of its own."""
    x = {name: 2 * pi * stratified(1, name, 20_000) - pi for name in ("x1", "x2", "x3")}
    y = np.sin(x["x1"]) + 7 * np.sin(x["x2"]) ** 2 + 0.1 * x["x3"] ** 4 * np.sin(x["x1"])
    known = information([Way("base", "", "", y * 0), Way("out", "", "", -y, y)], x)
    found = {driver.address: driver for driver in known.drivers}
    assert found["x1"].shares["out"] == pytest.approx(0.3139, abs=0.02)
    assert found["x3"].shares["out"] == pytest.approx(0, abs=0.005)
    assert found["x2"].ranks["out"] == pytest.approx(0, abs=0.02)


# The model itself


@pytest.mark.parametrize("name", ["customer-support", "inside-sales", "it-service-desk"])
def test_a_trial_is_what_a_run_with_its_values_gives(name: str) -> None:
    text = (SCENARIOS / f"{name}.yaml").read_text("utf-8")
    made = simulated(text, trials=100)
    inputs = made.comparison.run.loaded.inputs
    for trial in (0, 63):
        sets = []
        for address, drawn in made.inputs.items():
            about = inputs[address].about
            assert isinstance(about, Input)
            sets.append(override_of(address, about, float(drawn[trial])))
        again = compared(text, *sets)
        for key, ways in made.groups.items():
            group = again.functions.get(key) or again.total
            assert group is not None
            for one in ways:
                if key != "total" or one.key == "in_house":  # which mixes there are may change
                    expected = group.results[one.key].metrics["pv_cost"].figure
                    assert one.cost[trial] == pytest.approx(expected, rel=1e-9), (one.address, trial)


def test_the_same_seed_gives_the_same_trials_and_another_seed_others() -> None:
    assert saving(simulated(LINEAR)).tolist() == saving(simulated(LINEAR)).tolist()
    assert saving(simulated(LINEAR)).tolist() != saving(simulated(LINEAR, seed=2)).tolist()


def test_another_uncertain_input_moves_no_draw() -> None:
    made = simulated(LINEAR, f"{FEE}=900")
    assert made.inputs.keys() == {RENT}
    assert made.inputs[RENT].tolist() == simulated(LINEAR).inputs[RENT].tolist()


def test_all_options_meet_the_same_draws() -> None:
    two = LINEAR + "      too: {location: PH, charges: {fee: {kind: fixed, amount: 800}}}\n"
    made = simulated(two, f"{FEE}=900")
    assert saving(made, "too") - saving(made) == pytest.approx(np.full(TRIALS, 1_200.0))


def test_what_is_certain_cannot_be_simulated() -> None:
    with pytest.raises(NothingUncertain):
        simulated(LINEAR, f"{FEE}=900", f"{RENT}=1000")


def test_a_trial_without_a_number_is_left_out_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    def now_and_then(about: Input, value: float, p: Array) -> Array:
        return np.where(p < 0.25, np.nan, value)

    monkeypatch.setattr("bpocalc.studies.simulation.values", now_and_then)
    made = simulated(LINEAR, f"{FEE}=900")
    assert made.failed == TRIALS / 4
    assert saving(made).tolist() == [1_200] * (TRIALS * 3 // 4)
    assert [len(drawn) for drawn in made.inputs.values()] == [TRIALS * 3 // 4]


def test_what_a_delay_moves_behind_the_last_month_is_told() -> None:
    # the transition takes 6 months, P10 4 and P90 8, from month 6 of 12: late from 7 on
    text = LINEAR.replace("location: PH", "location: PH, transition: {start: 6, months: {value: 6, low: 4, high: 8}}")
    made = simulated(text)
    expected = 1 - NormalDist(6, 2 / NORMAL.inv_cdf(0.9)).cdf(6)
    assert late(made) == {"functions.work.options.out.transition": pytest.approx(expected, abs=1e-3)}
    assert late(simulated(LINEAR)) == {}


def test_an_input_of_few_values_is_worth_what_the_means_at_each_of_them_say() -> None:
    # 300 trials without the event, in which the option saves 40 or 60, and 100 with it, in which it loses 90 or 110:
    # by itself it saves (300 · 50 − 100 · 100) ÷ 400 = 12.5; who knows of the event stays in-house then: 37.5
    happens = np.array([0.0, 0.0, 0.0, 1.0] * 100)
    gained = np.where(happens == 1, -100.0, 50.0) + np.repeat([10.0, -10.0], 200)
    known = information([Way("base", "", "", gained * 0), Way("out", "", "", -gained, gained)], {"event": happens})
    (driver,) = known.drivers
    assert driver.worth == pytest.approx(37.5 - 12.5, rel=1e-12)
    # variance between the groups, 3/4 · 37.5² + 1/4 · 112.5², of that and the 10² within them
    assert driver.shares["out"] == pytest.approx(4218.75 / 4318.75, rel=1e-12)


# Risks


def test_a_risk_happens_as_often_as_its_probability_says() -> None:
    made = simulated(RISKY, trials=20_000)
    fires = made.risks["functions.work.in_house.risks.fire"]
    assert fires.mean() == pytest.approx(2 * 0.6, abs=4 * sqrt(24 * 0.05 * 0.95 / 20_000))
    assert fires.var() == pytest.approx(24 * 0.05 * 0.95, rel=0.05)
    assert set(np.unique(fires)) <= set(range(25))


def test_what_risks_cost_is_their_average_in_a_plain_run_and_their_events_in_a_simulated_one() -> None:
    # two years: 60 % of 500 and a mean outcome of 0.3 · 120 + 0.2 · 360 = 108
    plain = compared(RISKY).functions["work"].results["in_house"].metrics["pv_cost"].figure
    assert plain == pytest.approx(24_000 + 2 * (300 + 108))
    cost = way(simulated(RISKY, trials=20_000), "in_house").cost - 24_000
    fire, strike = 500**2 * 24 * 0.05 * 0.95, 2 * (0.3 * 120**2 + 0.2 * 360**2 - 108**2)
    assert cost.mean() == pytest.approx(816, abs=4 * sqrt((fire + strike) / 20_000))
    assert cost.var() == pytest.approx(fire + strike, rel=0.05)


def test_a_year_ends_in_exactly_one_outcome() -> None:
    made = simulated(RISKY, "functions.work.in_house.risks.fire.probability=0%")
    paid = (way(made, "in_house").cost - 24_000).round(6)
    assert set(np.unique(paid)) <= {0, 120, 240, 360, 480, 720}


def test_a_risk_that_an_improvement_makes_rarer_happens_then_only_when_it_would_have_before() -> None:
    (strike,) = [line for line in RISKY.splitlines(keepends=True) if "strike" in line]
    gained = saving(simulated(RISKY.replace(strike, "")), "better")
    assert gained.min() == 0
    assert gained.mean() == pytest.approx(300, abs=4 * gained.std() / sqrt(TRIALS))


def test_an_uncertain_probability_makes_a_risk_more_or_less_frequent_from_trial_to_trial() -> None:
    text = RISKY.replace("probability: 60%", "probability: {value: 60%, low: 24%, high: 96%, dist: uniform}")
    made = simulated(text, trials=20_000)
    fires, chance = (made.risks["functions.work.in_house.risks.fire"],
                     made.inputs["functions.work.in_house.risks.fire.probability"])  # fmt: skip
    rare, often = fires[chance < 0.42], fires[chance > 0.78]
    assert rare.mean() == pytest.approx(2 * 0.33, abs=4 * rare.std() / sqrt(rare.size))
    assert often.mean() == pytest.approx(2 * 0.87, abs=4 * often.std() / sqrt(often.size))


# Estimates


def test_the_error_of_a_share_is_that_of_a_coin() -> None:
    found = share(np.arange(100) < 20)
    assert found.value == pytest.approx(0.2)
    assert found.error == pytest.approx(0.04)


def test_the_error_of_a_quantile_is_that_of_its_density() -> None:
    # sqrt(p(1 − p)/n) ÷ density; the density of a uniform variable is 1
    found = quantile(np.arange(10_000) / 10_000, 0.5)
    assert found.value == pytest.approx(0.49995)
    assert found.error == pytest.approx(0.005, abs=1e-4)


def test_ranks_of_a_sample_are_its_order() -> None:
    assert ranks(np.array([0.3, -1, 7])).tolist() == [2, 1, 3]

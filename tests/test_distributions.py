"""Distributions: each range against what it means, and against closed forms."""

from math import erf, exp, log, sqrt

import numpy as np
import pytest

from bpocalc.about import Input, Spread
from bpocalc.studies.distributions import Array, beta_probability, beta_quantile, normal, values

GRID = (np.arange(20_000) + 0.5) / 20_000
P = np.array([0.1, 0.5, 0.9])
FREE = Input("x", "$")


def at(p: Array, value: float, low: float, high: float, dist: str, bounds: Input = FREE) -> Array:
    about = bounds._replace(spread=Spread(low, high, dist))
    return values(about, value, p)


def test_of_a_plain_range_the_value_is_the_median_and_the_ends_are_p10_and_p90() -> None:
    assert at(P, 10, 8, 15, "split_normal") == pytest.approx([8, 10, 15], rel=1e-12)


@pytest.mark.parametrize("dist", ["normal", "lognormal"])
def test_the_ends_of_a_normal_and_a_lognormal_range_are_p10_and_p90(dist: str) -> None:
    assert at(P[::2], 10, 8, 15, dist) == pytest.approx([8, 15], rel=1e-12)
    assert at(P[1:2], 10, 8, 15, dist) == pytest.approx([11.5 if dist == "normal" else sqrt(8 * 15)], rel=1e-12)


def test_a_uniform_range_has_its_limits_as_ends() -> None:
    assert at(np.array([0, 0.25, 1]), 10, 8, 16, "uniform") == pytest.approx([8, 10, 16])


def test_a_triangular_range_has_the_value_as_its_mode() -> None:
    # P(x < mode) = (10 − 8) ÷ (16 − 8); mean (8 + 10 + 16) ÷ 3; variance (a² + b² + c² − ab − ac − bc) ÷ 18
    made = at(GRID, 10, 8, 16, "triangular")
    assert at(np.array([0, 0.25, 1]), 10, 8, 16, "triangular") == pytest.approx([8, 10, 16])
    assert made.mean() == pytest.approx(34 / 3, rel=1e-7)
    assert made.var() == pytest.approx((64 + 100 + 256 - 80 - 128 - 160) / 18, rel=1e-5)


def test_a_pert_range_has_the_mean_and_variance_of_its_beta_distribution() -> None:
    # mean (a + 4m + b) ÷ 6; variance (mean − a)(b − mean) ÷ 7
    made, mean = at(GRID, 10, 8, 16, "pert"), (8 + 40 + 16) / 6
    assert made.mean() == pytest.approx(mean, rel=1e-6)
    assert made.var() == pytest.approx((mean - 8) * (16 - mean) / 7, rel=1e-5)


@pytest.mark.parametrize("dist", ["triangular", "pert"])
@pytest.mark.parametrize("value", [8, 16])
def test_the_mode_may_be_an_end_of_the_range(dist: str, value: float) -> None:
    made = at(GRID, value, 8, 16, dist)
    assert 8 <= made.min() < made.max() <= 16
    assert np.all(np.diff(made) > 0)


def test_a_range_of_no_width_is_its_value() -> None:
    assert at(P, 3, 3, 3, "pert").tolist() == [3, 3, 3]


def test_a_tail_ends_at_the_bounds_of_the_field() -> None:
    ends = np.array([1e-9, 1 - 1e-9])
    assert at(ends, 0.5, 0.1, 0.9, "split_normal", Input("x", "share", least=0.0, most=1.0)).tolist() == [0, 1]


def test_where_a_bound_is_not_allowed_a_tail_ends_halfway_to_it() -> None:
    assert at(np.array([1e-9]), 10, 4, 12, "normal", Input("x", "$", least=0.0, open=True)).tolist() == [2]


def test_normal_quantiles_are_those_of_the_error_function() -> None:
    p = np.array([1e-9, 0.01, 0.3, 0.5, 0.975])
    back = [(1 + erf(z / sqrt(2))) / 2 for z in normal(p).tolist()]
    assert back == pytest.approx(p.tolist(), rel=1e-7)


@pytest.mark.parametrize(
    ("a", "b", "cumulative"),
    [
        (1.0, 5.0, lambda x: 1 - (1 - x) ** 5),
        (5.0, 1.0, lambda x: x**5),
        (3.0, 3.0, lambda x: x**3 * (10 - 15 * x + 6 * x**2)),
        (2.0, 4.0, lambda x: 1 - (1 - x) ** 4 * (1 + 4 * x)),
    ],
)
def test_beta_quantiles_agree_with_closed_forms(a: float, b: float, cumulative: object) -> None:
    assert callable(cumulative)
    p = np.concatenate([[1e-12, 1e-6], GRID[::97], [1 - 1e-6]])
    x = beta_quantile(a, b, p)
    assert cumulative(x) == pytest.approx(p, abs=1e-14)
    assert beta_probability(a, b, x) == pytest.approx(p, abs=1e-14)


def test_beta_quantiles_of_any_mode_are_turned_back_by_an_integral() -> None:
    # the density c·x^(a−1)·(1−x)^(b−1) summed over midpoints, which converges as its smoothness allows
    a, b = 2.7, 3.3
    x = (np.arange(400_000) + 0.5) / 400_000
    density = x ** (a - 1) * (1 - x) ** (b - 1)
    cumulative = density.cumsum() / density.sum()
    p = np.array([0.05, 0.37, 0.8])
    assert np.interp(beta_quantile(a, b, p), x + 0.5 / 400_000, cumulative) == pytest.approx(p, abs=1e-9)


def test_a_lognormal_range_has_the_mean_of_its_logarithms() -> None:
    sigma = log(15 / 8) / 2 / 1.2815515655446004
    assert at(GRID, 10, 8, 15, "lognormal").mean() == pytest.approx(sqrt(120) * exp(sigma**2 / 2), rel=1e-5)

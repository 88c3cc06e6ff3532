"""Draws: stratified, one stream for each name, correlated without losing a value."""

import numpy as np
import pytest

from bpocalc.scenario.correlation import is_possible
from bpocalc.studies.distributions import Array
from bpocalc.studies.draws import correlated, stratified, stream
from bpocalc.studies.information import ranks


def spearman(x: Array, y: Array) -> float:
    return float(np.corrcoef(ranks(x), ranks(y))[0, 1])


def test_each_slice_holds_exactly_one_trial() -> None:
    assert sorted((stratified(1, "price", 1000) * 1000).astype(int).tolist()) == list(range(1000))


def test_the_same_seed_and_name_give_the_same_draws_and_others_give_others() -> None:
    first = stratified(1, "price", 100).tolist()
    assert stratified(1, "price", 100).tolist() == first
    assert stratified(1, "volume", 100).tolist() != first
    assert stratified(2, "price", 100).tolist() != first


def test_the_streams_of_two_names_do_not_run_together() -> None:
    assert stream(1, "a", "b").random(3).tolist() != stream(1, "ab").random(3).tolist()
    assert abs(spearman(stratified(1, "price", 10_000), stratified(1, "volume", 10_000))) < 0.03


@pytest.mark.parametrize("rank", [-0.8, 0.3, 0.95])
def test_correlated_draws_have_the_rank_correlation_that_is_asked_for(rank: float) -> None:
    samples = {name: stratified(1, name, 10_000) for name in "ab"}
    made = correlated(samples, "ab", [[1, rank], [rank, 1]])
    assert spearman(made["a"], made["b"]) == pytest.approx(rank, abs=0.01)


def test_correlating_keeps_every_value_and_the_order_of_the_first() -> None:
    samples = {name: stratified(1, name, 1000) for name in "abc"}
    made = correlated(samples, "abc", [[1, 0.5, 0], [0.5, 1, 0.4], [0, 0.4, 1]])
    assert made["a"].tolist() == samples["a"].tolist()
    assert np.sort(made["b"]).tolist() == np.sort(samples["b"]).tolist()
    assert spearman(made["a"], made["c"]) == pytest.approx(0, abs=0.02)


@pytest.mark.parametrize(
    ("ranks_", "possible"),
    [
        ([[1, 0.5], [0.5, 1]], True),
        ([[1, 1], [1, 1]], False),
        ([[1, -1], [-1, 1]], False),
        ([[1, 0.9, 0.9], [0.9, 1, -0.9], [0.9, -0.9, 1]], False),
        ([[1, 0.5, 0.5], [0.5, 1, 0.5], [0.5, 0.5, 1]], True),
        ([[1, -0.6, -0.6], [-0.6, 1, -0.6], [-0.6, -0.6, 1]], False),
    ],
)
def test_a_matrix_is_possible_where_its_eigenvalues_are_positive(ranks_: list[list[float]], possible: bool) -> None:
    assert is_possible(ranks_) is possible
    assert bool((np.linalg.eigvalsh(2 * np.sin(np.pi / 6 * np.array(ranks_))) > 1e-9).all()) is possible


def test_equal_values_share_their_rank() -> None:
    assert ranks(np.array([3.0, 1, 3, 2])).tolist() == [3.5, 1, 3.5, 2]

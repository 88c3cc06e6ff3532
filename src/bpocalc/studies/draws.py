"""Draws: samples of the uncertain inputs, stratified, each from a stream of its own, correlated where that is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256

import numpy as np

from bpocalc.studies.distributions import Array, normal

CLOSEST = 2.0**-53
"""How near a probability may come to 0 and to 1."""


def stream(seed: int, *names: str | int) -> np.random.Generator:
    """The random numbers of a name: another name has others, whatever else is drawn."""
    digest = sha256("\0".join(map(str, names)).encode()).digest()
    words = [int.from_bytes(digest[at : at + 4], "big") for at in range(0, len(digest), 4)]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *words])))


def stratified(seed: int, name: str, trials: int) -> Array:
    """Probabilities of an input, one in each of as many equal slices as there are trials, in random order.

    This is Latin hypercube sampling (McKay, Beckman & Conover 1979), one input at a time.
    """
    numbers = stream(seed, name)
    order = numbers.random(trials).argsort(kind="stable")
    return np.clip((order + numbers.random(trials)) / trials, CLOSEST, 1 - CLOSEST)


def correlated(
    samples: Mapping[str, Array], names: Sequence[str], ranks: Sequence[Sequence[float]]
) -> dict[str, Array]:
    """The samples of these names in another order, so that their rank correlations are those of the matrix.

    Each keeps its own values (Iman & Conover 1982); the first name keeps its order too. LinAlgError where the matrix
    is not positive definite.
    """
    scores = normal(np.array([samples[name] for name in names]))
    target = np.linalg.cholesky(2 * np.sin(np.pi / 6 * np.array(ranks)))
    moved = target @ np.linalg.solve(np.linalg.cholesky(np.corrcoef(scores)), scores)
    places = moved.argsort(axis=1, kind="stable").argsort(axis=1, kind="stable")
    return {name: np.sort(samples[name])[place] for name, place in zip(names, places, strict=True)}

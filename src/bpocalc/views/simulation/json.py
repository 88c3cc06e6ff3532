"""A simulation as JSON: the odds of each option, the fan of its saving, what drives it; figures unrounded."""

from __future__ import annotations

from typing import Any

import numpy as np

from bpocalc import __version__
from bpocalc.comparison import Group
from bpocalc.studies.information import Information
from bpocalc.studies.odds import QUANTILES, Estimate, Odds
from bpocalc.studies.simulation import Way, groups_of
from bpocalc.table import number
from bpocalc.views.json import dump
from bpocalc.views.simulation.report import answers
from bpocalc.views.simulation.subject import Subject

FORMAT, VERSION = "bpocalc.simulation", 1
NAMES = ("p10", "p50", "p90")


def render(subject: Subject) -> str:
    """One object."""
    simulation, comparison = subject.simulation, subject.simulation.comparison
    scenario, clock = comparison.run.loaded.scenario, comparison.run.book.clock
    return (
        dump(
            {
                "format": FORMAT,
                "version": VERSION,
                "engine": __version__,
                "scenario": {"path": subject.path, "sha256": subject.sha256, "title": scenario.title},
                "currency": scenario.currency,
                "start": str(clock.start) if clock.start else None,
                "months": clock.months,
                "soft_counted": comparison.soft,
                "case": comparison.run.loaded.case,
                "trials": simulation.trials,
                "trials_failed": simulation.failed,
                "seed": simulation.seed,
                "answers": answers(subject),
                "groups": [_group(group, subject) for group in groups_of(comparison)],
            }
        )
        + "\n"
    )


def _group(group: Group, subject: Subject) -> dict[str, Any]:
    ways = subject.simulation.groups[group.key]
    return {
        "key": group.key,
        "title": group.title,
        "baseline": group.baseline,
        "options": [_option(group, way, subject.odds[group.key][way.key]) for way in ways],
        "information": _information(subject.information[group.key]),
    }


def _option(group: Group, way: Way, odds: Odds) -> dict[str, Any]:
    made: dict[str, Any] = {"key": way.key, "title": way.title, "best": _estimate(odds.best)}
    if odds.mean is None or odds.loses is None or way.so_far is None:
        return made
    fan = np.quantile(way.so_far, QUANTILES, axis=1).T.tolist()
    return made | {
        "npv_saving": {"plain": number(group.results[way.key].metrics["npv_saving"]), "mean": _estimate(odds.mean)}
        | {name: _estimate(one) for name, one in zip(NAMES, odds.quantiles, strict=True)},
        "loses_money": _estimate(odds.loses),
        "saving_so_far": [{"year": year} | dict(zip(NAMES, row, strict=True)) for year, row in enumerate(fan, 1)],
    }


def _estimate(estimate: Estimate) -> dict[str, float]:
    return {"value": estimate.value, "standard_error": estimate.error}


def _information(known: Information) -> dict[str, Any]:
    return {
        "everything": _estimate(known.everything),
        "inputs": [
            {"address": d.address, "rank_correlation": d.ranks, "variance_share": d.shares, "worth": d.worth}
            for d in known.drivers
        ],
    }

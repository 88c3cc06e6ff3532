"""The comparison as JSON: nested results, and beside them the flat facts; figures unrounded, never NaN."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from bpocalc import __version__
from bpocalc.about import Line
from bpocalc.answers import answers
from bpocalc.arbitrage import parts
from bpocalc.bridge import Step
from bpocalc.comparison import Comparison, Group, Result
from bpocalc.notation import write
from bpocalc.notes import missing, reasons
from bpocalc.quantity import Quantity, in_year, total, worth
from bpocalc.references import Figure, figures, used
from bpocalc.studies.volume import Strained
from bpocalc.summary import named_mix
from bpocalc.table import delivery_of, number, place_of
from bpocalc.views.facts import COLUMNS, dates, fact_lines
from bpocalc.views.judgement import decision, in_case, qualitative

FORMAT, VERSION = "bpocalc.comparison", 1
INTERNAL = {"irr_last_below", "irr_first_above", "sign_change"}
"""Results that only serve to find others."""


def render(
    comparisons: Sequence[Comparison],
    paths: Sequence[str],
    hashes: Sequence[str],
    strains: Sequence[Sequence[Strained]] = (),
) -> str:
    """One object for one scenario, a list of them for several; with each comparison at other volumes where asked."""
    stress = [{"stress": [_strained(one) for one in some]} for some in strains] or [{}] * len(comparisons)
    each = zip(comparisons, paths, hashes, stress, strict=True)
    return _joined([_with_facts(result(c, path, sha) | more, [c]) for c, path, sha, more in each])


def render_cases(files: Sequence[tuple[str, str, Sequence[Comparison]]]) -> str:
    """The same of files in all their cases: path, hash and comparisons, of which the one without a case comes first."""
    return _joined([
        _with_facts(result(several[0], path, sha) | {"cases": [in_case(one) for one in several]}, several)
        for path, sha, several in files
    ])  # fmt: skip


def _with_facts(made: dict[str, Any], comparisons: Sequence[Comparison]) -> str:
    facts = ",".join(text for comparison in comparisons for text in fact_texts(comparison))
    return f"{dump(made)[:-1]},{dump('facts')}:[{facts}]}}"


def _joined(made: Sequence[str]) -> str:
    return (made[0] if len(made) == 1 else f"[{','.join(made)}]") + "\n"


def dump(value: Any) -> str:
    """A value as compact JSON."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def fact_texts(comparison: Comparison) -> Iterator[str]:
    """Each fact as an object; thousands that differ in few keys are written faster than they are dumped."""
    clock = comparison.run.book.clock
    months = [dump(dict(zip(COLUMNS[6:9], when, strict=True)))[1:-1] + f",{dump(COLUMNS[9])}:" for when in dates(clock)]
    for what, row in fact_lines(comparison):
        head = dump(dict(zip(COLUMNS, what[:6], strict=False)))[:-1]
        tail = dump({COLUMNS[10]: what[6]})[1:]
        for month, amount in zip(months, row, strict=True):
            yield f"{head},{month}{amount!r},{tail}"


def result(comparison: Comparison, path: str, sha256: str) -> dict[str, Any]:
    """The object of one scenario, its facts apart."""
    loaded, clock = comparison.run.loaded, comparison.run.book.clock
    scenario, inputs = loaded.scenario, used(comparison)
    found = figures(inputs, loaded)
    discounting, named = scenario.discount_rate, named_mix(comparison)
    return {
        "format": FORMAT,
        "version": VERSION,
        "engine": __version__,
        "scenario": {"path": path, "sha256": sha256, "title": scenario.title},
        "currency": scenario.currency,
        "start": str(clock.start) if clock.start else None,
        "months": clock.months,
        "discounting": {
            "rate": discounting.rate.figure,
            "timing": discounting.timing,
            "compounding": discounting.compounding,
        },
        "soft_counted": comparison.soft,
        "case": loaded.case,
        "answers": answers(comparison),
        "functions": [_group(comparison, group) for group in comparison.functions.values()],
        "total": _group(comparison, comparison.total) if comparison.total else None,
        "best_mix": {"options": comparison.best.options, "exhaustive": comparison.best.exhaustive},
        "named_mix": [{"function": f, "option": o} for f, o in named.items()] if named else None,
        "decision": decision(comparison),
        "qualitative": qualitative(comparison),
        "missing": [{"address": i.address, "unit": i.unit} for i in missing(inputs)],
        "reference": [_reference(figure) for figure in found if figure.about.source.reference],
        "rate_card": [_reference(figure) for figure in found if figure.about.source.card],
        "warnings": [{"code": p.code, "message": p.message, "line": p.place.line} for p in loaded.warnings],
    }


def _group(comparison: Comparison, group: Group) -> dict[str, Any]:
    ways = comparison.run.functions.get(group.key)
    function = ways.function if ways else None
    return {
        "key": group.key,
        "title": group.title,
        "process": function.process if function else None,
        "side": (function.side or None) if function else None,
        "unit": function.demand.unit if function and function.demand else None,
        "baseline": group.baseline,
        "best": group.best,
        "tie": list(group.tie),
        "options": [_option(comparison, group, result) for result in group.results.values()],
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "cause": step.cause,
        "nominal": number(total(step.nominal)),
        "discounted": number(total(step.discounted)),
    }


def _option(comparison: Comparison, group: Group, result: Result) -> dict[str, Any]:
    clock, stream = comparison.run.book.clock, result.stream
    figures = {name: number(q) for name, q in result.metrics.items() if not q.is_row and name not in INTERNAL}
    why = reasons(result, clock.months)
    ways = comparison.run.functions.get(group.key)
    if ways and ways.function.demands:
        figures["cost_per_unit"], why["cost_per_unit"] = None, "the function has several demands, and no one unit"
    return {
        "key": result.key,
        "title": result.title,
        "location": place_of(comparison, group, result.key) or None,
        "delivery": delivery_of(comparison, group, result.key) or None,
        "metrics": figures,
        "reasons": why,
        "categories": [
            {"category": name, "cost": number(total(cost)), "discounted": number(total(discounted))}
            for name, (cost, discounted) in stream.by_category.items()
        ],
        "bridge": [_step(one) for one in comparison.bridges.steps(group.key, result.key)],
        "bridge_parts": [_step(one) for one in parts(comparison.bridges, group.key, result.key)],
        "years": [_year(result, clock.year, year) for year in range(1, clock.years + 1)],
        "lines": [
            {
                "address": _address(entry.quantity),
                "title": entry.title,
                "category": entry.category,
                "once": entry.once,
                "soft": entry.soft,
                "formula": write(entry.quantity),
                "cost": number(total(entry.quantity)),
                "discounted": number(worth(entry.quantity, factor)),
            }
            for _, entry, factor in stream.lines
        ],
    }


def _strained(strained: Strained) -> dict[str, Any]:
    """A comparison at another volume."""
    comparison = strained.comparison
    groups = [*comparison.functions.values(), *([comparison.total] if comparison.total else [])]
    names = ("total_cost", "pv_cost", "cost_per_unit", "total_saving", "npv_saving", "saving_share")
    return {
        "factor": strained.factor,
        "groups": [
            {
                "key": group.key,
                "best": group.best,
                "options": [
                    {"key": r.key} | {name: number(r.metrics[name]) for name in names if name in r.metrics}
                    for r in group.results.values()
                ],
            }
            for group in groups
        ],
    }


def _year(result: Result, years: Quantity, year: int) -> dict[str, Any]:
    rows = {"cost": result.stream.cost, "discounted": result.stream.discounted}
    rows |= {name: q for name in ("saving", "saving_discounted") if (q := result.metrics.get(name)) is not None}
    return {"year": year} | {name: number(in_year(row, years, year)) for name, row in rows.items()}


def _address(q: Quantity) -> str:
    assert isinstance(q.about, Line)
    return q.about.name


def _reference(figure: Figure) -> dict[str, Any]:
    item, source = figure.about, figure.about.source
    return {
        "address": item.address,
        "value": figure.value,
        "unit": item.unit,
        "source": source.text,
        "as_of": source.as_of,
        "grade": source.grade,
        "covers": source.note,
        "file": item.place.file if item.place else None,
        "line": item.place.line if item.place else None,
        "age": figure.age,
        "stale": figure.stale,
    }

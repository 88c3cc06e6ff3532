"""The JSON of `bpocalc compare` as JSON Schema. Keys may be added within a version, so no object is closed."""

from __future__ import annotations

from bpocalc.scenario.results import RESULTS
from bpocalc.schema.figures import Schema
from bpocalc.schema.scenario import DRAFT
from bpocalc.views.facts import COLUMNS
from bpocalc.views.json import FORMAT, VERSION

IDENTITY = f"urn:{FORMAT.replace('.', ':')}:{VERSION}"
TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
WHOLE: Schema = {"type": "integer"}
FLAG: Schema = {"type": "boolean"}
FIGURE: Schema = {"type": ["number", "null"]}
"""A figure; null where there is none."""
SAID: Schema = {"type": ["string", "null"]}
"""A text; null where there is none."""


def _a(what: str, of: Schema) -> Schema:
    """A value with its description."""
    return {"description": what, **of}


def _object(what: str, properties: Schema, *, optional: tuple[str, ...] = ()) -> Schema:
    """An object with all these keys, but for the optional ones."""
    required = [name for name in properties if name not in optional]
    return {"description": what, "type": "object", "properties": properties, "required": required}


def _list(what: str, items: Schema) -> Schema:
    return {"description": what, "type": "array", "items": items}


def _or_null(of: Schema) -> Schema:
    return {"anyOf": [of, {"type": "null"}]}


def schema() -> Schema:
    """The schema of a comparison: one object for one scenario, a list of them for several."""
    one = {"$ref": "#/definitions/comparison"}
    definitions = {"comparison": _comparison(), "group": _group(), "option": _option(), "metrics": _metrics()}
    return {
        "$schema": DRAFT,
        "$id": IDENTITY,
        "title": "A comparison by bpocalc",
        "anyOf": [one, {"type": "array", "items": one}],
        "definitions": definitions,
    }


def _comparison() -> Schema:
    group, pairs = {"$ref": "#/definitions/group"}, {"function": TEXT, "option": TEXT}
    discounting = {"rate": _a("Rate a year.", NUMBER), "timing": TEXT, "compounding": TEXT}
    mix = {"options": _a("One option for each function.", {"type": "object", "additionalProperties": TEXT})}
    mix["exhaustive"] = _a("Whether every combination was tried.", FLAG)
    warning = {"code": TEXT, "message": TEXT, "line": WHOLE}
    scenario = {"path": _a("As it was given.", TEXT), "sha256": _a("Of the file.", TEXT), "title": TEXT}
    return _object(
        "A scenario compared.",
        {
            "format": {"const": FORMAT},
            "version": {"const": VERSION},
            "engine": _a("Version of bpocalc.", TEXT),
            "scenario": _object("The scenario.", scenario),
            "currency": _a("Reporting currency.", TEXT),
            "start": _a("First month.", SAID),
            "months": _a("Months that were computed.", WHOLE),
            "discounting": _object("How later money is discounted.", discounting),
            "soft_counted": _a("Whether soft lines are in the figures.", FLAG),
            "case": _a("The case that was computed; empty without one.", TEXT),
            "answers": _list("The answer in words.", TEXT),
            "functions": _list("The functions.", group),
            "total": _or_null(group),
            "best_mix": _object("The mix of least present value of cost.", mix),
            "named_mix": _or_null(_list("The mix that the scenario names.", _object("One function.", pairs))),
            "decision": _or_null(_decision()),
            "qualitative": _list("Factors without a price.", _factor()),
            "missing": _list("Inputs taken as neutral.", _object("An input.", {"address": TEXT, "unit": TEXT})),
            "reference": _list("Reference figures behind the results.", _reference()),
            "rate_card": _list("Figures of rate cards behind the results.", _reference()),
            "warnings": _list("What is doubtful.", _object("A warning.", warning)),
            "cases": _list("All cases, where asked for.", _case()),
            "stress": _list("The comparison at other volumes, where asked for.", _strained()),
            "facts": _list("Every cost line by month.", _fact()),
        },
        optional=("cases", "stress"),
    )


def _group() -> Schema:
    return _object(
        "A function, or the whole scenario.",
        {
            "key": TEXT,
            "title": TEXT,
            "process": SAID,
            "side": _a("Front office or back office.", SAID),
            "unit": _a("What one unit of work is called.", SAID),
            "baseline": _a("The option that the others are measured against.", TEXT),
            "best": _a("The option of least present value of cost.", TEXT),
            "tie": _list("Options that are materially the same as the best.", TEXT),
            "options": _list("The options, the baseline among them.", {"$ref": "#/definitions/option"}),
        },
    )


def _metrics() -> Schema:
    known = {name: _a(f"In {unit.replace('$', 'money')}.", FIGURE) for name, unit in RESULTS.items()}
    return _a("Results by name.", {"type": "object", "properties": known, "additionalProperties": FIGURE})


def _option() -> Schema:
    category = {"category": TEXT, "cost": NUMBER, "discounted": NUMBER}
    step = {"cause": TEXT, "nominal": NUMBER, "discounted": NUMBER}
    year = {"year": WHOLE, "cost": NUMBER, "discounted": NUMBER, "saving": NUMBER, "saving_discounted": NUMBER}
    line = {
        "address": TEXT,
        "title": TEXT,
        "category": TEXT,
        "once": _a("Whether it is paid once.", FLAG),
        "soft": _a("Whether it is no money.", FLAG),
        "formula": _a("In words.", TEXT),
        "cost": _a("Over all months.", NUMBER),
        "discounted": _a("Over all months, discounted.", NUMBER),
    }
    return _object(
        "One way to run the function.",
        {
            "key": TEXT,
            "title": TEXT,
            "location": SAID,
            "delivery": _a("onshore, nearshore or offshore.", SAID),
            "metrics": {"$ref": "#/definitions/metrics"},
            "reasons": _a("Why a metric is null.", {"type": "object", "additionalProperties": TEXT}),
            "categories": _list("Cost by category.", _object("A category.", category)),
            "bridge": _list("From the cost of the baseline to this one.", _object("A step.", step)),
            "bridge_parts": _list("Labor rate and productivity of the work.", _object("A part.", step)),
            "years": _list(
                "By contract year.", _object("A year.", year, optional=("saving", "saving_discounted"))
            ),
            "lines": _list("Every cost line.", _object("A line.", line)),
        },
    )  # fmt: skip


def _decision() -> Schema:
    verdict: Schema = {"function": TEXT, "incumbent": TEXT, "option": TEXT}
    verdict |= {"required_saving": FIGURE, "total_saving": FIGURE, "rule_margin": FIGURE}
    verdict |= {"passes": FLAG, "sentence": TEXT}
    return _object(
        "The decision rule, and what it says of each option.",
        {
            **dict.fromkeys(("rule", "title", "source", "edition", "text"), SAID),
            "saving_at_least": FIGURE,
            "of": SAID,
            "capped_at": FIGURE,
            "at_tie": _a("Whether exactly enough passes or fails.", SAID),
            "materiality": FIGURE,
            "verdicts": _list("Option by option.", _object("A verdict.", verdict)),
        },
    )


def _factor() -> Schema:
    scores = {"type": "object", "additionalProperties": FIGURE}
    fields = {"function": TEXT, "factor": TEXT, "title": TEXT, "weight": NUMBER, "scores": scores}
    return _object("A factor.", fields)


def _reference() -> Schema:
    texts = dict.fromkeys(("source", "as_of", "grade", "covers"), TEXT)
    whole: Schema = {"type": ["integer", "null"]}
    places = {"file": SAID, "line": whole, "age": whole, "stale": {"type": "boolean"}}
    return _object("A figure.", {"address": TEXT, "value": NUMBER, "unit": TEXT, **texts, **places})


def _results(more: Schema) -> Schema:
    """The options of a group with some of their results."""
    return _list("The options.", _object("An option.", {"key": TEXT, **more}, optional=tuple(more)))


def _case() -> Schema:
    options = _results({"metrics": {"$ref": "#/definitions/metrics"}})
    group = {"key": TEXT, "baseline": TEXT, "best": TEXT, "tie": {"type": "array", "items": TEXT}, "options": options}
    mix = {"options": {"type": "object", "additionalProperties": TEXT}, "exhaustive": FLAG}
    one = _object("A function.", group)
    fields = {"case": TEXT, "title": TEXT, "functions": _list("The functions.", one), "total": _or_null(one)}
    return _object("A case.", fields | {"best_mix": _object("The best mix.", mix)})


def _strained() -> Schema:
    names = ("total_cost", "pv_cost", "cost_per_unit", "total_saving", "npv_saving", "saving_share")
    group = _object("A group.", {"key": TEXT, "best": TEXT, "options": _results(dict.fromkeys(names, FIGURE))})
    return _object("At one volume.", {"factor": NUMBER, "groups": _list("The functions.", group)})


def _fact() -> Schema:
    kinds = {"month": WHOLE, "year": WHOLE, "amount": NUMBER, "date": SAID}
    return _object("A cost line in a month.", {name: kinds.get(name, TEXT) for name in COLUMNS})

"""The scenario language as JSON Schema, from the parts that read it, in the forms in which it is written.

Draft 7, which the language servers of editors know best. What no single field can know (names that point at nothing,
figures that contradict each other) is left to `bpocalc check`.
"""

from __future__ import annotations

from typing import Any, get_args

from bpocalc.locations import location_keys, roles
from bpocalc.scenario.charges import CHARGES, SHORT_FORMS, AnyCharge
from bpocalc.scenario.check_parts import IDENTIFIER
from bpocalc.scenario.currencies import CURRENCIES
from bpocalc.scenario.declared import Field, fields_of
from bpocalc.scenario.demand import Demand
from bpocalc.scenario.fields import Each, In
from bpocalc.scenario.function import PROCESSES, Function
from bpocalc.scenario.option import AnyOption, Improved, Leg, Outsourced
from bpocalc.scenario.parts import Part
from bpocalc.scenario.pricing import Price
from bpocalc.scenario.qualitative import Factor
from bpocalc.scenario.rates import REFERENCE
from bpocalc.scenario.scenario import LANGUAGE, Discounting, ExchangeRate, Place, Scenario
from bpocalc.schema.described import all_docs, inside, parts_in, summary
from bpocalc.schema.figures import (
    TEXT,
    Schema,
    about_a_figure,
    in_words,
    known,
    name_of,
    plain,
    several,
    single,
    steps,
)
from bpocalc.timeline import MOST_MONTHS

DRAFT = "http://json-schema.org/draft-07/schema#"
IDENTITY = f"urn:bpocalc:scenario:{LANGUAGE}"
NAME = f"^{IDENTIFIER.pattern}$"
KEYS: dict[str, Schema] = {"fx": {"enum": sorted(CURRENCIES)}, "locations": {}, "burden_parts": {}}
KEYS["set"] = {"pattern": r"^(?!cases\b|expect\b)[a-z]\w*(\.\w+)*$"}
"""What the keys of a map may be, where they are not names."""
FORMS = {"flag": {"type": "boolean"}, "number": {"type": "integer"}, "text": TEXT}
FORMS["names"] = {"anyOf": [TEXT, {"type": "array", "items": TEXT}]}
WORDS: dict[str, Schema] = {
    "currency": {"enum": sorted(CURRENCIES)},
    "process": {"enum": list(PROCESSES)},
    "location": {**TEXT, "examples": sorted(location_keys())},
    "home": {**TEXT, "examples": sorted(location_keys())},
    "role": {**TEXT, "examples": sorted(roles())},
    "start": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"},
    "bpocalc": {"const": LANGUAGE},
    "months": {"type": "integer", "minimum": 1, "maximum": MOST_MONTHS},
    "that": {"type": "string", "pattern": "[<>=]"},
}
"""Texts and numbers of which more is known."""
HIDDEN = ("burden_parts", "demands", "scores")
"""Fields that are written as another one."""
NULL: Schema = {"type": "null"}
PRICED: list[Schema] = [{"required": ["charges"]}, {"required": ["price", "per"]}]
BOTH: Schema = {"price": ["per"], "per": ["price"]}
LEG: Schema = {"allOf": [{"required": ["location"]}, {"anyOf": PRICED}], "dependencies": BOTH}
LEGS: Schema = {"required": ["legs"]}
FLAT: Schema = {"anyOf": [LEGS, LEG["allOf"][0]], "allOf": [{"anyOf": [LEGS, *PRICED]}], "dependencies": BOTH}
"""What an option needs that no single field of it tells."""
SAME: Schema = {"const": "same", "description": "The same as on the in-house side."}
INDEX: Schema = {"const": REFERENCE, "description": "The bundled index of wages."}


def schema() -> Schema:
    """The schema of a scenario."""
    writer = _Writer()
    made = writer.part(Scenario, overlay=False)
    return {
        "$schema": DRAFT, "$id": IDENTITY, "title": "A bpocalc scenario", **made, "definitions": writer.definitions
    }  # fmt: skip


class _Writer:
    """Writes parts as schemas; each part and each kind of figure is defined once.

    An *overlay* is what an improved option says of the in-house side: nothing is required, and null removes.
    """

    def __init__(self) -> None:
        self.definitions: dict[str, Schema] = about_a_figure()

    def refer(self, name: str, make: Any) -> Schema:
        """A reference to a definition, which is made where it is not there yet."""
        if name not in self.definitions:
            self.definitions[name] = {}  # a part may lead back to itself
            self.definitions[name] = make()
        return {"$ref": f"#/definitions/{name}"}

    def to(self, part: type[Part], *, overlay: bool = False) -> Schema:
        """A reference to a part."""
        name = f"{part.__name__}{'Overlay' if overlay else ''}"
        return self.refer(name, lambda: self.part(part, overlay=overlay))

    def plain(self, mark: In) -> Schema:
        """A reference to a number, with its unit or without."""
        return self.refer(f"{name_of(single(mark))}_plain", lambda: plain(mark))

    def figure(self, mark: In) -> Schema:
        """A reference to a kind of figure: written plainly, with what is known about it, and what else it may be."""

        def made() -> Schema:
            if not mark.steps and not mark.monthly:
                return {"anyOf": [self.plain(mark), known(self.plain(mark))]}
            one = self.figure(single(mark))
            monthly = [{"type": "array", "items": one}] * mark.monthly
            return {"anyOf": [one, *([steps(one)] * mark.steps), *monthly]}

        return self.refer(name_of(mark), made)

    def part(self, part: type[Part], *, overlay: bool) -> Schema:
        """A section with its fields."""
        docs, required, fields = all_docs(part), [], {}
        for key, field in fields_of(part).items():
            if key in HIDDEN:
                continue
            said, value = self.said(docs[key], field), self.value(part, field, overlay=overlay)
            needed = field.required and not overlay
            required += [key] * needed
            fields[key] = {"description": said, "allOf" if needed else "anyOf": [value] if needed else [value, NULL]}
        if issubclass(part, Leg):
            fields |= self.short_form()
        made: Schema = {"description": summary(part), "type": "object", "properties": fields}
        made["additionalProperties"] = self.scores() if part is Factor else False
        made |= FLAT if part is Outsourced else LEG if part is Leg else {}
        return made | ({"required": required} if required else {})

    def said(self, text: str, field: Field) -> str:
        """What a field is, its unit and what holds without it."""
        mark = mark_of(field)
        more = [f"A figure {in_words(mark)}."] if isinstance(mark, In) else []
        more += [f"Figures, {in_words(mark)}."] if isinstance(mark, Each) else []
        more += [f"If missing: {field.neutral:g}, and listed as missing."] if field.neutral is not None else []
        return " ".join([text, *more])

    def value(self, part: type[Part], field: Field, *, overlay: bool) -> Schema:
        """What a field takes."""
        key = field.key
        if (made := self.written(part, field)) is not None:
            return made
        mark = mark_of(field)
        if isinstance(mark, Each):
            return several(mark, self.figure(mark.item))
        if mark is not None:
            return self.figure(mark)
        if field.kind == "words":
            return {"enum": list(field.words)}
        if field.kind in FORMS:
            return WORDS.get(key, FORMS[field.kind])
        below = parts_in(field.type)
        overlaid = overlay or (part is Improved and key == "in_house")
        if field.kind == "map":
            item = self.item(field, below, overlay=overlaid) if field.items else {}
            return self.map(key, item, overlay=overlay)
        if field.kind == "list":
            item = self.to(below[0]) if below else TEXT
            return (
                {"type": "array", "items": item, "minItems": 1} if field.required else {"type": "array", "items": item}
            )
        return self.to(below[0], overlay=overlaid)

    def map(self, key: str, item: Schema, *, overlay: bool = False) -> Schema:
        """Named sections."""
        held = {"anyOf": [item, NULL]} if overlay else item
        return {"type": "object", "propertyNames": KEYS.get(key, {"pattern": NAME}), "additionalProperties": held}

    def item(self, field: Field, below: list[type[Part]], *, overlay: bool) -> Schema:
        """What a map holds."""
        held = get_args(field.type)
        if AnyOption in inside(field.type):
            return self.refer("Option", self.option)
        if AnyCharge in inside(field.type):
            return self.refer("Charge", self.charge)
        return self.to(below[0], overlay=overlay) if below else TEXT if str in held else {}

    def option(self) -> Schema:
        """An improved in-house side, told by `in_house`, or else an outsourced option."""
        return {"if": {"required": ["in_house"]}, "then": self.to(Improved), "else": self.to(Outsourced)}

    def charge(self) -> Schema:
        """A charge, told apart by its kind."""
        told = [
            {"if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]}, "then": self.to(part)}
            for kind, part in CHARGES.items()
        ]
        words = {"description": "What is paid for.", "enum": list(CHARGES)}
        return {"type": "object", "properties": {"kind": words}, "required": ["kind"], "allOf": told}

    def short_form(self) -> dict[str, Schema]:
        """The short form of a single charge, written straight into the option."""
        price = next(mark for mark in inside(Price) if isinstance(mark, In))
        return {
            "price": {"description": "Short form of a single charge: its price.", "anyOf": [self.figure(price), NULL]},
            "per": {
                "description": "Short form of a single charge: what the price is for.",
                "enum": [*SHORT_FORMS, None],
            },
            "for": {"description": "Short form of a single charge: which of several demands.", "anyOf": [TEXT, NULL]},
        }

    def scores(self) -> Schema:
        """Scores beside the weight of a factor: by option, by function.option, or by function in a section."""
        mark = mark_of(fields_of(Factor)["scores"])
        assert isinstance(mark, Each)
        one = self.figure(mark.item)
        return {"anyOf": [one, {"type": "object", "additionalProperties": one}]}

    def written(self, part: type[Part], field: Field) -> Schema | None:
        """A field that is written in other forms than it is read in; None for all the others."""
        key = field.key
        if key in ("discount_rate", "fx"):
            whole = self.rate(Discounting if key == "discount_rate" else ExchangeRate)
            return whole if key == "discount_rate" else self.map(key, whole)
        if key == "burden":
            mark = mark_of(field)
            assert isinstance(mark, In)
            parts = parts_in(fields_of(part)["burden_parts"].type)
            return {"anyOf": [self.figure(mark), self.map("burden_parts", self.to(parts[0]))]}
        if part is Place and key == "uprating":
            mark = mark_of(field)
            assert isinstance(mark, In)
            return {"anyOf": [INDEX, self.figure(mark)]}
        if part is Function and key == "demand":
            several_ = self.map(key, self.to(Demand))
            return {"if": {"required": ["volume"]}, "then": self.to(Demand), "else": several_}
        if issubclass(part, Leg) and key in ("quality", "risks"):
            below = parts_in(field.type)[0]
            own = self.to(below, overlay=True) if key == "quality" else self.map(key, self.to(below))
            return {"anyOf": [SAME, own]}
        if key == "expect":
            return {"type": "array", "items": {"anyOf": [WORDS["that"], self.to(parts_in(field.type)[0])]}}
        return None

    def rate(self, part: type[Part]) -> Schema:
        """A rate written plainly, with what is known about it, or as a section with more."""
        mark = mark_of(fields_of(part)["rate"])
        assert isinstance(mark, In)
        section = self.part(part, overlay=False)
        beside = {name: field for name, field in section["properties"].items() if name != "rate"}
        return {"anyOf": [self.plain(mark), known(self.plain(mark), beside), self.to(part)]}


def mark_of(field: Field) -> In | Each | None:
    """The unit and bounds of a field; None where it holds no figure."""
    return next((mark for mark in inside(field.type) if isinstance(mark, In | Each)), None)

"""Schemas of sections: made from their fields when a section is met, as pydantic-core takes them.

pydantic would make the same ones of a model; its general way takes longer than all else that happens to a small
scenario.
"""

from __future__ import annotations

from pydantic_core import CoreSchema
from pydantic_core.core_schema import DataclassField, WithInfoValidatorFunction

from bpocalc.scenario.declared import Field, fields_of

TEXT: CoreSchema = {"type": "str", "coerce_numbers_to_str": True}
ANY: CoreSchema = {"type": "any"}
KINDS: dict[str, CoreSchema] = {"text": TEXT, "flag": {"type": "bool"}, "number": {"type": "int"}}
KINDS["names"] = {"type": "union", "choices": [TEXT, {"type": "list", "items_schema": TEXT}]}


def schema_of(part: type, located: WithInfoValidatorFunction) -> CoreSchema:
    """The schema of a section whose data `located` puts in order first."""
    fields: list[DataclassField] = [{"type": "dataclass-field", "name": "written", "schema": ANY}]
    for field in fields_of(part).values():
        schema = _with_default(field)
        fields.append({"type": "dataclass-field", "name": field.name, "schema": schema, "validation_alias": field.key})
    return {
        "type": "function-before",
        "function": {"type": "with-info", "function": located},
        "schema": {
            "type": "dataclass",
            "cls": part,
            "fields": [field["name"] for field in fields],
            "schema": {
                "type": "dataclass-args",
                "dataclass_name": part.__name__,
                "fields": fields,
                "extra_behavior": "forbid",
            },
        },
    }


def _with_default(field: Field) -> CoreSchema:
    schema, default = _of(field), field.default
    if field.required:
        return schema
    if isinstance(default, dict | list):
        return {"type": "default", "schema": schema, "default_factory": type(default)}
    return {"type": "default", "schema": schema, "default": default, "validate_default": field.neutral is not None}


def _of(field: Field) -> CoreSchema:
    """The schema of what a field takes."""
    if field.kind in KINDS:
        return KINDS[field.kind]
    if field.kind == "words":
        return {"type": "literal", "expected": [*field.words]}
    one: CoreSchema = TEXT if field.items == "text" else ANY
    if field.read is not None:
        one = {"type": "function-plain", "function": {"type": "with-info", "function": field.read}}
    if field.kind == "map":
        return {"type": "dict", "keys_schema": TEXT, "values_schema": one}
    return {"type": "list", "items_schema": one} if field.kind == "list" else one

"""Schemas of sections: made from their fields when a section is met, as pydantic-core takes them.

pydantic would make the same ones of a model; its general way takes longer than all else that happens to a small
scenario.
"""

from __future__ import annotations

from pydantic_core import CoreSchema, core_schema

from bpocalc.scenario.declared import Field, fields_of

TEXT = core_schema.str_schema(coerce_numbers_to_str=True)
ANY = core_schema.any_schema()
KINDS: dict[str, CoreSchema] = {"text": TEXT, "flag": core_schema.bool_schema(), "number": core_schema.int_schema()}
KINDS["names"] = core_schema.union_schema([TEXT, core_schema.list_schema(TEXT)])


def schema_of(part: type, located: core_schema.WithInfoValidatorFunction) -> CoreSchema:
    """The schema of a section whose data `located` puts in order first."""
    fields = [core_schema.dataclass_field("written", ANY)]
    fields += [
        core_schema.dataclass_field(field.name, _with_default(field), validation_alias=field.key)
        for field in fields_of(part).values()
    ]
    names = [field["name"] for field in fields]
    arguments = core_schema.dataclass_args_schema(part.__name__, fields, extra_behavior="forbid")
    inner = core_schema.dataclass_schema(part, arguments, names)
    return core_schema.with_info_before_validator_function(located, inner)


def _with_default(field: Field) -> CoreSchema:
    schema, default = _of(field), field.default
    if field.required:
        return schema
    if isinstance(default, dict | list):
        return core_schema.with_default_schema(schema, default_factory=type(default))
    return core_schema.with_default_schema(schema, default=default, validate_default=field.neutral is not None)


def _of(field: Field) -> CoreSchema:
    """The schema of what a field takes."""
    if field.kind in KINDS:
        return KINDS[field.kind]
    if field.kind == "words":
        return core_schema.literal_schema([*field.words])
    one: CoreSchema = TEXT if field.items == "text" else ANY
    if field.read is not None:
        one = core_schema.with_info_plain_validator_function(field.read)
    if field.kind == "map":
        return core_schema.dict_schema(TEXT, one)
    return core_schema.list_schema(one) if field.kind == "list" else one

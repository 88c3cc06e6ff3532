"""Schemas of sections: made from their fields when a section is met, as pydantic-core takes them.

pydantic would make the same ones; but it looks for plugins first, for which it reads the metadata of every package
that is installed, and its general way takes longer than all else that happens to a small scenario.
"""

from __future__ import annotations

from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic_core import CoreSchema, core_schema

from bpocalc.scenario.declared import Field, fields_of

PLAIN = {
    str: core_schema.str_schema(coerce_numbers_to_str=True),
    int: core_schema.int_schema(),
    bool: core_schema.bool_schema(),
    Any: core_schema.any_schema(),
}


def schema_of(part: type, located: core_schema.WithInfoValidatorFunction) -> CoreSchema:
    """The schema of a section whose data `located` puts in order first."""
    fields = [core_schema.dataclass_field("written", PLAIN[Any])]
    fields += [
        core_schema.dataclass_field(field.name, _of_field(field), validation_alias=field.key)
        for field in fields_of(part).values()
    ]
    names = [field["name"] for field in fields]
    arguments = core_schema.dataclass_args_schema(part.__name__, fields, extra_behavior="forbid")
    inner = core_schema.dataclass_schema(part, arguments, names)
    return core_schema.with_info_before_validator_function(located, inner)


def _of_field(field: Field) -> CoreSchema:
    """The schema of a field, with its default."""
    schema = _of(field.type)
    if field.required:
        return schema
    return core_schema.with_default_schema(schema, default=field.default, validate_default=field.neutral is not None)


def _of(annotation: Any, marks: Any = ()) -> CoreSchema:
    """The schema of a type; a mark that knows how to read a value, as those of figures do, goes before the type."""
    for mark in marks:
        if hasattr(mark, "read"):
            return core_schema.with_info_plain_validator_function(mark.read)
    if annotation in PLAIN:
        return PLAIN[annotation]
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _of(args[0], annotation.__metadata__)
    if origin in (Union, UnionType):
        kinds = [_of(arg) for arg in args if arg is not type(None)]
        one = kinds[0] if len(kinds) == 1 else core_schema.union_schema([*kinds])
        return core_schema.nullable_schema(one) if len(kinds) < len(args) else one
    if origin is Literal:
        return core_schema.literal_schema([*args])
    if origin is dict:
        return core_schema.dict_schema(_of(args[0]), _of(args[1]))
    if origin is list:
        return core_schema.list_schema(_of(args[0]))
    return core_schema.with_info_plain_validator_function(annotation.read)

"""Parts: sections of the scenario, closed and frozen, in which every figure knows where it was written."""

from types import UnionType
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, model_validator
from pydantic.fields import FieldInfo

from bpocalc.document import Map, Origin, Seq
from bpocalc.problems import did_you_mean, nearest
from bpocalc.quantity import Quantity
from bpocalc.scenario.fields import Each, In, Loading
from bpocalc.scenario.figures import Written


def neutral(value: float) -> Any:
    """The default of a figure whose absence changes nothing; it becomes an input all the same, listed as missing."""
    return Field(default=value, validate_default=True)


SECTION = object()
"""Marks a section that is there even when it is not written, with all its figures neutral."""


class Shape(NamedTuple):
    """What kind of value a field takes, as far as the document can tell."""

    kind: str
    """figure, section, part, map, list, words, text, flag, number or other."""
    required: bool
    neutral: float | None = None
    words: tuple[str, ...] = ()
    of_parts: bool = False
    """Whether it is a map or list of sections."""


def shape_of(info: FieldInfo) -> Shape:
    """The shape of a field, from its annotation and default."""
    marks = [*info.metadata, *_marks(info.annotation)]
    default = info.default if isinstance(info.default, int | float) else None
    if any(isinstance(mark, In | Each) for mark in marks):
        return Shape("figure", info.is_required(), default)
    if any(mark is SECTION for mark in marks):
        return Shape("section", False)
    annotation = info.annotation
    if get_origin(annotation) in (Union, UnionType):
        kinds = [arg for arg in get_args(annotation) if arg is not type(None)]
        annotation = kinds[0] if len(kinds) == 1 else None
    origin = get_origin(annotation)
    if origin is Literal:
        return Shape("words", info.is_required(), words=get_args(annotation))
    kinds_of: dict[Any, str] = {dict: "map", list: "list", str: "text", bool: "flag", int: "number"}
    kind = kinds_of.get(origin or annotation, "other")
    if kind == "other" and isinstance(annotation, type) and issubclass(annotation, Part):
        kind = "part"
    of_parts = kind in ("map", "list") and get_args(annotation)[-1] not in (str, Any)
    return Shape(kind, info.is_required(), of_parts=of_parts)


def _marks(annotation: Any) -> list[Any]:
    """The metadata of the annotated types within a union."""
    found: list[Any] = []
    if get_origin(annotation) in (Union, UnionType):
        for arg in get_args(annotation):
            found.extend(getattr(arg, "__metadata__", ()))
    return found


def _note_missing(name: str, shape: Shape, data: Map, loading: Loading) -> None:
    where = data.at.address or "the scenario"
    if name in data:
        loading.note("BPO004", f"'{name}' of {where} is empty", data.origin[name], key=True)
    else:
        hint = f"one of {', '.join(shape.words)}" if shape.words else ""
        loading.note("BPO004", f"{where} has no '{name}'", data.at, hint, key=True)


def fits(value: Any, name: str, shape: Shape, origin: Origin, loading: Loading) -> bool:
    """Whether a value is of the kind that a field takes; notes a problem where it is not."""
    kind = shape.kind
    if kind in ("part", "section", "map"):
        if not isinstance(value, Map):
            loading.note("BPO005", f"{name} is a section of fields, not {kind_of(value)}", origin)
            return False
    elif kind == "list":
        if not isinstance(value, Seq):
            loading.note("BPO005", f"{name} is a list, not {kind_of(value)}", origin)
            return False
    elif kind == "words":
        if value not in shape.words:
            said = (
                f"'{value}' is not one of the words for {name}"
                if isinstance(value, str)
                else (f"{name} is one of a few words, not {kind_of(value)}")
            )
            loading.note("BPO017", said, origin, did_you_mean(str(value), shape.words))
            return False
    elif kind == "text":
        if isinstance(value, Map | Seq | bool):
            loading.note("BPO005", f"{name} is a text, not {kind_of(value)}", origin)
            return False
    elif kind == "flag" and not isinstance(value, bool):
        loading.note("BPO005", f"{name} is true or false, not {kind_of(value)}", origin)
        return False
    return True


def _parts_of(value: Any, loading: Loading) -> Any:
    """A map or list of sections without the entries that are none; each of those is noted."""
    if isinstance(value, Seq):
        for item, origin in zip(value, value.origin, strict=True):
            if not isinstance(item, Map):
                loading.note("BPO005", f"{origin.address} is a section of fields, not {kind_of(item)}", origin)
        return [item for item in value if isinstance(item, Map)]
    out: Map = value.copy()
    for key, item in value.items():
        if not isinstance(item, Map):
            said = f"'{key}' is a section of fields, not {kind_of(item)}" if item is not None else f"'{key}' is empty"
            loading.note("BPO005", said, value.origin[key], key=item is None)
            del out[key]
    return out


def kind_of(value: Any) -> str:
    """What a value of the document is, in words."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Map):
        return "a section"
    if isinstance(value, Seq):
        return "a list"
    return f"'{value}'"


class Part(BaseModel):
    """A section of the scenario: closed, frozen, and every figure in it knows where it was written.

    Wrong keys and wrong kinds of values are noted as problems and left out, so that all mistakes are found at once.
    """

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        defer_build=True,
        arbitrary_types_allowed=True,
        populate_by_name=True,
        coerce_numbers_to_str=True,
    )

    written: Any = Field(default=Map(), exclude=True, repr=False)
    """The section as it stands in the document, for the places of problems."""

    shapes: ClassVar[dict[str, Shape]] = {}

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        cls.shapes = {
            info.alias or name: shape_of(info) for name, info in cls.model_fields.items() if name != "written"
        }

    @model_validator(mode="before")
    @classmethod
    def _located(cls, data: Any, info: ValidationInfo) -> Any:
        """Hand every figure its origin; a neutral figure or section that is missing gets the origin of this one."""
        if not isinstance(data, Map):
            return data
        loading: Loading | None = info.context
        data = cls.shaped(data, loading)
        out: dict[str, Any] = {"written": data}
        prefix = f"{data.at.address}." if data.at.address else ""
        unknown = [key for key in data if key not in cls.shapes]
        if unknown and loading:
            for key in unknown:
                where = data.origin[key].address.rpartition(".")[0] or "a scenario"
                said = f"'{key}' is not a field of {where}"
                loading.note("BPO003", said, data.origin[key], did_you_mean(key, cls.shapes), key=True)
        for name, shape in cls.shapes.items():
            value = data.get(name)
            if value is None:
                if shape.required:
                    misspelt = any(nearest(key, cls.shapes) == name for key in unknown)
                    if loading and not misspelt:
                        _note_missing(name, shape, data, loading)
                    if shape.kind == "figure":
                        out[name] = Quantity(1.0)
                elif shape.kind == "section":
                    out[name] = Map(at=data.at._replace(address=prefix + name))
                elif shape.neutral is not None:
                    out[name] = Written(shape.neutral, data.at._replace(address=prefix + name), stated=False)
            elif shape.kind == "figure":
                out[name] = Written(value, data.origin[name])
            elif loading is None or fits(value, name, shape, data.origin[name], loading):
                out[name] = _parts_of(value, loading) if shape.of_parts and loading else value
        return out

    @classmethod
    def shaped(cls, data: Map, loading: Loading | None) -> Map:
        """The mapping in its full form; parts with a short form spell it out here."""
        return data

    def origin(self, *names: str) -> Origin:
        """Where the first of these fields that is written stands, or else the section itself."""
        written: Map = self.written
        return next((written.origin[name] for name in names if name in written), written.at)


Money = Annotated[Quantity, In("$", ge=0)]
Share = Annotated[Quantity, In("share", ge=0, le=1)]
Months = Annotated[Quantity, In("months", ge=0)]

"""Parts: sections of the scenario, closed and frozen, in which every figure knows where it was written."""

from collections.abc import Callable
from types import UnionType
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, Self, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, ValidationInfo
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, SchemaValidator

from bpocalc.document import Map, Origin, Seq
from bpocalc.problems import did_you_mean, misspelt, nearest
from bpocalc.quantity import Quantity
from bpocalc.scenario.fields import UNREAD, Each, In, Loading
from bpocalc.scenario.figures import Written, commas, kind_of
from bpocalc.scenario.schemas import schema_of

TYPES: dict[str, type] = {"part": Map, "section": Map, "map": Map, "list": Seq, "flag": bool}
EMPTY: dict[str, object] = {"map": {}, "list": []}
CALLED = dict.fromkeys(("part", "section", "map"), "a section of fields")
CALLED |= {"list": "a list", "flag": "true or false", "text": "a text", "names": "a name or a list of names"}


def neutral(value: float) -> Any:
    """The default of a figure whose absence changes nothing; it becomes an input all the same, listed as missing."""
    return Field(default=value, validate_default=True)


MOST_ITEMS = 1000
"""So many entries may a map or a list have."""

SECTION = object()
"""Marks a section that is there even when it is not written, with all its figures neutral."""


STAND_INS: dict[str, Any] = {"figure": UNREAD, "text": "", "number": 1}
"""What stands in for a value that is wrong or missing, so that whatever else is wrong is found as well."""


class Shape(NamedTuple):
    """What kind of value a field takes, as far as the document can tell."""

    kind: str
    """figure, section, part, map, list, words, text, names, flag or number."""
    required: bool
    neutral: float | None = None
    words: tuple[str, ...] = ()
    items: str = ""
    """What a map or list holds: part or text; empty for a map of anything."""


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
        if len(kinds) > 1:
            return Shape("names", info.is_required())
        annotation = kinds[0]
    origin = get_origin(annotation)
    if origin is Literal:
        return Shape("words", info.is_required(), words=get_args(annotation))
    kinds_of: dict[Any, str] = {dict: "map", list: "list", str: "text", bool: "flag", int: "number"}
    kind = kinds_of.get(origin or annotation, "part")
    held = get_args(annotation)[-1] if origin else None
    items = "" if kind not in ("map", "list") or held is Any else "text" if held is str else "part"
    return Shape(kind, info.is_required(), items=items)


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
    if kind == "words":
        if value in shape.words:
            return True
        said = f"{name} is one of a few words, not {kind_of(value)}"
        if isinstance(value, str):
            said = f"'{value}' is not one of the words for {name}"
        loading.note("BPO017", said, origin, did_you_mean(str(value), shape.words))
        return False
    if kind == "names":
        if isinstance(value, Seq) and len(value) > MOST_ITEMS:
            _note_too_many(name, value, origin, loading)
            return False
        fine = is_text(value) or (isinstance(value, Seq) and all(is_text(item) for item in value))
    elif kind == "text":
        fine = is_text(value)
    elif kind == "number":
        return isinstance(value, int) and not isinstance(value, bool)
    else:
        fine = isinstance(value, TYPES[kind])
    if not fine:
        loading.note("BPO005", f"{name} is {CALLED[kind]}, not {kind_of(value)}", origin)
    return fine


def is_text(value: Any) -> bool:
    """Whether a value is written as one word or text; a number is text as well."""
    return not (value is None or isinstance(value, Map | Seq | bool))


def _note_too_many(name: str, value: Map | Seq, origin: Origin, loading: Loading) -> None:
    said = f"{name} has {len(value):,} entries, at most {MOST_ITEMS:,} are read"
    loading.note("BPO010", said, origin, key=True)


def _items_of(value: Any, name: str, shape: Shape, origin: Origin, loading: Loading) -> Any:
    """A map or list of sections or texts without the entries that are none; each of those is noted.

    One with more entries than anybody writes is empty, so that a stranger's file takes no longer than others.
    """
    if len(value) > MOST_ITEMS:
        _note_too_many(name, value, origin, loading)
        return type(value)()
    fine: Callable[[Any], bool] = is_text if shape.items == "text" else (lambda item: isinstance(item, Map))
    if isinstance(value, Seq):
        for item, origin in zip(value, value.origin, strict=True):
            if not fine(item):
                said = f"{origin.address} is {CALLED[shape.items]}, not {kind_of(item)}"
                loading.note("BPO005", said, origin)
        return [item for item in value if fine(item)]
    out: Map = value.copy()
    for key, item in value.items():
        if not fine(item):
            said = f"'{key}' is {CALLED[shape.items]}, not {kind_of(item)}" if item is not None else f"'{key}' is empty"
            loading.note("BPO005", said, value.origin[key], key=item is None)
            del out[key]
    return out


class Part(BaseModel):
    """A section of the scenario: closed, frozen, and every figure in it knows where it was written.

    Wrong keys and wrong kinds of values are noted as problems and left out, so that all mistakes are found at once.
    """

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        defer_build=True,
        arbitrary_types_allowed=True,
    )

    written: Any = Field(default=Map(), exclude=True, repr=False)
    """The section as it stands in the document, for the places of problems."""

    shapes: ClassVar[dict[str, Shape]] = {}
    also: ClassVar[tuple[str, ...]] = ()
    """Keys that are known here beside the fields."""
    validator: ClassVar[SchemaValidator]

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return schema_of(cls, cls._located)

    @classmethod
    def read(cls, data: Any, info: ValidationInfo) -> Self:
        """The section as it was understood; ValidationError with what has not been noted in the context."""
        return data if isinstance(data, cls) else cls.loaded(data, info.context)

    @classmethod
    def loaded(cls, data: Map, loading: Loading | None) -> Self:
        """The section of a document; ValidationError with what has not been noted."""
        if "validator" not in cls.__dict__:  # few scenarios say something of everything
            cls.validator = SchemaValidator(schema_of(cls, cls._located))
        made: Self = cls.validator.validate_python(data, context=loading)
        return made

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        cls.shapes = {
            info.alias or name: shape_of(info) for name, info in cls.model_fields.items() if name != "written"
        }

    @classmethod
    def _located(cls, data: Any, info: ValidationInfo) -> Any:
        """Hand every figure its origin; a neutral figure or section that is missing gets the origin of this one."""
        if not isinstance(data, Map):
            return data
        loading: Loading | None = info.context
        out: dict[str, Any] = {"written": data}
        data = cls.shaped(data, loading)
        prefix = f"{data.at.address}." if data.at.address else ""
        known = [*cls.shapes, *cls.also]
        for key in data:
            if key in cls.shapes or loading is None:
                continue
            said = f"'{key}' is not a field of {data.origin[key].address.rpartition('.')[0] or 'a scenario'}"
            missing = [name for name in known if name not in out["written"]]
            hint = commas(data, key) or did_you_mean(key, missing if nearest(key, missing) else known)
            loading.note("BPO003", said, data.origin[key], hint, key=True)
        for name, shape in cls.shapes.items():
            value = data.get(name)
            if value is None or (shape.required and shape.kind == "list" and value == []):
                if shape.required:
                    if loading and not misspelt(data, known, name):
                        _note_missing(name, shape, data, loading)
                    if shape.kind in STAND_INS:
                        out[name] = STAND_INS[shape.kind]
                elif shape.kind == "section":
                    out[name] = Map(at=data.at._replace(address=prefix + name))
                elif shape.neutral is not None:
                    out[name] = Written(shape.neutral, data.at._replace(address=prefix + name), stated=False)
            elif shape.kind == "figure":
                out[name] = Written(value, data.origin[name])
            elif loading is None or fits(value, name, shape, data.origin[name], loading):
                out[name] = value
                if shape.items and loading:
                    out[name] = _items_of(value, name, shape, data.origin[name], loading)
            elif shape.required and shape.kind in STAND_INS:
                out[name] = STAND_INS[shape.kind]
        return out

    @classmethod
    def shaped(cls, data: Map, loading: Loading | None) -> Map:
        """The mapping in its full form; parts with a short form spell it out here."""
        return data

    @property
    def address(self) -> str:
        """The address of the section."""
        at: Origin = self.written.at
        return at.address

    def origin(self, *names: str) -> Origin:
        """Where the first of these fields that is written stands, or else the section itself."""
        written: Map = self.written
        return next((written.origin[name] for name in names if name in written), written.at)

    def said(self, *names: str) -> bool:
        """Whether one of these fields is written; one that is misspelt or of a wrong kind has been noted already."""
        known = [*self.shapes, *self.also]
        return any(self._holds(name) or misspelt(self.written, known, name) for name in names)

    def _holds(self, name: str) -> bool:
        value = self.written.get(name)
        shape = self.shapes.get(name)
        return value is not None and not (shape and value == EMPTY.get(shape.kind))

    def names(self, name: str) -> set[str]:
        """The keys of a map as they are written, those of entries that were left out included."""
        written = self.written.get(name, self.written.get(misspelt(self.written, [*self.shapes, *self.also], name)))
        return {*(getattr(self, name) or ()), *(written if isinstance(written, Map) else ())}


class ToldBy:
    """Marks a field that holds one of several parts, with the function that tells from the section which it is."""

    def __init__(self, part: Callable[[Map], type[Part]]) -> None:
        self.part = part

    def read(self, data: Any, info: ValidationInfo) -> Part:
        """The section as one of the parts; ValidationError with what has not been noted in the context."""
        return data if isinstance(data, Part) else self.part(data).loaded(data, info.context)


Money = Annotated[Quantity, In("$", ge=0)]
Share = Annotated[Quantity, In("share", ge=0, le=1)]
Months = Annotated[Quantity, In("months", ge=0)]

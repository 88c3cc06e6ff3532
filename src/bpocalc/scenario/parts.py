"""Parts: sections of the scenario, closed and frozen, in which every figure knows where it was written."""

from collections.abc import Callable, Collection
from typing import Annotated, Any, ClassVar, NoReturn, Self

from pydantic_core import SchemaValidator
from pydantic_core.core_schema import ValidationInfo

from bpocalc.document import Map, Origin, Seq
from bpocalc.problems import did_you_mean, misspelt, nearest
from bpocalc.quantity import Quantity
from bpocalc.scenario.context import UNREAD, Loading
from bpocalc.scenario.declared import Field, fields_of
from bpocalc.scenario.fields import In
from bpocalc.scenario.figures import Written, commas, kind_of
from bpocalc.scenario.schemas import schema_of

TYPES: dict[str, type] = {"part": Map, "section": Map, "map": Map, "list": Seq, "flag": bool}
EMPTY: dict[str, object] = {"map": {}, "list": []}
CALLED = dict.fromkeys(("part", "section", "map"), "a section of fields")
CALLED |= {"list": "a list", "flag": "true or false", "text": "a text", "names": "a name or a list of names"}
MOST_ITEMS = 1000
"""So many entries may a map or a list have."""
STAND_INS: dict[str, Any] = {"figure": UNREAD, "text": "", "number": 1}
"""What stands in for a value that is wrong or missing, so that whatever else is wrong is found as well."""


def _note_missing(name: str, field: Field, data: Map, loading: Loading) -> None:
    where = data.at.address or "the scenario"
    if name in data:
        loading.note("BPO004", f"'{name}' of {where} is empty", data.origin[name], key=True)
    else:
        hint = f"one of {', '.join(field.words)}" if field.words else ""
        loading.note("BPO004", f"{where} has no '{name}'", data.at, hint, key=True)


def fits(value: Any, name: str, field: Field, origin: Origin, loading: Loading) -> bool:
    """Whether a value is of the kind that a field takes; notes a problem where it is not."""
    kind = field.kind
    if kind == "words":
        if value in field.words:
            return True
        said = f"{name} is one of a few words, not {kind_of(value)}"
        if isinstance(value, str):
            said = f"'{value}' is not one of the words for {name}"
        loading.note("BPO017", said, origin, did_you_mean(str(value), field.words))
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


def is_missing(value: Any, field: Field) -> bool:
    """Whether nothing is written, or an empty list where something is needed."""
    return value is None or (value == [] and field.kind == "list" and field.required)


def _note_too_many(name: str, value: Map | Seq, origin: Origin, loading: Loading) -> None:
    said = f"{name} has {len(value):,} entries, at most {MOST_ITEMS:,} are read"
    loading.note("BPO010", said, origin, key=True)


def _items_of(value: Any, name: str, field: Field, origin: Origin, loading: Loading) -> Any:
    """A map or list of sections or texts without the entries that are none; each of those is noted.

    One with more entries than anybody writes is empty, so that a stranger's file takes no longer than others.
    """
    if len(value) > MOST_ITEMS:
        _note_too_many(name, value, origin, loading)
        return type(value)()
    fine: Callable[[Any], bool] = is_text if field.items == "text" else (lambda item: isinstance(item, Map))
    if all(map(fine, value.values() if isinstance(value, Map) else value)):
        return value
    if isinstance(value, Seq):
        for item, origin in zip(value, value.origin, strict=True):
            if not fine(item):
                said = f"{origin.address} is {CALLED[field.items]}, not {kind_of(item)}"
                loading.note("BPO005", said, origin)
        return [item for item in value if fine(item)]
    out: Map = value.copy()
    for key, item in value.items():
        if not fine(item):
            said = f"'{key}' is {CALLED[field.items]}, not {kind_of(item)}" if item is not None else f"'{key}' is empty"
            loading.note("BPO005", said, value.origin[key], key=item is None)
            del out[key]
    return out


class Part:
    """A section of the scenario: closed, frozen, and every figure in it knows where it was written.

    Wrong keys and wrong kinds of values are noted as problems and left out, so that all mistakes are found at once.
    """

    written: Map
    """The section as it stands in the document, for the places of problems."""

    also: ClassVar[tuple[str, ...]] = ()
    """Keys that are known here beside the fields."""
    validator: ClassVar[SchemaValidator]

    @classmethod
    def read(cls, data: Any, info: ValidationInfo) -> Self:
        """The section as it was understood; ValidationError with what has not been noted in the context."""
        return data if isinstance(data, cls) else cls.loaded(data, info.context)

    @classmethod
    def loaded(cls, data: Map, loading: Loading | None) -> Self:
        """The section of a document; ValidationError with what has not been noted."""
        made: Self = cls._validator().validate_python(data, context=loading)
        return made

    def __init__(self, **values: Any) -> None:
        self._validator().validate_python({"written": Map(), **values}, self_instance=self)

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        raise AttributeError(f"a section is never changed: {name}")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    @classmethod
    def _validator(cls) -> SchemaValidator:
        if "validator" not in cls.__dict__:  # few scenarios say something of everything
            cls.validator = SchemaValidator(schema_of(cls, cls._located))
        return cls.validator

    @classmethod
    def _located(cls, data: Any, info: ValidationInfo) -> Any:
        """Hand every figure its origin; a neutral figure or section that is missing gets the origin of this one."""
        if not isinstance(data, Map):
            return data
        loading: Loading | None = info.context
        shaped = cls.shaped(data, loading)
        if loading and not shaped.keys() <= fields_of(cls).keys():
            cls._note_strange(shaped, data, loading)
        return {"written": data, **cls._not_written(shaped, loading), **cls._written(shaped, loading)}

    @classmethod
    def _not_written(cls, data: Map, loading: Loading | None) -> dict[str, Any]:
        """What stands for the fields that are not written."""
        out: dict[str, Any] = {}
        at = data.at
        prefix = f"{at.address}." if at.address else ""
        for field in fields_of(cls).needed:
            key = field.key
            if not is_missing(data.get(key), field):
                continue
            if field.neutral is not None:
                out[key] = Written(field.neutral, at.called(prefix + key), stated=False)
            elif field.kind == "section":
                out[key] = Map(at=at.called(prefix + key))
            else:
                if loading and not misspelt(data, cls.known(), key):
                    _note_missing(key, field, data, loading)
                if field.kind in STAND_INS:
                    out[key] = STAND_INS[field.kind]
        return out

    @classmethod
    def _written(cls, data: Map, loading: Loading | None) -> dict[str, Any]:
        """What is written in the fields, as far as it is of the right kind."""
        out: dict[str, Any] = {}
        fields = fields_of(cls)
        for key, value in data.items():
            field, origin = fields.get(key), data.origin[key]
            if field is None or is_missing(value, field):
                continue
            if field.kind == "figure":
                out[key] = Written(value, origin)
            elif loading is None or fits(value, key, field, origin, loading):
                out[key] = _items_of(value, key, field, origin, loading) if field.items and loading else value
            elif field.kind == "section":
                out[key] = Map(at=origin)
            elif field.required and field.kind in STAND_INS:
                out[key] = STAND_INS[field.kind]
        return out

    @classmethod
    def _note_strange(cls, data: Map, written: Map, loading: Loading) -> None:
        """Note the keys that are no fields, each with the field that may be meant."""
        known = fields_of(cls).known
        missing = [name for name in known if name not in written]
        for key in data:
            if key not in fields_of(cls):
                said = f"'{key}' is not a field of {data.origin[key].address.rpartition('.')[0] or 'a scenario'}"
                hint = commas(data, key) or did_you_mean(key, missing if nearest(key, missing) else known)
                loading.note("BPO003", said, data.origin[key], hint, key=True)

    @classmethod
    def known(cls) -> Collection[str]:
        """The keys that the section may have."""
        return fields_of(cls).known

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
        known, written = fields_of(type(self)).known, self.written
        for name in names:
            value = written.get(name)
            if value or (value is not None and self._holds(name)):
                return True
        return not written.keys() <= known.keys() and any(misspelt(written, known, name) for name in names)

    def _holds(self, name: str) -> bool:
        """Whether a field that is there is more than an empty map or list of its kind."""
        field = fields_of(type(self)).get(name)
        return field is None or self.written[name] != EMPTY.get(field.kind)

    def names(self, name: str) -> set[str]:
        """The keys of a map as they are written, those of entries that were left out included."""
        written = self.written.get(name)
        if written is None:
            written = self.written.get(misspelt(self.written, self.known(), name))
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

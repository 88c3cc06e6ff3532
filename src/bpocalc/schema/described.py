"""What the fields of the scenario say of themselves: the docstrings below them, and the parts that they hold."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from functools import cache
from textwrap import dedent
from typing import Any, get_args

from bpocalc.scenario.declared import fields_of
from bpocalc.scenario.parts import Part


@cache
def field_docs(part: type) -> dict[str, str]:
    """The docstring below each field that a part itself declares, by key; empty where there is none."""
    body = ast.parse(dedent(inspect.getsource(part))).body[0]
    assert isinstance(body, ast.ClassDef)
    found: dict[str, str] = {}
    name = ""
    for node in body.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            name = node.target.id
            found[name] = ""
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and name:
            found[name] = inspect.cleandoc(str(node.value.value))
            name = ""
        else:
            name = ""
    keys = {field.name: field.key for field in fields_of(part).values()}
    return {keys[name]: text for name, text in found.items() if name in keys}


def all_docs(part: type[Part]) -> dict[str, str]:
    """The docstring below every field of a part, those of its bases included."""
    parts: list[type] = [base for base in reversed(part.__mro__) if issubclass(base, Part) and base is not Part]
    return {name: text for base in parts for name, text in field_docs(base).items()}


def summary(part: type[Part]) -> str:
    """What a part is, on one line."""
    return " ".join((inspect.getdoc(part) or "").partition("\n\n")[0].split())


def inside(annotation: Any) -> Iterator[Any]:
    """A type and everything that it is made of, the marks of annotated types included."""
    yield annotation
    for arg in get_args(annotation):
        yield from inside(arg)


def parts_in(annotation: Any) -> list[type[Part]]:
    """The sections that a field may hold."""
    return [a for a in inside(annotation) if isinstance(a, type) and issubclass(a, Part)]

"""Makes the one file that is read at run time from the documents that people write; `docs/generate.py` calls it.

A figure keeps the line and column of its value, so that a report can point at the document. Nothing here is imported
by a command.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from bpocalc.document import Map, Seq, read
from bpocalc.locations import EDITION


def document(name: str) -> Map:
    """One of the documents, with its places; ValueError for one that is not well-formed."""
    doc, problems = read((files("bpocalc.locations") / name).read_text("utf-8"), name)
    if problems:
        raise ValueError(f"{name}:{problems[0].place.line}: {problems[0].message}")
    return doc


def compiled() -> str:
    """The text of `reference.json`: edition, roles, sources, exchange rates and locations."""
    names = sorted(entry.name for entry in files("bpocalc.locations").iterdir())
    keys = [name.removesuffix(".yaml") for name in names if name.endswith(".yaml") and name[0].isupper()]
    made = {
        "edition": EDITION,
        "roles": document("roles.yaml"),
        "sources": document("sources.yaml"),
        "per_euro": _plain(document("fx.yaml")["per_euro"]),
        "locations": {key: _plain(document(f"{key}.yaml")) for key in keys},
    }
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n"


def _plain(node: Any) -> Any:
    """A value without its places, but for `at` in a figure: line, column and width of its value."""
    if isinstance(node, Seq):
        return [_plain(item) for item in node]
    if not isinstance(node, Map):
        return node
    made = {key: _plain(value) for key, value in node.items()}
    if "value" in node:
        made["at"] = list(node.origin["value"].value[1:])
    return made

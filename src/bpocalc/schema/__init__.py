"""Schemas: the scenario language and the result of a comparison as JSON Schema, for editors and programs."""

from __future__ import annotations

import json
from typing import Any


def rendered(schema: dict[str, Any]) -> str:
    """A schema as it is written to a file."""
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"

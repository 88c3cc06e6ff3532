"""Cases: named sets of other values under which the same scenario is computed."""

from typing import Any

from pydantic import Field

from bpocalc.scenario.parts import Part


class Case(Part):
    """Other values for some figures, chosen with `--case`, or all cases side by side with `--all-cases`."""

    title: str = ""
    """What the case assumes, in a few words."""
    values: dict[str, Any] = Field(alias="set")
    """Values by address, as for `--set`: a bare number keeps currency and unit of the figure, and drops its range."""

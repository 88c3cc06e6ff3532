"""Cases: named sets of other values under which the same scenario is computed."""

from typing import Any

from bpocalc.document import Map
from bpocalc.scenario.context import Loading
from bpocalc.scenario.declared import written_as
from bpocalc.scenario.expectation import Expectation, with_expectations
from bpocalc.scenario.parts import Part

MOST_CASES = 100
"""So many cases may a scenario have."""


class Case(Part):
    """Other values for some figures, chosen with `--case`, or all cases side by side with `--all-cases`."""

    title: str = ""
    """What the case assumes, in a few words."""
    values: dict[str, Any] = written_as("set")
    """Values by address, as for `--set`: a bare number keeps currency and unit of the figure, and drops its range."""
    expect: list[Expectation] = []
    """What is expected of the results in this case."""

    @classmethod
    def shaped(cls, data: Map, loading: Loading | None) -> Map:
        """Spell out plain expectations."""
        return with_expectations(data.copy(), data) if "expect" in data else data

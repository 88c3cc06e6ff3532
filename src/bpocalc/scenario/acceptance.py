"""Acceptances: doubts that the author of a scenario knows of, and the reason for living with them."""

from bpocalc.scenario.parts import Part


class Acceptance(Part):
    """A rule of `check` whose findings are accepted, with the reason; one that accepts nothing is itself reported."""

    rule: str | list[str]
    """Code of the rule, such as BPO106, or a list of codes."""
    why: str
    """The reason, in a sentence: it stands in reports beside what is accepted."""
    at: str | None = None
    """Address of the section that it holds for; without it, it holds for the whole file."""

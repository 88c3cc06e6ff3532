"""The rate cards of a scenario: the file that it names, and below the ones that come with the command."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bpocalc.document import MOST_BYTES, Map
from bpocalc.locations import Card, location_keys, roles
from bpocalc.locations.cards import Known, over, read_card
from bpocalc.scenario.context import Loading
from bpocalc.scenario.parts import is_text


def merged(doc: Map, given: Sequence[tuple[str, bytes]], sources: dict[str, str], loading: Loading) -> Card:
    """What the cards say together; the last one given comes first, then the one that the scenario names.

    Their texts are added to the sources, and what is wrong with them to the problems.
    """
    known = Known({*location_keys(), *loading.locations}, {*roles(), *_groups(), *_roles_in(doc)})
    made: Card = {}
    for name, data in [*_named(doc, loading), *given]:
        card, sources[name] = read_card(data, name, known, loading.problems)
        made = over(card, made)
    return made


def _named(doc: Map, loading: Loading) -> list[tuple[str, bytes]]:
    """The card that the scenario names, beside its own file."""
    if not is_text(doc.get("rates")):
        return []
    name, at = str(doc["rates"]), doc.origin["rates"]
    path = Path(doc.at.file).parent / name
    try:
        if not path.is_file():
            loading.note("BPO035", f"there is no rate card '{name}' beside the scenario", at)
            return []
        with path.open("rb") as file:
            return [(name, file.read(MOST_BYTES + 1))]
    except OSError as error:
        loading.note("BPO035", f"the rate card '{name}' cannot be read: {error.strerror}", at)
        return []


def _groups() -> set[str]:
    return {about["group"] for about in roles().values()}


def _roles_in(node: object) -> set[str]:
    """The roles that a scenario names, its own ones among them."""
    if isinstance(node, Map):
        own = {str(node["role"])} if is_text(node.get("role")) else set()
        wages = node.get("wages")
        return own.union(wages if isinstance(wages, Map) else (), *map(_roles_in, node.values()))
    return set().union(*map(_roles_in, node)) if isinstance(node, list) else set()

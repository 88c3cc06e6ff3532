"""Topics with two sides: what is said of one side of the comparison must be said of the other."""

from __future__ import annotations

from typing import NamedTuple

from bpocalc.document import Map
from bpocalc.overlay import lay_over
from bpocalc.problems import misspelt
from bpocalc.scenario.context import Loading
from bpocalc.scenario.option import Improved, InHouse, Leg, Outsourced


class Topic(NamedTuple):
    """What cures a topic that is missing on one side, and whether a leg has what it leaves out from the other."""

    for_leg: str
    at_home: str
    inherits: bool = False


TOPICS = {
    "quality": Topic(
        "give its error_rate, or write quality: same",
        "write it under 'in_house' as well: give its error_rate",
        inherits=True,
    ),
    "risks": Topic(
        "name its risks, or write risks: same, or risks: {} for none",
        "write it under 'in_house' as well: name its risks, or risks: {} for none",
    ),
}
SAME = "same"


def inherited(leg: Map, home: Map, loading: Loading) -> Map:
    """A leg with `same` replaced by what the in-house side says, and with the rest of what it says less of."""
    out = leg.copy()
    for name, topic in TOPICS.items():
        said, below = leg.get(name), home.get(name)
        if said == SAME and isinstance(below, Map):
            out[name] = below
        elif said == SAME:
            del out[name], out.origin[name]
            if below is None and not misspelt(home, InHouse.known(), name):
                what = f"there is no '{name}' in-house that this could be the same as"
                hint, lack = f"write in_house: {{{name}: …}}, or leave it out here", _lack(home.at.address, name)
                loading.note("BPO021", what, leg.origin[name], hint, lack=lack)
        elif topic.inherits and isinstance(said, Map) and isinstance(below, Map):
            out[name] = lay_over(below, said)
    return out


def _lack(address: str, topic: str) -> str:
    return f"{address}.{topic}"


def given(side: InHouse | Leg, topic: str) -> bool:
    """Whether a side has a section for a topic, if only to say that there is nothing: `risks: {}`."""
    return isinstance(side.written.get(topic), Map)


def stated(side: InHouse | Leg, topic: str) -> bool:
    """Whether a side says something of a topic, understood or not."""
    return side.said(topic) or given(side, topic)


def check_two_sided(key: str, option: Outsourced | Improved, home: InHouse, loading: Loading) -> None:
    """No topic is said of one side only: that would be to compare a cost with nothing."""
    for name, topic in TOPICS.items():
        at_home = given(home, name)
        if isinstance(option, Improved):
            if at_home and not stated(option.in_house, name):
                what = f"'{name}' is stated in-house and not for {key}"
                loading.note("BPO025", what, option.origin("in_house"), f"leave out {name}: null", key=True)
            _check_home(name, topic, key, option.in_house, home, loading)
        elif not (option.legs and stated(option, name)):  # that is noted: it belongs to the legs
            for leg_key, leg in option.parts.items():
                if at_home and not stated(leg, name):
                    what = f"'{name}' is stated in-house and not for {leg_key or key}"
                    loading.note("BPO025", what, leg.written.at, topic.for_leg, key=True)
                _check_home(name, topic, leg_key or key, leg, home, loading)


def _check_home(name: str, topic: Topic, key: str, side: InHouse | Leg, home: InHouse, loading: Loading) -> None:
    """A topic that a side states is stated in-house."""
    if given(side, name) and not stated(home, name):
        what, lack = f"'{name}' is stated for {key} and not in-house", _lack(home.address, name)
        loading.note("BPO025", what, side.origin(name), topic.at_home, key=True, lack=lack)

"""Topics with two sides: what is said of one side of the comparison must be said of the other."""

from __future__ import annotations

from bpocalc.document import Map
from bpocalc.overlay import lay_over
from bpocalc.scenario.fields import Loading
from bpocalc.scenario.option import InHouse, Outsourced

TOPICS = {"quality": "give its error_rate"}
"""The topics, each with what a leg is to say of it."""
SAME = "same"


def inherited(leg: Map, home: Map, loading: Loading) -> Map:
    """A leg with `same` replaced by what the in-house side says, and with the rest of what it says less of."""
    out = leg.copy()
    for topic in TOPICS:
        said, below = leg.get(topic), home.get(topic)
        if said == SAME and isinstance(below, Map):
            out[topic] = below
        elif said == SAME:
            what = f"there is no '{topic}' in-house that this could be the same as"
            loading.note("BPO021", what, leg.origin[topic], f"write in_house: {{{topic}: …}}, or leave it out here")
            del out[topic], out.origin[topic]
        elif isinstance(said, Map) and isinstance(below, Map):
            out[topic] = lay_over(below, said)
    return out


def check_two_sided(key: str, option: Outsourced, home: InHouse, loading: Loading) -> None:
    """No topic is said of one side only: that would be to compare a cost with nothing."""
    for topic, cure in TOPICS.items():
        for name, leg in option.parts.items():
            if home.said(topic) and not leg.said(topic):
                what = f"'{topic}' is stated in-house and not for {name or key}"
                hint = f"{cure}, or write {topic}: same"
                loading.note("BPO025", what, leg.written.at, hint, key=True)
            elif leg.said(topic) and not home.said(topic):
                what = f"'{topic}' is stated for {name or key} and not in-house"
                loading.note("BPO025", what, leg.origin(topic), f"write it under 'in_house' as well: {cure}", key=True)

"""Options: how a function could run, in-house as it is, improved, or outsourced to one or several places."""

from collections.abc import Collection
from typing import Annotated, ClassVar, Literal

from bpocalc.document import Map
from bpocalc.problems import did_you_mean, misspelt
from bpocalc.quantity import Quantity
from bpocalc.scenario.automation import Automation
from bpocalc.scenario.charges import CHARGES, SHORT_FORMS, AnyCharge
from bpocalc.scenario.communication import Communication
from bpocalc.scenario.context import Loading
from bpocalc.scenario.contract import Contract
from bpocalc.scenario.costs import Cost
from bpocalc.scenario.declared import SECTION, neutral
from bpocalc.scenario.exit import Exit
from bpocalc.scenario.fields import In
from bpocalc.scenario.figures import kind_of
from bpocalc.scenario.focus import Focus
from bpocalc.scenario.governance import Governance, Retained
from bpocalc.scenario.labor import Severance, Team, Terms
from bpocalc.scenario.parts import Part, Share, ToldBy, is_text
from bpocalc.scenario.quality import Quality
from bpocalc.scenario.risk import LegRisk, Risk
from bpocalc.scenario.transition import Transition
from bpocalc.scenario.workplace import Workplace


class InHouse(Terms):
    """A function run by the company's own people."""

    title: str = ""
    """What reports call it."""
    teams: dict[str, Team] = {}
    """The people."""
    workplace: Workplace | None = None
    """Their seats."""
    costs: dict[str, Cost] = {}
    """Everything else, overhead included."""
    severance: Severance | None = None
    """What people who are dismissed are paid, in any option that does not say otherwise."""
    quality: Quality | None = None
    """Errors and their cost."""
    risks: dict[str, Risk] = {}
    """What may go wrong; `{}` says that nothing may."""
    focus: Focus | None = None
    """Management time that an outsourced option frees."""


class Leg(Part):
    """A share of the work that goes to one provider at one place."""

    title: str = ""
    """What reports call it."""
    provider: str | None = None
    """A key of `providers`."""
    location: str | None = None
    """Where the provider works."""
    share: Share = neutral(1)
    """Share of the work that goes there."""
    charges: dict[str, AnyCharge] = {}
    """What the provider charges; the charges add up."""
    payment_terms: Annotated[Quantity, In("months", ge=0, le=60)] | None = None
    """Time from the month of a charge to its payment, in days or months; without it nothing is paid later."""
    transition: Annotated[Transition, SECTION]
    """The way there."""
    costs: dict[str, Cost] = {}
    """Other costs of the option."""
    quality: Quality | None = None
    """Errors and their cost; `same` where they are those of the in-house side."""
    risks: dict[str, LegRisk] = {}
    """What may go wrong; `same` for the risks of the in-house side, `{}` where there are none."""
    communication: Communication | None = None
    """Time that is lost between the two places."""
    automation: Automation | None = None
    """Work that software takes over at the provider."""
    delivery: Literal["onshore", "nearshore", "offshore"] | None = None
    """How far away reports call it; else told by the country and the clock."""

    also: ClassVar[tuple[str, ...]] = ("price", "per", "for")

    @classmethod
    def shaped(cls, data: Map, loading: Loading | None) -> Map:
        """Spell out `price: …, per: …, for: …` as one charge, and leave out charges of no known kind."""
        out = data.copy()
        if loading and isinstance(data.get("charges"), Map):
            out["charges"] = _of_known_kind(data["charges"], loading)
        if "price" not in data and "per" not in data:
            return out
        for key in ("price", "per", "for"):
            out.pop(key, None)
        form = SHORT_FORMS.get(data["per"]) if is_text(data.get("per")) else None
        if form and data.get("price") is not None and "charges" not in data:
            field = "amount" if form["kind"] == "fixed" else "price"
            per = data.origin["per"]
            charge = Map({**form, field: data["price"]}, dict.fromkeys(form, per), data.origin["price"])
            charge.origin[field] = data.origin["price"]
            if "for" in data:
                charge["for"], charge.origin["for"] = data["for"], data.origin["for"]
            out["charges"] = Map({"price": charge}, {"price": data.origin["price"]}, data.origin["price"])
            out.origin["charges"] = data.origin["price"]
        elif loading:
            _bad_short_form(data, cls.known(), loading)
        return out


def _of_known_kind(charges: Map, loading: Loading) -> Map:
    """The charges whose `kind` is known; the others are noted."""
    out = charges.copy()
    for key, charge in charges.items():
        kind = charge.get("kind") if isinstance(charge, Map) else None
        if not isinstance(charge, Map) or kind in [*CHARGES]:
            continue
        if kind is None and (wrong := misspelt(charge, ["kind"], "kind")):
            said = f"'{wrong}' is not a field of {charge.at.address}"
            loading.note("BPO003", said, charge.origin[wrong], "did you mean 'kind'?", key=True)
        elif kind is None:
            hint = f"one of {', '.join(CHARGES)}"
            loading.note("BPO004", f"{charge.at.address} has no 'kind'", charge.at, hint, key=True)
        else:
            said = (
                f"'{kind}' is no kind of charge"
                if is_text(kind)
                else f"kind is one of a few words, not {kind_of(kind)}"
            )
            loading.note("BPO017", said, charge.origin["kind"], did_you_mean(str(kind), CHARGES))
        del out[key]
    return out


def _bad_short_form(data: Map, known: Collection[str], loading: Loading) -> None:
    units, per = sorted(SHORT_FORMS), data.get("per")
    if "charges" in data:
        at = data.origin["price" if "price" in data else "per"]
        loading.note("BPO021", "an option has either 'price' and 'per' or 'charges'", at, "keep one of them", key=True)
        return
    for name, other, example in (("price", "per", "2_400"), ("per", "price", f"with one of {', '.join(units)}")):
        if data.get(name) is not None:
            continue
        hint = f"write {name}: {example}"
        if name in data:
            said = f"'{name}' of {data.at.address} is empty"
            loading.note("BPO004", said, data.origin[name], hint, key=True)
        elif not misspelt(data, known, name):
            loading.note("BPO004", f"'{other}' stands without '{name}'", data.origin[other], hint, key=True)
        return
    said = f"'{per}' is no unit of a price" if is_text(per) else f"per is one of a few words, not {kind_of(per)}"
    loading.note("BPO017", said, data.origin["per"], did_you_mean(str(per), units))


class Outsourced(Leg):
    """An option with one leg written flat, or with several under `legs`, and what the buyer keeps."""

    legs: dict[str, Leg] = {}
    """Several legs, each with its provider, place, share, charges and transition."""
    contract: Contract | None = None
    """How long the contract runs, for all legs, and what comes then."""
    retained: Retained | None = None
    """People kept to steer the provider."""
    governance: Governance | None = None
    """The cost of steering the contract."""
    exit: Exit | None = None
    """What leaving the provider costs."""

    also: ClassVar[tuple[str, ...]] = ("price", "per", "for", "in_house")

    @property
    def parts(self) -> dict[str, Leg]:
        """The legs by name; a flat option is its own, under an empty name."""
        return self.legs or {"": self}


class Improved(Part):
    """The in-house side done better: what is written is laid over the baseline, and comes with a ramp and its cost."""

    title: str = ""
    """What reports call it."""
    in_house: InHouse
    """The in-house side as it will be; in the file, only what differs."""
    transition: Annotated[Transition, SECTION]
    """The way there."""
    costs: dict[str, Cost] = {}
    """Other costs of the option."""


AnyOption = Annotated[Improved | Outsourced, ToldBy(lambda data: Improved if "in_house" in data else Outsourced)]
"""An improved in-house, told by its `in_house`, or else an outsourced one."""

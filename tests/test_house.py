"""The rules of the house: what may import what, how long a module may be, and no looking away."""

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "src" / "bpocalc"
MODULES = sorted(SOURCE.rglob("*.py"))
LONGEST = 300
FLOORS = [  # from the top to the ground
    "__main__",
    "cli",
    "schema",
    "views",
    "cases",
    "report",
    "notes",
    "checking",
    "lints",
    "judging",
    "references",
    "assumptions",
    "verdicts",
    "answers",
    "tables",
    "causes",
    "summary",
    "factors",
    "table",
    "expectations",
    "chances",
    "studies",
    "explain",
    "comparison",
    "arbitrage",
    "bridge",
    "mixes",
    "decision",
    "metrics",
    "paybacks",
    "streams",
    "model",
    "scenario",
    "locations",
    "timeline",
    "notation",
    "formulas",
    "replay",
    "arrays",
    "recursion",
    "overlay",
    "document",
    "problems",
    "scalars",
    "trace",
    "quantity",
    "words",
    "queues",
    "erlang",
    "about",
]


def floor_of(module: Path) -> str:
    """Name the floor that a module stands on: `model` for model/pricing.py."""
    return module.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported_floors(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield line and floor of every import of something of ours, inside functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            start = node.module if node.level == 0 else "bpocalc.(relative)"
            names = [f"{start}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            package, _, rest = name.partition(".")
            if package == "bpocalc" and rest not in {"", "__version__"}:
                yield node.lineno, rest.partition(".")[0]


def breaches(floor: str, source: str) -> list[str]:
    """Say which imports of a module on this floor do not go down."""
    below = FLOORS[FLOORS.index(floor) :] if floor in FLOORS else []
    return [
        f"line {line}: {floor} imports {target}"
        for line, target in imported_floors(ast.parse(source))
        if target not in below
    ]


def test_every_module_stands_on_a_known_floor() -> None:
    assert {floor_of(module) for module in MODULES} <= {*FLOORS, "__init__"}


def test_imports_go_down_only() -> None:
    found = {str(module.relative_to(SOURCE)): breaches(floor_of(module), module.read_text()) for module in MODULES}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_an_import_that_goes_up_is_noticed_in_every_form() -> None:
    assert breaches("model", "from bpocalc.cli.exit import Stop")
    assert breaches("model", "from bpocalc import cli")
    assert breaches("model", "import bpocalc.cli.exit as e")
    assert breaches("model", "def f():\n    import bpocalc.comparison")
    assert breaches("model", "from . import pricing")
    assert breaches("model", "from bpocalc.unheard_of import x")


def test_an_import_from_the_same_or_a_lower_floor_is_welcome() -> None:
    assert not breaches("model", "from bpocalc.model.pricing import fee")
    assert not breaches("model", "import bpocalc.quantity, ast")
    assert not breaches("quantity", "from bpocalc import __version__")


def test_no_module_is_too_long() -> None:
    lengths = {str(module.relative_to(SOURCE)): len(module.read_text().splitlines()) for module in MODULES}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_no_module_tells_a_checker_to_look_away() -> None:
    asides = ("# type: ignore", "# noqa", "# ruff: noqa", "# mypy: ignore")
    assert [module.name for module in MODULES if any(aside in module.read_text() for aside in asides)] == []

"""Mutants: scenarios damaged by structure or by bytes, each made from its number alone."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from bpocalc.document import decode, read
from bpocalc.scenario.parts import Part
from bpocalc.scenario.results import RESULTS
from bpocalc.scenario.scenario import Scenario

ROOT = Path(__file__).parent.parent
VALID = ("scenarios", "src/bpocalc/templates", "tests/golden", "tests/cases")
INVALID = ("tests/problems",)
TOKENS = [
    b':', b'- ', b'{', b'}', b'[', b']', b'&a ', b'*a', b'!!python/object:os.system ', b'<<: *a', b'|\n', b'>\n',
    b'---\n', b'...\n', b'\t', b'\r', b'\x00', b'\x85', b'\xe2\x80\xa8', b'\xff', b'\xef\xbb\xbf', b'#', b"'", b'"',
    b'\\', b'%', b'@', b'null', b'true', b'.nan', b'.inf', b'1e999', b'-1', b'0', b'1_000', b'99999999999999999999',
    b'12:30', b'1,000', b'? ', b'never', b'same', b'\xf0\x9f\x92\xb8', b'{1: 2, 2: 3}',
    b'{value: 3, low: 4, high: 1}', b'total(', b'>='
]  # fmt: skip
ODD: list[Any] = [
    None, True, False, [], {}, "", " ", "x" * 2000, -1, 0, 1, 1e-320, 1e+308, 10**40, -0.5, 1.5, 100, 601, "35%",
    "-5%", "1e999", "280 PHP", "280 XXX", "8.5 min", "3 months", "12:30", "1,000", "010", ".inf", "never", "same",
    "in_house", "total", "null", "~", "2027-01", "2027-13", "=cmd()", "a.b.c", "\x07", "🦊", "*", "<<",
    {'value': None}, {'value': 3, 'low': 5}, {'rate': {'rate': 1}}, {1: '0%', 3: '2%'}, {'0': 1}, [[[[1]]]],
    [1, 2, 3], [None], {'a': {'b': {'c': 1}}}, {'kind': 'per_unit'}, {'kind': []}, [{'above': 0, 'price': 1}],
    {'in_house': {}}, {'legs': {'a': {}}}
]  # fmt: skip
"""Values that stand where they should not."""


class Mutant(NamedTuple):
    """A damaged scenario: its bytes, the case under which it is loaded, and what is set on the command line."""

    data: bytes
    case: str = ""
    overrides: tuple[str, ...] = ()


@cache
def files(folders: tuple[str, ...]) -> list[bytes]:
    """The scenarios in some folders, those of tests/cases without what is expected of them."""
    found = [path.read_bytes() for folder in folders for path in sorted((ROOT / folder).rglob("*.yaml"))]
    return [data.partition(b"\nexpected:")[0] for data in found]


@cache
def trees(folders: tuple[str, ...]) -> list[Any]:
    """Those of them that can be read, as plain values."""
    documents = [read(decode(data, "")[0], "") for data in files(folders)]
    return [_copied(document) for document, problems in documents if document and not problems]


def _folders(rng: random.Random) -> tuple[str, ...]:
    """Mostly valid scenarios: what is wrong already is refused whatever else is."""
    return INVALID if rng.random() < 0.2 else VALID


@cache
def fields() -> list[str]:
    """The names of all fields."""
    waiting: list[type[Part]] = [Part]
    found = {*Scenario.known(), *RESULTS}
    while waiting:
        part = waiting.pop()
        found |= {*part.known()}
        waiting += part.__subclasses__()
    return sorted(found)


def mutant(number: int) -> Mutant:
    """The mutant of a number, always the same one."""
    rng = random.Random(number)
    if rng.random() < 0.45:
        data = rng.choice(files(_folders(rng)))
        for _ in range(rng.choice((1, 1, 1, 2, 3, 8))):
            data = rng.choice(BY_BYTES)(data, rng)
        return Mutant(data, rng.choice(("",) * 15 + ("pessimistic",)), _overrides(None, rng))
    tree = _copied(rng.choice(trees(_folders(rng))))
    for _ in range(rng.choice((1, 1, 1, 2, 3, 8))):
        rng.choice(BY_STRUCTURE)(tree, rng)
    flow = rng.choice((None, None, True, False))
    text = yaml.safe_dump(tree, default_flow_style=flow, allow_unicode=rng.random() < 0.5, sort_keys=False, width=200)
    cases = tree.get("cases")
    known = [str(key) for key in cases] if isinstance(cases, dict) else []
    case = rng.choice(known) if known and rng.random() < 0.5 else ""
    return Mutant(text.encode("utf-8", "surrogatepass"), case, _overrides(tree, rng))


def _overrides(tree: Any, rng: random.Random) -> tuple[str, ...]:
    """Now and then something that is set, somewhere in the tree or nowhere."""
    if rng.random() < 0.85:
        return ()
    places = [path for _, _, path in _places(tree)] if isinstance(tree, dict) else []
    address = rng.choice(places) if places and rng.random() < 0.8 else rng.choice(fields())
    return (f"{address}={rng.choice(ODD)}",)


# By bytes.


def _slice(data: bytes, rng: random.Random) -> tuple[int, int]:
    start = rng.randrange(len(data) + 1)
    return start, min(len(data), start + rng.choice((1, 2, 5, 20, 200)))


def _flip(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data) or 1)
    return data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]


def _cut(data: bytes, rng: random.Random) -> bytes:
    start, end = _slice(data, rng)
    return data[:start] + data[end:]


def _double(data: bytes, rng: random.Random) -> bytes:
    start, end = _slice(data, rng)
    return data[:end] + data[start:end] * rng.choice((1, 1, 2, 50)) + data[end:]


def _insert(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice(TOKENS) * rng.choice((1, 1, 1, 3, 60)) + data[at:]


def _end(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _lines(data: bytes, rng: random.Random) -> bytes:
    lines = data.splitlines(keepends=True) or [b""]
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def _indent(data: bytes, rng: random.Random) -> bytes:
    lines = data.splitlines(keepends=True) or [b""]
    at = rng.randrange(len(lines))
    lines[at] = rng.choice((b" " + lines[at], b"  " + lines[at], lines[at].lstrip(), b"\t" + lines[at]))
    return b"".join(lines)


def _splice(data: bytes, rng: random.Random) -> bytes:
    other = rng.choice(files(_folders(rng)))
    return data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other) + 1) :]


def _digit(data: bytes, rng: random.Random) -> bytes:
    """Another digit in place of one: most often another valid scenario."""
    places = [at for at, byte in enumerate(data) if 48 <= byte <= 57] or [0]
    at = rng.choice(places)
    return data[:at] + str(rng.randrange(10)).encode() + data[at + 1 :]


BY_BYTES: list[Callable[[bytes, random.Random], bytes]] = [
    _flip, _cut, _double, _insert, _end, _lines, _indent, _splice, _digit, _digit, _digit, _digit, _digit, _digit
]  # fmt: skip


# By structure.


def _copied(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _copied(value) for key, value in node.items()}
    return [_copied(item) for item in node] if isinstance(node, list) else node


def _places(node: Any, path: str = "") -> Iterator[tuple[Any, Any, str]]:
    """Every container with a key or index in it, and the address of that."""
    if not isinstance(node, dict | list):
        return
    items = list(node.items()) if isinstance(node, dict) else list(enumerate(node))
    for key, value in items:
        address = f"{path}.{key + 1 if isinstance(node, list) else key}".lstrip(".")
        yield node, key, address
        yield from _places(value, address)


def _place(tree: Any, rng: random.Random) -> tuple[Any, Any]:
    found = list(_places(tree)) or [({"x": 0}, "x", "x")]
    node, key, _ = rng.choice(found)
    return node, key


def _replace(tree: Any, rng: random.Random) -> None:
    node, key = _place(tree, rng)
    node[key] = _copied(rng.choice(ODD))


def _remove(tree: Any, rng: random.Random) -> None:
    node, key = _place(tree, rng)
    del node[key]


def _rename(tree: Any, rng: random.Random) -> None:
    node, key = _place(tree, rng)
    if isinstance(node, dict):
        value = node.pop(key)
        word = str(key)
        at = rng.randrange(len(word) + 1)
        misspelt = word[:at] + word[at + 1 :]
        node[
            rng.choice((rng.choice(fields()), misspelt, misspelt, word.upper(), f"{word} x", "in_house", "total", 7))
        ] = value


def _add(tree: Any, rng: random.Random) -> None:
    node, _ = _place(tree, rng)
    value = _copied(rng.choice(ODD))
    if isinstance(node, dict):
        node[rng.choice(fields())] = value
    else:
        node.append(value)


def _move(tree: Any, rng: random.Random) -> None:
    node, key = _place(tree, rng)
    value = _copied(node[key])
    other, at = _place(tree, rng)
    other[at] = value


def _graft(tree: Any, rng: random.Random) -> None:
    """A section of another scenario."""
    theirs, from_ = _place(rng.choice(trees(_folders(rng))), rng)
    node, key = _place(tree, rng)
    node[key] = _copied(theirs[from_])


def _like(tree: Any, rng: random.Random) -> None:
    """What stands under the same key in another scenario: often valid, and still another scenario."""
    theirs = list(_places(rng.choice(trees(VALID))))
    found = list(_places(tree))
    rng.shuffle(found)
    for node, key, _ in found:
        same = [other[at] for other, at, _ in theirs if at == key and isinstance(node, dict)]
        if same:
            node[key] = _copied(rng.choice(same))
            return


def _scale(tree: Any, rng: random.Random) -> None:
    """A number, or a fifth of them all, much larger or smaller, or of the other sign."""
    numbers = [(node, key) for node, key, _ in _places(tree) if type(node[key]) in (int, float)]
    few = numbers and rng.random() < 0.7
    for node, key in [rng.choice(numbers)] if few else rng.sample(numbers, len(numbers) // 5):
        node[key] *= rng.choice((-1, 0, 1e-9, 1e-3, 1e3, 1e9, 0.5, 2) if few else (1e-3, 0.1, 0.5, 2, 10, 1e3))


def inflate(tree: Any, rng: random.Random) -> None:
    """A value of a size that nobody writes: a long text, or a section of many entries like one that is there."""
    node, key = _place(tree, rng)
    many = rng.choice((200, 2_000, 20_000))
    old = node[key]
    if isinstance(old, dict) and old and rng.random() < 0.7:
        one = _copied(rng.choice(list(old.values())))
        node[key] = {**old, **{f"a{number}": one for number in range(many // (50 if isinstance(one, dict) else 1))}}
    elif isinstance(old, list) and old:
        node[key] = [_copied(rng.choice(old)) for _ in range(many // 10)]
    else:
        word = rng.choice(("x", "a.", "1", "1_", "9,", "(", "- ", "é", "a b ", "x" * 50 + "."))
        node[key] = rng.choice(
            (word * many, {f"{word}{number}": old for number in range(many // 10)}, [old] * (many // 10))
        )


def _expect(tree: Any, rng: random.Random) -> None:
    """An expectation of something, or of nothing."""
    functions = tree.get("functions")
    names = [str(key) for key in functions] if isinstance(functions, dict) and functions else ["care"]
    way = rng.choice(("in_house", "manila", "improved", "best", "total"))
    address = f"{rng.choice([*names, 'total'])}.{way}.{rng.choice([*RESULTS, 'fees', 'saving', 'zzz'])}"
    sign, right = (
        rng.choice((">=", "<=", "==", ">", "<", "=", "", "()")),
        rng.choice(("0", "5%", "never", "1e6", address, "x")),
    )
    left = rng.choice((address, f"highest({address})", f"total({address})", f"({address}", "3"))
    tree["expect"] = [f"{left} {sign} {right}"]


BY_STRUCTURE: list[Callable[[Any, random.Random], None]] = [
    _replace, _replace, _remove, _remove, _rename, _add, _move, _graft, _expect, _scale, _scale, _scale,
    _like, _like, _like
]  # fmt: skip

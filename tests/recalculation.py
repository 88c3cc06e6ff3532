"""Recalculation: workbooks computed again, from their formulas alone, by a spreadsheet program that is not ours.

A workbook is bytes. `recalculate` hands any number of them to one call of LibreOffice and reads all cells back; `poke`
puts other numbers into its inputs; `differences` compares the cells with the lines of a comparison.
"""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from html import unescape
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import NamedTuple
from xml.etree.ElementTree import ParseError, fromstring
from zipfile import BadZipFile, ZipFile

import pytest

from bpocalc.about import Line
from bpocalc.comparison import Comparison
from bpocalc.notation import operands
from bpocalc.quantity import Quantity
from bpocalc.trace import walk

PROGRAM = "soffice"
NOT_PROVEN = (
    "NOT PROVEN: that the formulas of the workbook give the numbers of bpocalc, after a change of its inputs too. "
    f"This needs LibreOffice ('{PROGRAM}'), which is not installed: apt-get install libreoffice-calc-nogui"
)
TIMEOUT = 300.0
FEW = 6
"""From so many workbooks on, starting LibreOffice twice pays."""
INPUTS = "Inputs"
ADDRESS, FIGURE, VALUE, FIRST_MONTH = 1, 4, 5, 6
"""Columns: of a sheet with lines, and of the sheet of inputs, which holds addresses and values only."""
TOLERANCE, OF_IRR = 1e-9, 1e-6
LEAST_SCALE, RESIDUE = 1e-6, 1e-5
"""Lines that are smaller everywhere, or so small a part of what they are computed from, are compared as if they were as
large: the spreadsheet makes a plain 0 of what is left where two equal amounts are subtracted."""
PROFILE = """\
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>
"""
"""The settings of LibreOffice: every formula is computed anew on loading, whatever value is stored with it."""
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


class Wrong(str):
    """An error in a cell, such as #N/A."""


NEVER = Wrong("#N/A")
Value = float | str | bool
Row = Mapping[int, Value]
Cells = Mapping[str, Mapping[int, Row]]
"""The cells of a workbook by sheet, row and column, both counted from 1; empty cells are left out."""


class Failed(Exception):
    """LibreOffice did not recalculate all workbooks."""


def available() -> bool:
    """Whether LibreOffice is there."""
    return shutil.which(PROGRAM) is not None


@pytest.fixture(scope="session")
def office(request: pytest.FixtureRequest) -> None:
    """For tests that need LibreOffice; without it they are skipped, and the terminal says what is not proven."""
    plugins = request.config.pluginmanager
    if not available():
        reporter, capture = plugins.get_plugin("terminalreporter"), plugins.get_plugin("capturemanager")
        if reporter is not None and capture is not None:
            with capture.global_and_fixture_disabled():
                reporter.ensure_newline()
                reporter.write_line(NOT_PROVEN, yellow=True, bold=True)
        pytest.skip(NOT_PROVEN)


def recalculate(workbooks: Mapping[str, bytes], timeout: float = TIMEOUT) -> dict[str, Cells]:
    """All cells of the workbooks, by their keys, after every formula was computed anew.

    One call of LibreOffice for all of them, two side by side when there are many, and one more for those that a crash
    left out. Raises Failed with what the program said where a workbook does not come back: its exit status is 0 even
    then.
    """
    sheets = {key: sheets_of(workbook) for key, workbook in workbooks.items()}
    by_size = sorted(workbooks, key=lambda key: -len(workbooks[key]))
    shares = [by_size[::2], by_size[1::2]] if len(by_size) > FEW else [by_size] if by_size else []
    out: dict[str, Cells] = {}
    with TemporaryDirectory(prefix="recalculation-", ignore_cleanup_errors=True) as name:
        folder = Path(name)  # its own, and empty: no lock of another run, no result of an earlier one
        paths = {key: folder / f"{number:04}.xlsx" for number, key in enumerate(workbooks, 1)}
        for key, path in paths.items():
            path.write_bytes(workbooks[key])
        with ThreadPoolExecutor() as pool:
            done = [pool.submit(_convert, [paths[key] for key in share], folder, timeout) for share in shares]
            said = "".join([one.result() for one in done])
        if lost := [path for path in paths.values() if not (folder / "out" / path.name).is_file()]:
            said += _convert(lost, folder, timeout)  # now and then it crashes on its way
        for key, path in paths.items():
            result = folder / "out" / path.name
            if not result.is_file() or sheets_of(result.read_bytes()) != sheets[key]:
                raise Failed(f"LibreOffice did not write {key} again; it said:\n{said}")
            out[key] = cells_of(result.read_bytes())
    return out


def _convert(paths: list[Path], folder: Path, timeout: float) -> str:
    """Let LibreOffice load and write the workbooks; what it said. What outlives the time-out is ended."""
    program = shutil.which(PROGRAM)
    if program is None:
        raise Failed(NOT_PROVEN)
    profile = Path(mkdtemp(prefix="profile-", dir=folder))
    (profile / "user").mkdir()
    (profile / "user" / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
    command = [program, "--headless", "--norestore", "--nologo", "--nolockcheck", "--nodefault"]
    command += [f"-env:UserInstallation={profile.as_uri()}"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out"), *map(str, paths)]
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,  # the program is started by a script, and both must end
        env={**os.environ, "HOME": str(folder), "SAL_USE_VCLPLUGIN": "svp", "LC_ALL": "C.UTF-8"},
    ) as process:
        try:
            return process.communicate(timeout=timeout)[0]
        except subprocess.TimeoutExpired:
            ready = sum((folder / "out" / path.name).is_file() for path in paths)
            said = f"more than {timeout:g} s; {ready} of {len(paths)} workbooks are ready"
            raise Failed(f"LibreOffice took {said}") from None
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def parts_of(archive: ZipFile) -> dict[str, str]:
    """The file within a workbook of every sheet, in their order."""
    targets = {one.get("Id"): one.get("Target", "") for one in fromstring(archive.read("xl/_rels/workbook.xml.rels"))}
    sheets = list(fromstring(archive.read("xl/workbook.xml")).iter(f"{SHEET}sheet"))
    files = [targets[sheet.get(f"{RELATION}id")] for sheet in sheets]
    inside = [file[1:] if file.startswith("/") else f"xl/{file}" for file in files]
    return dict(zip([sheet.get("name", "") for sheet in sheets], inside, strict=True))


def sheets_of(workbook: bytes) -> list[str]:
    """The names of the sheets; Failed for something that is no workbook."""
    try:
        with ZipFile(BytesIO(workbook)) as archive:
            return list(parts_of(archive))
    except (BadZipFile, KeyError, ParseError) as error:
        raise Failed(f"this is no workbook: {error}") from None


def _strings(archive: ZipFile) -> list[str]:
    """The texts that cells refer to by number."""
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    root = fromstring(archive.read("xl/sharedStrings.xml"))
    return ["".join([part.text or "" for part in one.iter(f"{SHEET}t")]) for one in root.iter(f"{SHEET}si")]


@cache
def column_number(letters: str) -> int:
    """The number of a column: 1 for A, 27 for AA."""
    return column_number(letters[:-1]) * 26 + ord(letters[-1]) - ord("A") + 1 if letters else 0


CELL = re.compile(
    r'<c r="([A-Z]+)([0-9]+)"(?: s="[0-9]+")?(?: t="([a-zA-Z]+)")?>(?:<f[^>]*?(?:/>|>[^<]*</f>))?'
    r"(?:<v[^>]*>([^<]*)</v>|<is>(.*?)</is>)?</c>",
    re.DOTALL,
)
"""A cell that is not empty: column, row, kind, value, text. Read so, a workbook takes a quarter of a parser's time."""


def cells_of(workbook: bytes) -> Cells:
    """All cells of a workbook with the values that are stored in it."""
    with ZipFile(BytesIO(workbook)) as archive:
        strings = _strings(archive)
        return {name: _rows(archive.read(part).decode(), strings) for name, part in parts_of(archive).items()}


def _rows(xml: str, strings: list[str]) -> dict[int, dict[int, Value]]:
    out: dict[int, dict[int, Value]] = {}
    found = CELL.findall(xml)
    if unknown := xml.count("</c>") - len(found):
        raise Failed(f"{unknown} cells are written in a way that is not known here")
    for letters, row, kind, value, text in found:
        if kind in ("", "n"):
            made: Value = float(value or "nan")
        elif kind == "s":
            made = strings[int(value)]
        elif kind == "inlineStr":
            made = unescape("".join(re.findall("<t(?: [^>]*)?>([^<]*)</t>", text)))
        else:
            made = value == "1" if kind == "b" else Wrong(value) if kind == "e" else unescape(value)
        out.setdefault(int(row), {})[column_number(letters)] = made
    return out


def input_cells(workbook: bytes) -> dict[str, str]:
    """The cell of every input, such as E12, by the address that stands in its row."""
    with ZipFile(BytesIO(workbook)) as archive:
        rows = _rows(archive.read(parts_of(archive)[INPUTS]).decode(), _strings(archive))
    return {str(row[ADDRESS]): f"E{n}" for n, row in rows.items() if ADDRESS in row and type(row.get(VALUE)) is float}


ANY_CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)


def poke(workbook: bytes, values: Mapping[str, float]) -> bytes:
    """The workbook with other numbers in the cells of some inputs, by address; nothing else in it is changed.

    Raises KeyError for an input that is not there, ValueError for one whose cell does not hold a plain number.
    """
    cells = input_cells(workbook)
    if missing := [address for address in values if address not in cells]:
        raise KeyError(f"the workbook has no input {', '.join(missing)}")
    wanted = {cells[address]: (address, float(value)) for address, value in values.items()}

    def replaced(found: re.Match[str]) -> str:
        if found[1] not in wanted:
            return found[0]
        address, value = wanted.pop(found[1])
        if not re.fullmatch(r"<v>[^<]*</v>", found[3] or "") or re.search(r' t="(?!n")', found[2]):
            raise ValueError(f"the cell {found[1]} of {address} does not hold a plain number")
        return f'<c r="{found[1]}"{found[2]}><v>{value!r}</v></c>'

    made = BytesIO()
    with ZipFile(BytesIO(workbook)) as archive, ZipFile(made, "w") as out:
        part = parts_of(archive)[INPUTS]
        for item in archive.namelist():
            data = archive.read(item)
            out.writestr(item, ANY_CELL.sub(replaced, data.decode()).encode() if item == part else data)
    return made.getvalue()


class Difference(NamedTuple):
    """How far a line in a workbook is from the same line of a comparison, at its worst cell."""

    address: str
    worst: float
    """Relative to the largest month of the line; infinite where only one of both is a number."""
    cell: str
    theirs: Value | None
    ours: float

    @property
    def holds(self) -> bool:
        """Whether it is within the tolerance of the line."""
        return self.worst <= (OF_IRR if self.address.endswith(".irr") else TOLERANCE)

    def __str__(self) -> str:
        return f"{self.address}: {self.theirs!r} in {self.cell}, not {self.ours!r}, off by {self.worst:.1e}"


def lines_of(comparison: Comparison) -> dict[str, Quantity]:
    """All lines that a comparison consists of, by address; yearly steps of its inputs among them."""
    entries = comparison.run.book.entries
    steps = {q.about.name: q for q in walk([e.quantity for e in entries.values()]) if isinstance(q.about, Line)}
    return steps | {address: entry.quantity for address, entry in entries.items()}


def differences(cells: Cells, comparison: Comparison) -> list[Difference]:
    """Every row of a workbook that holds a line of the comparison, at its worst cell."""
    lines = lines_of(comparison)
    return [
        _difference(str(row[ADDRESS]), lines[str(row[ADDRESS])], f"{sheet}!R{number}", row)
        for sheet, rows in cells.items()
        for number, row in rows.items()
        if sheet != INPUTS and row.get(ADDRESS) in lines
    ]


def _difference(address: str, q: Quantity, place: str, row: Row) -> Difference:
    ours = q.row if q.is_row else (q.figure,)
    scale = scale_of(q)
    found = []
    for column, value in enumerate(ours, FIRST_MONTH if q.is_row else FIGURE):
        theirs = row.get(column)
        if type(theirs) is float and value == value:
            apart = abs(theirs - value) / scale
        else:
            apart = 0.0 if type(theirs) is Wrong and theirs == NEVER and value != value else float("inf")
        found.append(Difference(address, apart, f"{place}C{column}", theirs, value))
    return max(found, key=lambda one: one.worst)


def scale_of(q: Quantity) -> float:
    """The size at which a line is compared."""
    return max(LEAST_SCALE, largest(q), residue(q))


def residue(q: Quantity, depth: int = 4) -> float:
    """The size below which a line may be what is left of larger ones; of a residue it is as coarse as that."""
    of = operands(q)
    left = [size for one in of if depth and (size := residue(one, depth - 1)) > largest(one)]
    return max([RESIDUE * max([largest(one) for one in of], default=0.0), *left])


def largest(q: Quantity) -> float:
    """The largest absolute number of a line or an input."""
    return max([abs(value) for value in (q.row if q.is_row else (q.figure,)) if value == value], default=0.0)

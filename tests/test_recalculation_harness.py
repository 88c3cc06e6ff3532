"""The harness of the recalculation tests, on workbooks made by hand whose right numbers are plain to see."""

import subprocess
import sys
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import recalculation
from recalculation import (
    NEVER,
    Cells,
    Failed,
    Wrong,
    available,
    cells_of,
    differences,
    input_cells,
    lines_of,
    office,
    poke,
    recalculate,
)

from bpocalc.comparison import Comparison, compare
from bpocalc.model.run import run
from bpocalc.scenario.loading import load_text

__all__ = ["office"]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
INPUTS = """\
<row r="1"><c r="A1" t="inlineStr"><is><t>address</t></is></c><c r="E1" t="inlineStr"><is><t>value</t></is></c></row>
<row r="2"><c r="A2" t="inlineStr"><is><t>care.price</t></is></c><c r="E2"><v>3</v></c></row>
<row r="3"><c r="A3" t="s"><v>0</v></c><c r="E3" t="n"><v>0.1</v></c></row>
<row r="4"><c r="A4" t="inlineStr"><is><t>care.said</t></is></c><c r="E4" t="inlineStr"><is><t>3</t></is></c></row>
<row r="5"><c r="A5" t="inlineStr"><is><t>care.computed</t></is></c><c r="E5"><f>1+2</f><v>3</v></c></row>
<row r="6"><c r="A6" t="inlineStr"><is><t>care.empty</t></is></c><c r="E6"/><c r="F6"><v>7</v></c></row>"""
NAMES = {"care.price": "E2", "_1.2": "E3", "count": "F6"}
LINES = """\
<row r="2"><c r="A2" t="inlineStr"><is><t>care.fees</t></is></c><c r="D2"><f>SUM($F2:$H2)</f><v>999</v></c>\
<c r="F2"><f t="shared" ref="F2:H2" si="3">F$3*care.price</f><v>999</v></c>\
<c r="G2"><f t="shared" si="3"/><v>999</v></c><c r="H2"><f t="shared" si="3"/><v>999</v></c></row>
<row r="3"><c r="A3" t="inlineStr"><is><t>month</t></is></c>\
<c r="F3"><v>1</v></c><c r="G3"><v>2</v></c><c r="H3"><v>3</v></c></row>
<row r="4"><c r="D4"><f>NA()</f><v>999</v></c><c r="E4" t="str"><f>"a &amp; "&amp;"b"</f><v>lie</v></c>\
<c r="F4" t="b"><f>1&gt;2</f><v>1</v></c>\
<c r="G4"><f>1/0</f><v>999</v></c><c r="H4"><f>0.1+_1.2</f><v>999</v></c></row>"""


def workbook(inputs: str = INPUTS, lines: str = LINES, sheet: str = "Lines") -> bytes:
    """A workbook with a sheet of inputs and one of lines, whose stored values are all wrong."""
    names = "".join(
        f'<definedName name="{name}">Inputs!${cell[0]}${cell[1]}</definedName>' for name, cell in NAMES.items()
    )
    kinds = f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
    kinds += f'<Override PartName="/xl/sharedStrings.xml" ContentType="{TYPE}.sharedStrings+xml"/>'
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}/relationships"><sheets>'
        f'<sheet name="{sheet}" sheetId="1" r:id="rId1"/><sheet name="Inputs" sheetId="2" r:id="rId2"/></sheets>'
        f"<definedNames>{names}</definedNames></workbook>",
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><r><t>care</t></r><r><t>.growth</t></r></si></sst>',
    }
    related = f'<Relationship Id="rId3" Type="{OFFICE}/relationships/sharedStrings" Target="sharedStrings.xml"/>'
    for number, rows in enumerate((lines, inputs), 1):
        name = f"worksheets/sheet{number}.xml"
        parts[f"xl/{name}"] = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        kinds += f'<Override PartName="/xl/{name}" ContentType="{TYPE}.worksheet+xml"/>'
        target = name if number == 1 else f"/xl/{name}"  # both forms occur
        related += f'<Relationship Id="rId{number}" Type="{OFFICE}/relationships/worksheet" Target="{target}"/>'
    relations = f'<Relationships xmlns="{PACKAGE}/relationships">'
    parts["xl/_rels/workbook.xml.rels"] = f"{relations}{related}</Relationships>"
    root = f'<Relationship Id="rId1" Type="{OFFICE}/relationships/officeDocument" Target="xl/workbook.xml"/>'
    parts["_rels/.rels"] = f"{relations}{root}</Relationships>"
    plain = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    plain += '<Default Extension="xml" ContentType="application/xml"/>'
    parts["[Content_Types].xml"] = f'<Types xmlns="{PACKAGE}/content-types">{plain}{kinds}</Types>'
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, HEAD + text)
    return made.getvalue()


def months(cells: Cells, row: int) -> list[object]:
    """What stands in column D and in the months of a row."""
    return [cells["Lines"][row].get(column) for column in (4, 6, 7, 8)]


@pytest.mark.usefixtures("office")
def test_stored_values_are_ignored_and_every_key_gets_its_own_workbook() -> None:
    lies = workbook()
    assert months(cells_of(lies), 2) == [999, 999, 999, 999]
    cells = recalculate({"as it is": lies, "a/b: dearer": poke(lies, {"care.price": 1 / 3, "care.growth": 0.2})})
    assert months(cells["as it is"], 2) == [18, 3, 6, 9]
    assert months(cells["a/b: dearer"], 2) == pytest.approx([2, 1 / 3, 2 / 3, 1], rel=1e-14)  # fifteen digits
    assert cells["as it is"]["Lines"][4] == {4: NEVER, 5: "a & b", 6: False, 7: "#DIV/0!", 8: 0.2}
    assert isinstance(cells["as it is"]["Lines"][4][7], Wrong)
    assert cells["a/b: dearer"]["Inputs"][3] == {1: "care.growth", 5: 0.2}


@pytest.mark.usefixtures("office")
def test_a_program_that_takes_too_long_is_ended() -> None:
    with pytest.raises(Failed, match=r"more than 0\.01 s; 0 of 1 workbooks are ready"):
        recalculate({"one": workbook()}, timeout=0.01)


@pytest.mark.usefixtures("office")
def test_a_workbook_that_does_not_come_back_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recalculation, "PROGRAM", "echo")  # its status is 0 as well
    with pytest.raises(Failed, match=r"(?s)LibreOffice did not write one again; it said:.*--headless"):
        recalculate({"one": workbook()})


CRASH = """\
#!/bin/sh
if mkdir {once} 2>/dev/null; then kill -SEGV $$; fi
exec {program} "$@"
"""


@pytest.mark.usefixtures("office")
def test_a_crash_on_the_way_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "office.sh"
    script.write_text(CRASH.format(once=tmp_path / "once", program=recalculation.PROGRAM))
    script.chmod(0o755)
    monkeypatch.setattr(recalculation, "PROGRAM", str(script))
    assert months(recalculate({"one": workbook()})["one"], 2) == [18, 3, 6, 9]
    assert (tmp_path / "once").exists()


def test_what_is_no_workbook_is_told_without_asking_the_program() -> None:
    empty = BytesIO()
    ZipFile(empty, "w").close()
    for data in (b"a,b\n1,2\n", empty.getvalue()):
        with pytest.raises(Failed, match="this is no workbook"):
            recalculate({"one": data})


@pytest.mark.parametrize("cell", ['<c t="n" r="A1"><v>1</v></c>', '<c r="A1"><v>1</v><f>1</f></c>'])
def test_cells_in_an_unknown_form_are_told(cell: str) -> None:
    with pytest.raises(Failed, match="1 cells are written in a way that is not known"):
        cells_of(workbook(lines=f'<row r="1">{cell}<c r="B1"/></row>'))


def test_without_workbooks_there_is_nothing_to_do() -> None:
    assert recalculate({}) == {}


def test_without_the_program_it_is_said_what_is_not_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recalculation, "PROGRAM", "no-such-program")
    assert not available()
    with pytest.raises(Failed, match=r"NOT PROVEN.*apt-get install libreoffice-calc-nogui"):
        recalculate({"one": workbook()})


PROBE = """\
import recalculation
from recalculation import office
recalculation.PROGRAM = "no-such-program"
def test_one(office): assert False
def test_two(office): assert False
"""


def test_skipped_tests_are_told_once_on_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "test_probe.py").write_text(PROBE, encoding="utf-8")
    done = pytest_in(tmp_path)
    assert "2 skipped" in done
    assert done.count("NOT PROVEN") == 1


def pytest_in(folder: Path) -> str:
    """What pytest prints for the tests of a folder."""

    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-o",
        f"pythonpath={Path(__file__).parent}",
    ]
    return subprocess.run([*command, str(folder)], capture_output=True, text=True, check=False, cwd=folder).stdout


def test_inputs_are_found_by_the_address_in_their_row() -> None:
    assert input_cells(workbook()) == {"care.price": "E2", "care.growth": "E3", "care.computed": "E5"}


def test_poking_changes_the_cells_of_these_inputs_and_nothing_else() -> None:
    before, after = workbook(), poke(workbook(), {"care.price": 1e-7, "care.growth": 2})
    with ZipFile(BytesIO(before)) as old, ZipFile(BytesIO(after)) as new:
        assert old.namelist() == new.namelist()
        changed = [name for name in old.namelist() if old.read(name) != new.read(name)]
        assert changed == ["xl/worksheets/sheet2.xml"]
        expected = old.read(changed[0]).decode().replace('<c r="E2"><v>3</v>', '<c r="E2"><v>1e-07</v>')
        assert new.read(changed[0]).decode() == expected.replace("<v>0.1</v>", "<v>2.0</v>")


def test_a_formula_is_not_poked() -> None:
    with pytest.raises(ValueError, match=r"the cell E5 of care\.computed does not hold a plain number"):
        poke(workbook(), {"care.price": 4, "care.computed": 4})


@pytest.mark.parametrize("address", ["care.said", "care.empty", "care.unheard_of", "address"])
def test_an_input_that_is_not_there_is_told(address: str) -> None:
    with pytest.raises(KeyError, match=rf"the workbook has no input {address}"):
        poke(workbook(), {"care.price": 4, address: 4})


SCENARIO = b"""\
title: A small case
currency: USD
months: 3
discount_rate: 8%
functions:
  care:
    in_house: {costs: {people: {amount: 90, per: month, avoidable: 100%}}}
    options: {buy: {location: US, price: {1: 95}, per: month}}
"""


def small() -> Comparison:
    """A small case, compared; buying never pays, so that its payback is `never`."""
    return compare(run(load_text(SCENARIO, "case.yaml")))


def as_cells(comparison: Comparison, **changed: float | str) -> Cells:
    """The cells of a workbook with all lines of a comparison, some of them changed at their last cell."""
    rows: dict[int, dict[int, float | str | bool]] = {1: {1: "address"}}
    for number, (address, q) in enumerate(lines_of(comparison).items(), 2):
        values = dict(enumerate(q.row, 6)) if q.is_row else {4: q.figure}
        rows[number] = {1: address, **{c: v if v == v else NEVER for c, v in values.items()}}
        if (key := address.replace(".", "_")) in changed:
            rows[number][max(values)] = changed[key]
    return {"Inputs": {2: {1: "month", 5: 7.0}}, "Lines": rows}


def wrong(cells: Cells) -> Mapping[str, float]:
    """The lines of the small case that are off, and by how much."""
    return {one.address: one.worst for one in differences(cells, small()) if not one.holds}


def test_every_line_is_compared() -> None:
    comparison = small()
    found = differences(as_cells(comparison), comparison)
    assert {one.address for one in found} == set(lines_of(comparison)) >= set(comparison.run.book.entries)
    assert max(one.worst for one in found) == 0


def test_a_line_is_as_wrong_as_its_worst_month_against_its_largest() -> None:
    assert wrong(as_cells(small(), care_buy_cumulative_cash=-15 + 3e-8)) == {
        "care.buy.cumulative_cash": pytest.approx(2e-9)
    }
    assert wrong(as_cells(small(), care_buy_cumulative_cash=-15 + 1e-8)) == {}


def test_never_agrees_with_nothing_but_itself() -> None:
    never = {"care.buy.payback_cash": float("inf")}
    assert wrong(as_cells(small(), care_buy_payback_cash=4.0)) == never
    assert wrong(as_cells(small(), care_buy_payback_cash="#N/A")) == never  # a text
    assert wrong(as_cells(small(), care_buy_payback_cash=Wrong("#DIV/0!"))) == never
    assert wrong(as_cells(small(), care_buy_total_cost=NEVER)) == {"care.buy.total_cost": float("inf")}


def test_a_truth_is_no_number() -> None:
    assert wrong(as_cells(small(), month=True)) == {"month": float("inf")}


def test_a_difference_tells_line_cell_and_both_values() -> None:
    cells = as_cells(small(), care_buy_total_cost=300.0)
    (one,) = [one for one in differences(cells, small()) if not one.holds]
    assert str(one).startswith("care.buy.total_cost: 300.0 in Lines!R")
    assert str(one).endswith("C4, not 285.0, off by 5.3e-02")

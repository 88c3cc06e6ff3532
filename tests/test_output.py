"""Where the result of `bpocalc compare` goes: screens, pipes, files, exit codes, and what is said on stderr."""

import fcntl
import json
import os
import re
import resource
import stat
import struct
import subprocess
import sys
import tempfile
import termios
from pathlib import Path
from typing import NamedTuple

import pytest
from rich.cells import cell_len

from bpocalc.cli.app import run as cli
from bpocalc.cli.exit import Code

GOLDEN = Path(__file__).parent / "golden"
CASE = str(GOLDEN / "case.yaml")
ENV = {key: value for key, value in os.environ.items() if key not in {"COLUMNS", "FORCE_COLOR", "NO_COLOR"}}
ENV |= {"TERM": "xterm-256color"}
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
WITH_MODULES = """
import sys
from bpocalc.cli import main
try:
    main(sys.argv[1:])
finally:
    print("modules:", *sys.modules, file=sys.stderr)
"""
SMALL = """title: small
currency: USD
months: 12
discount_rate: 0%
functions:
  desk:
    in_house: {costs: {people: {amount: 100, per: month, avoidable: 100%}}}
    options: {manila: {location: PH, price: 90, per: month}}
"""
WRONG = SMALL.replace("price: 90", "price: ninety")


class Ended(NamedTuple):
    """What a command printed, and how it ended."""

    out: str
    err: str
    code: int


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Stand in an empty folder, in an environment that says nothing about the screen."""
    monkeypatch.chdir(tmp_path)
    for name in ("COLUMNS", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def compare(capsys: pytest.CaptureFixture[str]) -> "Compare":
    """Run the command in this process."""
    return Compare(capsys)


class Compare:
    """The command in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *args: str) -> Ended:
        code = cli(["compare", *args])
        return Ended(*self.capsys.readouterr(), code)


def piped(*args: str, given: bytes = b"", **env: str) -> Ended:
    """Run the command as a user does who pipes its output on."""
    command = [sys.executable, "-m", "bpocalc", "compare", *args]
    ended = subprocess.run(command, input=given, capture_output=True, env=ENV | env, check=False)
    return Ended(ended.stdout.decode(), ended.stderr.decode(), ended.returncode)


def on_screen(*args: str, columns: int = 80, **env: str) -> Ended:
    """Run the command on a terminal of so many columns."""
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    command = [sys.executable, "-m", "bpocalc", "compare", *args]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=theirs, stderr=subprocess.PIPE, env=ENV | env
    ) as process:
        os.close(theirs)
        out = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            out += piece
        assert process.stderr is not None
        err = process.stderr.read()
    os.close(ours)
    return Ended(out.decode("utf-8", "replace").replace("\r\n", "\n"), err.decode(), process.returncode)


# Screens and pipes


def test_a_screen_gets_colour_and_a_pipe_gets_none() -> None:
    screen, pipe = on_screen(CASE), piped(CASE)
    assert COLOUR.search(screen.out)
    assert "\x1b" not in pipe.out
    assert (screen.code, pipe.code) == (0, 0)
    assert screen.err == pipe.err == ""


@pytest.mark.parametrize("wish", ["NO_COLOR=1", "TERM=dumb"])
def test_colour_can_be_declined(wish: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name, _, value = wish.partition("=")
    monkeypatch.setitem(ENV, name, value)
    shown = on_screen(CASE)
    assert "\x1b" not in shown.out
    assert "+340,655" in shown.out


def test_an_empty_wish_for_no_colour_is_no_wish() -> None:
    assert COLOUR.search(on_screen(CASE, NO_COLOR="").out)


def test_colour_can_be_forced_through_a_pipe() -> None:
    assert COLOUR.search(piped(CASE, FORCE_COLOR="1").out)
    assert "\x1b" not in piped(CASE, FORCE_COLOR="").out


def test_whoever_declines_colour_gets_none_even_where_it_is_forced() -> None:
    assert "\x1b" not in piped(CASE, FORCE_COLOR="1", NO_COLOR="1").out


def test_only_the_report_is_ever_coloured(tmp_path: Path) -> None:
    for format_ in ("json", "csv", "markdown"):
        assert "\x1b" not in on_screen(CASE, "-f", format_).out
        assert "\x1b" not in piped(CASE, "-f", format_, FORCE_COLOR="1").out
    piped(CASE, "-o", "case.txt", FORCE_COLOR="1", COLUMNS="40")
    assert (tmp_path / "case.txt").read_text() == (GOLDEN / "case.txt").read_text()


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_a_screen_is_filled_and_not_exceeded(columns: int) -> None:
    shown = COLOUR.sub("", on_screen(CASE, columns=columns).out)
    widest = max(map(cell_len, shown.splitlines()))
    assert columns * 0.8 < widest <= columns


def test_the_environment_knows_the_width_better_than_the_screen() -> None:
    shown = COLOUR.sub("", on_screen(CASE, columns=200, COLUMNS="50").out)
    assert max(map(cell_len, shown.splitlines())) <= 50


def test_a_pipe_gets_the_natural_width_and_nothing_of_rich() -> None:
    command = [sys.executable, "-c", WITH_MODULES, "compare", CASE]
    ended = subprocess.run(command, capture_output=True, text=True, env=ENV, check=False)
    modules = set(ended.stderr.rpartition("modules:")[2].split())
    assert "bpocalc.views.text" in modules
    assert not {name for name in modules if name.partition(".")[0] in {"rich", "numpy", "openpyxl", "markdown_it"}}
    assert ended.stdout == (GOLDEN / "case.txt").read_text()


@pytest.mark.parametrize("format_", ["text", "markdown", "csv", "json"])
def test_a_pipe_gets_utf_8_whatever_the_locale(format_: str) -> None:
    shown = piped(CASE, "-f", format_, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert shown.code == 0
    assert shown == piped(CASE, "-f", format_)


def test_a_screen_that_knows_few_letters_is_no_reason_to_fail() -> None:
    shown = on_screen(CASE, PYTHONIOENCODING="ascii", TERM="dumb")
    assert shown.code == 0
    assert "869,706" in shown.out or "340,655" in shown.out


def test_a_reader_who_has_seen_enough_is_no_reason_to_complain() -> None:
    command = [sys.executable, "-m", "bpocalc", "compare", CASE, "--by", "month"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENV) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b"Two back-office")
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == Code.FINE


@pytest.mark.parametrize("format_", ["text", "json"])
def test_a_pipe_that_is_closed_from_the_start_is_none_either(format_: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "bpocalc", "compare", CASE, "-f", format_]
    ended = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, env=ENV, check=False)
    os.close(writer)
    assert (ended.returncode, ended.stderr) == (Code.FINE, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device on this system")
@pytest.mark.parametrize("format_", ["text", "json"])
def test_a_full_disk_behind_stdout_is_told_in_one_line(format_: str) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "bpocalc", "compare", CASE, "-f", format_]
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, env=ENV, check=False)
    assert ended.returncode == Code.FAILED
    assert len(ended.stderr.splitlines()) == 1
    assert "No space left" in ended.stderr


def test_warnings_go_to_stderr_and_leave_the_result_alone(compare: Compare) -> None:
    Path("late.yaml").write_text(SMALL.replace("per: month}}\n", "per: month, costs: {fee: {amount: 5, month: 3}}}}\n"))
    Path("maybe.yaml").write_text(
        SMALL.replace(
            "per: month}}\n", "per: month, costs: {fee: {amount: 5, month: {value: 3, low: 2, high: 30}}}}}\n"
        )
    )
    certain, uncertain = compare("late.yaml", "-f", "csv"), compare("maybe.yaml", "-f", "csv")
    assert certain.err == ""
    assert "maybe.yaml:8:" in uncertain.err
    assert "warning BPO022" in uncertain.err
    assert certain.out == uncertain.out
    assert (certain.code, uncertain.code) == (Code.FINE, Code.FINE)


# Standard input


def test_a_dash_reads_standard_input() -> None:
    data = Path(CASE).read_bytes()
    given, named = piped("-", "-f", "json", given=data), piped(CASE, "-f", "json")
    assert given.code == 0
    one, other = json.loads(given.out), json.loads(named.out)
    assert one["scenario"].pop("path") == "-"
    assert other["scenario"].pop("path") == "case.yaml"
    assert one == other


def test_a_byte_order_mark_is_no_text() -> None:
    assert piped("-", given=b"\xef\xbb\xbf" + SMALL.encode()).out == piped("-", given=SMALL.encode()).out


@pytest.mark.parametrize(
    ("given", "code"), [(b"", "BPO019"), (b"\xff\xfe", "BPO002"), (b"a: [", "BPO001"), (b"- 1\n", "BPO005")]
)
def test_what_stands_in_standard_input_can_be_wrong(given: bytes, code: str) -> None:
    ended = piped("-", given=given)
    assert ended.code == Code.INVALID
    assert ended.out == ""
    assert ended.err.startswith("<stdin>:")
    assert code in ended.err


# Exit codes


def test_0_a_scenario_that_is_compared(compare: Compare) -> None:
    ended = compare(CASE)
    assert (ended.code, ended.err) == (Code.FINE, "")


def test_1_a_scenario_that_is_invalid_prints_its_problems_on_stderr_and_nothing_else(compare: Compare) -> None:
    Path("wrong.yaml").write_text(WRONG)
    ended = compare("wrong.yaml")
    assert ended.code == Code.INVALID
    assert ended.out == ""
    assert ended.err.startswith("wrong.yaml:8:45: error BPO016")
    assert ended.err.endswith("1 problem in wrong.yaml\n")


@pytest.mark.parametrize("order", [(CASE, "wrong.yaml"), ("wrong.yaml", CASE)])
def test_1_one_invalid_file_of_several_keeps_stdout_empty(order: tuple[str, str], compare: Compare) -> None:
    Path("wrong.yaml").write_text(WRONG)
    for format_ in ("text", "json"):
        ended = compare(*order, "-f", format_)
        assert ended.code == Code.INVALID
        assert ended.out == ""
        assert "1 problem in wrong.yaml" in ended.err


def test_1_the_problems_of_all_files_are_shown(compare: Compare) -> None:
    Path("wrong.yaml").write_text(WRONG)
    Path("worse.yaml").write_text(WRONG.replace("months: 12", "months: 0"))
    ended = compare("wrong.yaml", CASE, "worse.yaml")
    assert "1 problem in wrong.yaml" in ended.err
    assert "2 problems in worse.yaml" in ended.err


def test_1_an_invalid_scenario_writes_no_file(compare: Compare) -> None:
    Path("wrong.yaml").write_text(WRONG)
    assert compare("wrong.yaml", "-o", "out.json").code == Code.INVALID
    assert not Path("out.json").exists()


def test_1_the_problems_come_in_the_same_order_every_time() -> None:
    Path("empty.yaml").write_text("title: nothing else\n")
    said = {piped("empty.yaml", PYTHONHASHSEED=str(seed)).err for seed in range(6)}
    assert len(said) == 1


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--by", "Month"), "did you mean 'month'?"),
        (("--by", "quarter"), "category, cause, line, month, summary, year"),
        (("-f", "jsn"), "did you mean 'json'?"),
        (("--format", "xml"), "csv, json, markdown, text"),
        (("-o", "out.doc"), "no format goes with 'out.doc'"),
        (("-o", "out"), ".json"),
        (("-o", "out.json", "-o", "out.docx"), "out.docx"),
        (("--function", "desc"), "did you mean 'desk'?"),
        (("--option", "cubu"), "did you mean 'cebu'?"),
        (("--option", "ledger.improved"), "desk.improved"),
        (("--by",), "requires an argument"),
        (("--bye", "month"), "No such option"),
    ],
)
def test_2_a_wrong_command_line_says_what_there_is(args: tuple[str, ...], said: str, compare: Compare) -> None:
    ended = compare(CASE, *args)
    assert ended.code == Code.USAGE
    assert ended.out == ""
    assert said in ended.err
    assert list(Path().iterdir()) == []


def test_2_no_file_at_all(compare: Compare) -> None:
    assert compare().code == Code.USAGE


@pytest.mark.parametrize("override", ["months", "=3", ""])
def test_2_an_override_without_an_address_or_an_equals_sign(override: str, compare: Compare) -> None:
    assert compare(CASE, "--set", override).code == Code.USAGE


def test_2_an_empty_format(compare: Compare) -> None:
    assert compare(CASE, "--format", "").code == Code.USAGE


def test_1_an_override_that_makes_the_scenario_invalid(compare: Compare) -> None:
    ended = compare(CASE, "--set", "functions.desk.demand.volum=3")
    assert ended.code == Code.INVALID
    assert ended.out == ""
    assert "--set:1:1: error BPO003" in ended.err


def test_an_override_replaces_a_value(compare: Compare) -> None:
    assert "USD · 24 months from 2027-04" in compare(CASE, "--set", "months=24").out
    both = compare(CASE, "--set", "months=24", "--set", "discount_rate=0%").out
    assert "24 months" in both
    assert "discounted at 0 %" in both


def test_functions_and_options_can_be_chosen(compare: Compare) -> None:
    data = json.loads(compare(CASE, "--function", "desk", "--option", "cebu", "-f", "json").out)
    assert [group["key"] for group in data["functions"]] == ["desk"]
    assert [option["key"] for option in data["functions"][0]["options"]] == ["in_house", "cebu"]
    assert data["total"] is None


def test_an_option_can_be_chosen_where_the_mix_names_another(compare: Compare) -> None:
    ended = compare(CASE, "--option", "desk.improved")
    assert ended.code == 0


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("missing.yaml", "cannot read missing.yaml: there is no such file"),
        (".", "it is a directory"),
        ("missing/case.yaml", "there is no such file"),
    ],
)
def test_3_a_file_that_cannot_be_read(path: str, said: str, compare: Compare) -> None:
    for paths in ((path,), (CASE, path), (path, CASE)):
        ended = compare(*paths)
        assert ended.code == Code.FAILED
        assert ended.out == ""
        assert ended.err.startswith("bpocalc: ")
        assert said in ended.err
        assert len(ended.err.splitlines()) == 1


def test_3_a_file_that_fails_while_it_is_read(compare: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", fail)
    ended = compare("case.yaml")
    assert ended.code == Code.FAILED
    assert ended.err == "bpocalc: cannot read case.yaml: permission denied\n"


# Files


def test_each_output_takes_its_format_from_its_suffix(compare: Compare) -> None:
    names = ["out.md", "out.markdown", "out.csv", "out.json", "out.txt", "OUT.JSON"]
    ended = compare(CASE, *(arg for name in names for arg in ("-o", name)))
    assert ended == Ended("", f"wrote {', '.join(names)}\n", Code.FINE)
    assert sorted(path.name for path in Path().iterdir()) == sorted(names)
    assert Path("out.md").read_text() == Path("out.markdown").read_text() == compare(CASE, "-f", "markdown").out
    assert Path("out.csv").read_text() == compare(CASE, "-f", "csv").out
    assert Path("out.json").read_text() == Path("OUT.JSON").read_text() == compare(CASE, "-f", "json").out
    assert Path("out.txt").read_text() == compare(CASE).out


def test_the_format_that_is_asked_for_overrules_every_suffix(compare: Compare) -> None:
    assert compare(CASE, "-f", "csv", "-o", "out.json", "-o", "out").code == Code.FINE
    assert Path("out.json").read_text() == Path("out").read_text() == compare(CASE, "-f", "csv").out


def test_files_are_written_at_natural_width_and_with_plain_line_ends(
    compare: Compare, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    compare(CASE, "-o", "out.txt", "-o", "out.csv")
    assert Path("out.txt").read_bytes() == (GOLDEN / "case.txt").read_bytes()
    assert b"\r" not in Path("out.csv").read_bytes()


def test_an_existing_file_keeps_its_mode_and_a_new_one_gets_the_usual(compare: Compare) -> None:
    Path("old.json").touch(mode=0o600)
    mask = os.umask(0o027)
    try:
        compare(CASE, "-o", "old.json", "-o", "new.json")
    finally:
        os.umask(mask)
    assert stat.S_IMODE(Path("old.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(Path("new.json").stat().st_mode) == 0o640
    assert Path("old.json").read_text() == Path("new.json").read_text() != ""


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("missing/out.json", "no such file or directory"),
        ("folder.json", "it is a directory"),
        ("plain.txt/out.json", "not a directory"),
    ],
)
def test_3_an_output_that_cannot_be_written_leaves_everything_as_it_was(path: str, said: str, compare: Compare) -> None:
    Path("folder.json").mkdir()
    Path("plain.txt").write_text("as it was")
    Path("old.md").write_text("as it was")
    before = sorted(Path().iterdir())
    ended = compare(CASE, "-o", "old.md", "-o", path)
    assert ended == Ended("", f"bpocalc: cannot write {path}: {said}\n", Code.FAILED)
    assert sorted(Path().iterdir()) == before
    assert Path("old.md").read_text() == "as it was"


def test_3_a_folder_that_may_not_be_written_to(compare: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    Path("out.json").write_text("as it was")
    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    ended = compare(CASE, "-o", "out.json")
    assert ended == Ended("", "bpocalc: cannot write out.json: permission denied\n", Code.FAILED)
    assert Path("out.json").read_text() == "as it was"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_3_a_folder_that_is_read_only(compare: Compare) -> None:
    Path("locked").mkdir(mode=0o500)
    assert compare(CASE, "-o", "locked/out.json").code == Code.FAILED
    assert list(Path("locked").iterdir()) == []


def test_3_a_disk_that_is_full_leaves_no_half_written_file() -> None:
    def almost_full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    Path("out.md").write_text("as it was")
    Path("out.json").write_text("as it was")
    command = [sys.executable, "-B", "-m", "bpocalc", "compare", CASE, "-o", "out.md", "-o", "out.json"]
    ended = subprocess.run(
        command, capture_output=True, text=True, env=ENV, check=False, preexec_fn=almost_full
    )  # the report fits, the facts of the JSON do not
    assert ended.returncode == Code.FAILED
    assert ended.stderr == "bpocalc: cannot write out.json: file too large\n"
    assert ended.stdout == ""
    assert sorted(path.name for path in Path().iterdir()) == ["out.json", "out.md"]
    assert {path.read_text() for path in Path().iterdir()} == {"as it was"}


def test_a_link_stays_a_link_and_the_file_behind_it_is_written(compare: Compare) -> None:
    Path("folder").mkdir()
    Path("folder/real.json").write_text("old")
    Path("link.json").symlink_to("folder/real.json")
    assert compare(CASE, "-o", "link.json").code == Code.FINE
    assert Path("link.json").is_symlink()
    assert Path("folder/real.json").read_text().startswith("{")
    assert [path.name for path in Path("folder").iterdir()] == ["real.json"]


def test_what_is_no_file_is_written_to_and_not_replaced(compare: Compare) -> None:
    os.mkfifo("pipe.md")
    reader = os.open("pipe.md", os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert compare(CASE, "-o", "pipe.md").code == Code.FINE
        assert stat.S_ISFIFO(Path("pipe.md").stat().st_mode)
        assert os.read(reader, 65536).startswith(b"# Two back-office")
    finally:
        os.close(reader)


def test_a_file_that_is_read_may_be_rendered_beside_itself_any_number_of_times(compare: Compare) -> None:
    Path("case.yaml").write_text(SMALL)
    for _ in range(2):
        assert compare("case.yaml", "-o", "case.json", "-o", "case.json").code == Code.FINE
    assert Path("case.yaml").read_text() == SMALL
    assert sorted(path.name for path in Path().iterdir()) == ["case.json", "case.yaml"]


def test_2_an_output_that_is_an_input(compare: Compare) -> None:
    Path("case.yaml").write_text(SMALL)
    Path("link.json").symlink_to("case.yaml")
    for name in ("case.yaml", "./case.yaml", "link.json"):
        ended = compare("case.yaml", "-f", "json", "-o", "new.json", "-o", name)
        assert ended.code == Code.USAGE
        assert name in ended.err
    assert Path("case.yaml").read_text() == SMALL
    assert sorted(path.name for path in Path().iterdir()) == ["case.yaml", "link.json"]


def test_an_interrupt_leaves_no_temporary_file(compare: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    for name in ("replace", "chmod"):
        with monkeypatch.context() as here:
            here.setattr(Path, name, interrupt)
            with pytest.raises(KeyboardInterrupt):
                compare(CASE, "-o", "out.json")
        assert list(Path().iterdir()) == []


def test_2_standard_input_twice(compare: Compare) -> None:
    assert compare("-", CASE, "-").code == Code.USAGE


def test_a_reading_for_facts_has_no_effect_and_that_is_said(compare: Compare) -> None:
    for format_ in ("csv", "json"):
        ended = compare(CASE, "-f", format_, "--by", "month")
        assert ended.code == Code.FINE
        assert ended.err == f"bpocalc: --by has no effect on {format_}\n"
        assert ended.out == compare(CASE, "-f", format_).out
    assert compare(CASE, "-o", "out.csv", "-o", "out.txt", "--by", "month").err == "wrote out.csv, out.txt\n"


def test_a_file_without_the_functions_asked_for_is_skipped(compare: Compare) -> None:
    Path("small.yaml").write_text(SMALL)
    ended = compare(CASE, "small.yaml", "--function", "ledger", "-f", "json")
    assert ended.code == Code.FINE
    assert ended.err == "bpocalc: small.yaml has no function ledger: skipped\n"
    assert [group["key"] for group in json.loads(ended.out)["functions"]] == ["ledger"]


def test_forcing_colour_with_a_nought_is_not_forcing_it() -> None:
    assert "\x1b" not in piped(CASE, FORCE_COLOR="0").out


def test_colour_forced_through_a_pipe_keeps_the_natural_width() -> None:
    assert COLOUR.sub("", piped(CASE, FORCE_COLOR="1").out) == (GOLDEN / "case.txt").read_text()
    narrow = COLOUR.sub("", piped(CASE, FORCE_COLOR="1", COLUMNS="40").out)
    assert narrow == (GOLDEN / "case.40.txt").read_text()


def test_a_screen_shows_what_a_pipe_of_its_width_does() -> None:
    assert COLOUR.sub("", on_screen(CASE, columns=80).out) == (GOLDEN / "case.80.txt").read_text()

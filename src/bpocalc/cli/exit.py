"""How a command ends: the exit codes, and the way to stop with one of them."""

from enum import IntEnum


class Code(IntEnum):
    """The exit codes, the same for every command."""

    FINE = 0
    INVALID = 1
    USAGE = 2
    FAILED = 3
    UNMET = 4


MEANINGS = {
    Code.FINE: "fine",
    Code.INVALID: "the scenario is invalid, or a check failed",
    Code.USAGE: "wrong command line",
    Code.FAILED: "could not run: a file is missing or unreadable, or an internal error",
    Code.UNMET: "valid, but an expectation did not hold",
}


class Stop(Exception):
    """Ends the command with this exit code, after saying why on stderr if there is more to say."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

"""A bar on stderr while many files are checked, for someone who waits at a terminal."""

import os
import sys
import time

WORTH = 40
"""Files from which on a bar is shown."""
WIDTH, EVERY = 30, 0.1
ERASE = "\r\x1b[K"


class Progress:
    """How many of the files are done; says nothing where stderr is no terminal, or for a few files."""

    def __init__(self, files: int) -> None:
        self.files, self.done, self.next = files, 0, 0.0
        self.on = files >= WORTH and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"

    def step(self) -> None:
        """One more file is done."""
        self.done += 1
        if self.on and (now := time.monotonic()) >= self.next:
            self.next = now + EVERY
            full = WIDTH * self.done // self.files
            bar = "#" * full + "." * (WIDTH - full)
            print(f"{ERASE}{bar} {self.done:,} of {self.files:,} files", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Take the bar away, before something else is said."""
        if self.on:
            print(ERASE, end="", file=sys.stderr, flush=True)

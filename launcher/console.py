"""What the launcher says to the person at the keyboard."""

import sys
import time


class CannotStart(Exception):
    """A reason, in a sentence the person can act on, why the command goes no further."""


class Stopwatch:
    """Seconds since it was made, and since the last lap."""

    def __init__(self) -> None:
        self.begun = self.last = time.monotonic()

    def lap(self) -> float:
        """Seconds since the lap before."""
        now = time.monotonic()
        seconds, self.last = now - self.last, now
        return seconds

    def total(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.begun


def say(text: str) -> None:
    """One line on standard output, at once."""
    print(text, flush=True)


def warn(text: str) -> None:
    """One line on standard error, at once."""
    print(text, file=sys.stderr, flush=True)


def size(count: int) -> str:
    """Bytes in the largest sensible unit."""
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{count / 1000:.0f} KB"

"""What the launcher says to the person at the keyboard."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

SOON, LATER = 2.0, 10.0  # 秒：多久没有话就报一声，之后隔多久再报


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


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Whatever takes longer than two seconds inside says that it is still at it, and for how long."""
    watch, over = Stopwatch(), threading.Event()

    def tell() -> None:
        pause = SOON
        while not over.wait(pause):
            say(f"  {what}：{watch.total():.0f} 秒了，还在进行…")
            pause = LATER

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        over.set()
        teller.join()


def size(count: int) -> str:
    """Bytes in the largest sensible unit."""
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{count / 1000:.0f} KB"

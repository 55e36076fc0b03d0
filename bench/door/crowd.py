"""python3 -m bench.door.crowd PORT SECONDS REQUESTS UPLOADS：一群来客，到点就来，不等前一个办完。让着别人（nice）。

Says "ready" once the letters are open, waits for a line on its standard input, then comes for SECONDS with so many
requests and uploads a second, and tells in one line of JSON how it fared.
"""

import json
import random
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from bench.door.visiting import Sender, Visitor, photo
from bench.million.measuring.timing import told

AT_ONCE = 64
PER_LETTER = 8  # 张；一件最多十个文件
PAGES = ("/q", "/q", "/q", "/route/", "/submit/", "/suggest/", "/q/check/")
SIGNS = "23456789ABCDEFGHJKMNPQRSTWXYZ"
FINE, CROWDED = {200, 303, 422}, 503


class Crowd:
    """Visitors from as many addresses; what they were answered and how long they waited from the moment they came."""

    def __init__(self, port: int, seconds: float, requests: float, uploads: float) -> None:
        self.seconds, self.requests, self.uploads = seconds, requests, uploads
        self.dice = random.Random(port)
        self.visitors = [Visitor(port, f"10.1.{n // 250}.{n % 250 + 1}") for n in range(500)]
        letters = int(seconds * uploads / PER_LETTER) + 2 if uploads else 0
        self.senders = [Sender(port, f"10.2.{n // 250}.{n % 250 + 1}").open() for n in range(letters)]
        self.photo = photo() if uploads else b""
        for sender in self.senders[:2]:
            sender.put(self.photo)  # 先热一热
        self.lock, self.sent = threading.Lock(), 0
        self.waited: dict[str, list[float]] = {"requests": [], "uploads": []}
        self.statuses: dict[str, Counter] = {"requests": Counter(), "uploads": Counter()}

    def come(self) -> dict:
        """The whole time; then the counts, and waits in milliseconds."""
        due = sorted(self._arrivals("requests", self.requests) + self._arrivals("uploads", self.uploads))
        begun = time.perf_counter()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for n, (at, what) in enumerate(due):
                time.sleep(max(0.0, begun + at - time.perf_counter()))
                pool.submit(self._one, what, n, begun + at)
        return {
            what: {
                "statuses": dict(self.statuses[what]),
                "failed": self._failed(what),
                "crowded": self.statuses[what][CROWDED],
                **told(self.waited[what] or [0]),
            }
            for what in self.waited
        }

    def _arrivals(self, what: str, rate: float) -> list[tuple[float, str]]:
        """Poisson: they come when they come."""
        found, at = [], 0.0
        while rate and (at := at + self.dice.expovariate(rate)) < self.seconds:
            found.append((at, what))
        return found

    def _one(self, what: str, n: int, due: float) -> None:
        try:
            status = (self._request if what == "requests" else self._upload)(n)
        except OSError as fault:
            status = type(fault).__name__
        with self.lock:
            self.statuses[what][status] += 1
            self.waited[what].append((time.perf_counter() - due) * 1000)

    def _request(self, n: int) -> int:
        visitor = self.visitors[n % len(self.visitors)]
        page = visitor.get(PAGES[n % len(PAGES)])
        if n % 3 or not visitor.token or page.status != 200:
            return page.status
        code = "".join(random.Random(n).choices(SIGNS, k=12))
        return visitor.post("/q", code=code, tel4=f"{n % 10000:04d}").status

    def _upload(self, n: int) -> int:
        with self.lock:
            sender = self.senders[self.sent // PER_LETTER % len(self.senders)]
            self.sent += 1
        return sender.put(self.photo).status

    def _failed(self, what: str) -> int:
        """Neither answered nor told to come again in a moment."""
        return sum(count for status, count in self.statuses[what].items() if status not in FINE | {CROWDED})


if __name__ == "__main__":
    crowd = Crowd(int(sys.argv[1]), *map(float, sys.argv[2:5]))
    print("ready", flush=True)
    sys.stdin.readline()
    print(json.dumps(crowd.come()), flush=True)

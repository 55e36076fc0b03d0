"""An SMS gateway, a chat service and a mail server on this machine that behave as badly as a test asks.

`moods` are used up one for each request, then all is well: ok, broken (500), refuses (400), error (200 with an error
code), late (takes it, answers after the time-out), mute (takes it, hangs up without an answer), away (hangs up before
taking it), twice (answers twice).
"""

import json
import socketserver
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PATIENT, IMPATIENT = 10.0, 0.2  # 秒，等多久算没有回音
LATE = 0.5
ANSWERS = {"broken": (500, {}), "refuses": (400, {}), "error": (200, {"errcode": 45009, "code": 9}), "ok": (200, {})}


@dataclass
class Took:
    """One request taken: its idempotency key, what it said, its headers."""

    key: str
    body: str
    headers: dict


@dataclass
class Receiver:
    """What arrived, in order, repeats and all."""

    moods: list[str] = field(default_factory=list)
    took: list[Took] = field(default_factory=list)
    port: int = 0
    silence: threading.Event = field(default_factory=threading.Event)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/send?app=xf"

    def mood(self) -> str:
        return self.moods.pop(0) if self.moods else "ok"

    def keys(self) -> list[str]:
        return [one.key for one in self.took]


@contextmanager
def listening(server, receiver):
    receiver.port = server.server_address[1]
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield receiver
    finally:
        receiver.silence.set()  # 还在拖延的立刻放手
        server.shutdown()
        server.server_close()
        thread.join()


def gateway(*moods):
    """An HTTP receiver, as a context."""
    receiver = Receiver(list(moods))

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            mood = receiver.mood()
            if mood == "away":
                return
            if mood not in ("broken", "refuses", "error"):
                receiver.took.append(Took(self.headers["Idempotency-Key"], body, dict(self.headers)))
            if mood == "mute":
                return
            if mood == "late":
                receiver.silence.wait(LATE)
            for _ in range(2 if mood == "twice" else 1):
                self._answer(*ANSWERS.get(mood, ANSWERS["ok"]))

        def _answer(self, status, told):
            words = json.dumps(told).encode()
            try:
                self.send_response(status)
                self.send_header("Content-Length", str(len(words)))
                self.end_headers()
                self.wfile.write(words)
            except OSError:
                self.close_connection = True  # 对方等不及，已经挂断

        def log_message(self, *args):
            pass

    return listening(ThreadingHTTPServer(("127.0.0.1", 0), Desk), receiver)


def mail_server(*moods):
    """An SMTP receiver, as a context: one mood for each letter."""
    receiver = Receiver(list(moods))

    class Desk(socketserver.StreamRequestHandler):
        def handle(self):
            self.say("220 ready")
            while line := self.rfile.readline():
                word = line.split()[0].upper() if line.split() else b""
                if word == b"DATA":
                    self.say("354 go on")
                    if not self.letter():
                        return
                elif word == b"QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 ok")

        def letter(self):
            lines = []
            while (line := self.rfile.readline().rstrip(b"\r\n")) != b".":
                lines.append(line.decode())
            mood = receiver.mood()
            if mood == "away":
                return False
            if mood in ("broken", "refuses", "error"):
                self.say("451 later" if mood == "broken" else "554 no")
                return True
            headers = dict(line.split(": ", 1) for line in lines[: lines.index("")] if ": " in line)
            receiver.took.append(Took(headers["Idempotency-Key"], "\n".join(lines), headers))
            if mood == "mute":
                return False
            if mood == "late":
                receiver.silence.wait(LATE)
            for _ in range(2 if mood == "twice" else 1):
                self.say("250 taken")
            return True

        def say(self, words):
            try:
                self.wfile.write(f"{words}\r\n".encode())
            except OSError:
                receiver.silence.wait(0)  # 对方等不及，已经挂断

    return listening(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Desk), receiver)

"""来客：一个浏览器，一个来源地址；会拿表里的令牌，会填表，会交照片。"""

import http.client
import io
import re
import secrets
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from PIL import Image

_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="(\w+)"')
_MARK = re.compile(rb'name="mark" value="(\w+)"')
FORM = "application/x-www-form-urlencoded"
PHOTO = (4000, 3000)  # 像素：手机的一千二百万


@dataclass(frozen=True)
class Answer:
    """What came back; `seconds` from the asking to the last byte, `cpu` as the server's thread counted it."""

    status: int
    body: bytes
    seconds: float
    cpu: float


@dataclass
class Visitor:
    """One browser at one address. `port` of the server asked."""

    port: int
    address: str
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def ask(self, method: str, path: str, body: bytes | None = None, sort: str = FORM) -> Answer:
        """One request on a connection of its own; cookies are kept."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        headers |= {"X-Forwarded-For": self.address, "Accept": "text/html"}
        headers |= {"Content-Type": sort} if body is not None else {}
        started = time.perf_counter()
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            link.request(method, path, body, headers)
            answer = link.getresponse()
            content = answer.read()
        finally:
            link.close()
        seconds = time.perf_counter() - started
        for line in answer.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
        if found := _TOKEN.search(content):
            self.token = found[1].decode()
        return Answer(answer.status, content, seconds, float(answer.headers.get("X-Thread-CPU", 0)))

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, path: str, **told: str) -> Answer:
        """The fields with the token of the page last seen."""
        return self.ask("POST", path, urlencode({"csrfmiddlewaretoken": self.token} | told).encode())


@dataclass
class Sender(Visitor):
    """A visitor with a letter opened, at the page where files are put."""

    mark: str = ""

    def open(self) -> "Sender":
        self.get("/submit/")
        self.post("/submit/")
        found = _MARK.search(self.get("/submit/kind/").body)
        if found is None:
            raise RuntimeError("网上提交的第一页没有打开")
        self.mark = found[1].decode()
        return self

    def put(self, photo: bytes) -> Answer:
        """Add one photo; 303 where it was kept."""
        line = secrets.token_hex(12)
        parts = [
            f'--{line}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in {"csrfmiddlewaretoken": self.token, "mark": self.mark, "do": "add"}.items()
        ]
        head = f'--{line}\r\nContent-Disposition: form-data; name="files"; filename="a.jpg"\r\n\r\n'
        body = "".join([*parts, head]).encode() + photo + f"\r\n--{line}--\r\n".encode()
        return self.ask("POST", "/submit/files/", body, f"multipart/form-data; boundary={line}")


def photo() -> bytes:
    """A picture as a phone takes it, about 1.5 MB."""
    drawn = Image.linear_gradient("L").resize(PHOTO)
    drawn = Image.blend(drawn, Image.effect_noise(PHOTO, 30), 0.15).convert("RGB")
    written = io.BytesIO()
    drawn.save(written, "JPEG", quality=80)
    return written.getvalue()

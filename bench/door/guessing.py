"""猜码：一千个地址一齐猜，直接送进 WSGI 的门，不经网络，猜得越快越好。"""

import io
import random
import secrets
import time
from collections import Counter
from urllib.parse import urlencode

from django.core.handlers.wsgi import WSGIHandler

from bench.million.measuring.goals import Line
from config.doors import CSRF_COOKIE
from petitions.parties.persons import CODE_ALPHABET, CODE_LENGTH
from public.throttle import TRIES, WINDOW

EACH = 100  # 次，一个地址
GUESSERS = 6  # 10.6.*.* 起：别的几样各用 10.1 至 10.5，谁也不替猜码的人挨挡


def measure(guesses: int) -> list[dict]:
    """That many random codes with random digits; what was judged, what was turned away, what was found."""
    dice, addresses = random.Random(guesses), max(1, guesses // EACH)
    statuses: Counter[int] = Counter()
    house, begun = WSGIHandler(), time.monotonic()
    for n in range(guesses):
        place = n % addresses
        address = f"10.{GUESSERS + place // 250}.{place % 250}.9"
        code = "".join(dice.choices(CODE_ALPHABET, k=CODE_LENGTH))
        statuses[guess(house, address, code, f"{dice.randrange(10_000):04d}")] += 1
    quarters = 1 + int((time.monotonic() - begun) // WINDOW)  # 机器慢、猜得久的，过一刻钟又各有五次
    told = f"真正比对 {statuses[422]} 次，地址 {addresses} 个，状态 {dict(statuses)}"
    return [
        Line.at_most(f"猜 {guesses} 次：猜中", statuses[200], 0, told),
        Line.at_least(f"猜 {guesses} 次：限次挡下", statuses[429], guesses - addresses * TRIES * quarters, told),
    ]


def guess(house: WSGIHandler, address: str, code: str, digits: str) -> int:
    """One guess; the status."""
    token = secrets.token_hex(16)
    body = urlencode({"code": code, "tel4": digits, "csrfmiddlewaretoken": token}).encode()
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/q",
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": address,
        "HTTP_X_FORWARDED_FOR": address,
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_COOKIE": f"{CSRF_COOKIE}={token}",
        "HTTP_HOST": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
    }
    begun: list[str] = []
    answer = house(environ, lambda status, headers: begun.append(status))
    try:
        b"".join(answer)
    finally:
        answer.close()
    return int(begun[0].split()[0])

"""短信网关、政务即时通讯：一条消息一次 POST，带幂等键；没有回音的算没有发出，用同一个键再发。

What a provider must do: take JSON over HTTP(S), answer 2xx once the message is its own, and treat a second request with
the same `Idempotency-Key` as the first. Addresses and secrets come from the environment.
"""

import hmac
import json
import re
from hashlib import sha256
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from accounts.messages.channels import Carrier, NotConfigured, Undelivered, Unreachable, address_of, idempotency_key
from accounts.models import Channel, Outbox
from rulebook.timekeeping import now

LONGEST_ANSWER = 4096  # 字节；答复里只看收没收下
MOBILE = re.compile(r"1\d{10}")
BUSY = (408, 425, 429)  # 现在不行、过会儿再来；与 5xx 一样


class Gateway(Carrier):
    """One provider spoken to in JSON. `verdict` is the member of its answer that must be 0 where it is there at all."""

    channel: Channel
    verdict: str

    def post(self, address: str, body: dict[str, Any], headers: dict[str, str], message: Outbox) -> None:
        """One request, of which nothing is repeated here: the outbox does that. Raises Undelivered."""
        name = self.channel.label
        target = urlsplit(address)
        if target.scheme not in ("http", "https") or not target.hostname:
            raise NotConfigured(f"{name}渠道的地址应以 http:// 或 https:// 开头")
        dial = HTTPSConnection if target.scheme == "https" else HTTPConnection
        line = dial(target.hostname, target.port, timeout=settings.NOTICE_TIMEOUT)
        path = f"{target.path or '/'}{f'?{target.query}' if target.query else ''}"
        payload = written(body)
        told = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": idempotency_key(message)}
        try:
            line.request("POST", path, payload, told | headers)
            answer = line.getresponse()
            status, words = answer.status, answer.read(LONGEST_ANSWER)
        except (OSError, HTTPException) as fault:
            raise Unreachable(f"{name}网关没有应答（{type(fault).__name__}）") from fault
        finally:
            line.close()
        if status >= 500 or status in BUSY:
            raise Unreachable(f"{name}网关暂时不收（HTTP {status}）")
        if not 200 <= status < 300:
            raise Undelivered(f"{name}网关拒收（HTTP {status}）")
        if (code := _code(words, self.verdict)) not in (None, 0, "0"):
            raise Undelivered(f"{name}网关拒收（{self.verdict} {str(code)[:20]}）")


class SmsGateway(Gateway):
    """短信：只发文字，不带链接。"""

    channel = Channel.SMS
    verdict = "code"

    def send(self, message: Outbox) -> None:
        self.text(message.recipient.phone, message)

    def text(self, number: str, message: Outbox) -> None:
        """The message's words to a number, which need not be its recipient's: a petitioner confirms a new one.

        Raises Undelivered.
        """
        if not settings.SMS_GATEWAY_URL:
            raise NotConfigured("本系统没有配置短信渠道")
        phone = re.sub(r"[\s-]", "", number)
        if not MOBILE.fullmatch(phone):
            raise NotConfigured("收件人登记的电话不是手机号码")
        token = settings.SMS_GATEWAY_TOKEN
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.post(settings.SMS_GATEWAY_URL, {"phone": phone, "text": message.text}, headers, message)


class GovernmentChat(Gateway):
    """政务即时通讯: the recipient by login name, the body signed with the shared secret."""

    channel = Channel.WEBHOOK
    verdict = "errcode"

    def send(self, message: Outbox) -> None:
        if not settings.NOTICE_WEBHOOK_URL or not settings.NOTICE_WEBHOOK_SECRET:
            raise NotConfigured("本系统没有配置政务即时通讯渠道")
        body = {"to": message.recipient.username, "text": message.text, "url": address_of(message)}
        moment = str(int(now().timestamp()))
        headers = {"X-Timestamp": moment, "X-Signature": signature(settings.NOTICE_WEBHOOK_SECRET, moment, body)}
        self.post(settings.NOTICE_WEBHOOK_URL, body, headers, message)


def written(body: dict[str, Any]) -> bytes:
    """The body as it goes over the wire, and as it is signed."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def signature(secret: str, moment: str, body: dict[str, Any]) -> str:
    """HMAC-SHA256, hex, over “moment.body”: the receiver compares it and refuses a moment long past."""
    return hmac.new(secret.encode(), moment.encode() + b"." + written(body), sha256).hexdigest()


def _code(words: bytes, member: str) -> Any:
    """What the answer says of itself; None where it is no JSON object or says nothing: then 2xx alone decides."""
    try:
        answer = json.loads(words)
    except ValueError:
        return None
    return answer.get(member) if isinstance(answer, dict) else None

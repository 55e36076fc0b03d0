"""登记草稿：键入时存，断电、登录过期后找回；登记成功即删。内容整体加密，清单上不写姓名。"""

import json
import uuid
from datetime import timedelta

from django.http import QueryDict

from desk.registration import uploads
from petitions.act.states import Channel
from petitions.models import RegistrationDraft
from rulebook.timekeeping import now

KEPT_DAYS = 30  # 自然日
MOST = 50
NEVER = ("csrfmiddlewaretoken", "do", "draft", "seen")
TELLING = ("idno", "nm", "addr", "tel", "txt", "callno", "claims", "rep_nm", "kept", "accused", "roll")


def keep(user, data: QueryDict) -> RegistrationDraft | None:
    """Store all fields under the page's draft key. None where nothing worth keeping was typed."""
    if not any(value.strip() for name in TELLING for value in data.getlist(name)):
        return None
    fields = {name: values for name, values in data.lists() if name not in NEVER}
    key = key_of(data)
    user.registration_drafts.filter(saved_at__lt=now() - timedelta(days=KEPT_DAYS)).delete()
    draft, _ = RegistrationDraft.objects.update_or_create(
        user=user,
        key=key,
        defaults={"body": json.dumps(fields, ensure_ascii=False), "label": _label(data), "saved_at": now()},
    )
    return draft


def of(user):
    """The user's own drafts, newest first."""
    return user.registration_drafts.order_by("-saved_at")[:MOST]


def find(user, key: str) -> QueryDict | None:
    """What a draft holds, as if posted again; None where it is not this user's or is gone."""
    draft = user.registration_drafts.filter(key=key).first()
    if draft is None:
        return None
    data = QueryDict(mutable=True)
    for name, values in json.loads(draft.body).items():
        data.setlist(name, values)
    data["draft"] = draft.key
    return data


def drop(user, key: str) -> None:
    """It is registered, or no longer wanted."""
    if key:
        user.registration_drafts.filter(key=key).delete()


def give(keys, *, giver, taker) -> list[str]:
    """交班：make these drafts the taker's, with the files kept for them; returns their labels, which name nobody."""
    given = []
    for draft in giver.registration_drafts.select_for_update().filter(key__in=keys).order_by("pk"):
        fields = json.loads(draft.body)
        kept = uploads.redeem(fields.get("kept", []), giver)
        fields["kept"] = [uploads.ticket(attachment, taker) for attachment in kept]
        draft.user, draft.body = taker, json.dumps(fields, ensure_ascii=False)
        draft.save(update_fields=["user", "body"])
        given.append(draft.label)
    return given


def described(draft: RegistrationDraft) -> dict:
    """A row of the list for its owner: who and what, read out of the sealed body."""
    fields = json.loads(draft.body)
    name = next(iter(fields.get("nm", [])), "") or "（未填姓名）"
    text = next(iter(fields.get("txt", [])), "")
    return {"key": draft.key, "label": draft.label, "name": name, "text": text[:40], "saved_at": draft.saved_at}


def key_of(data: QueryDict) -> str:
    """The draft key the page carries, or a fresh one: known before the first save, so that registering drops it."""
    given = data.get("draft", "")
    return given if len(given) == 32 and all(sign in "0123456789abcdef" for sign in given) else uuid.uuid4().hex


def _label(data: QueryDict) -> str:
    channel = dict(Channel.choices).get(data.get("channel", ""), "来访")
    return f"{channel} · {len(data.get('txt', '').strip())} 字"

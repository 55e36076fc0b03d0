"""还没有提交的内容：服务器上加密存着，浏览器只拿一块随机 cookie；地址栏里什么也没有。"""

import json
import secrets
from datetime import timedelta

from django.db import transaction

from accounts.privacy import keyed_hash
from documents.files import attachment_store
from public.models import OnlineDraft
from public.submission.question_steps import Told
from rulebook.timekeeping import now

COOKIE = "fq_submit"
COOKIE_PATH = "/submit"
RECEIPT_HOURS = 24  # 小时：提交以后，同一部手机上还能打开回执多久
NEVER = ("csrfmiddlewaretoken", "mark", "do", "to", "more")
LONGEST_VALUE = 10_000  # 字


def of(request) -> OnlineDraft | None:
    """The draft whose cookie the browser sent; None where there is none or it is gone."""
    key = request.COOKIES.get(COOKIE, "")
    return (
        OnlineDraft.objects.select_related("submission", "party").filter(key_hash=keyed_hash(key)).first()
        if key
        else None
    )


def open_for(answer, request, *, days: int) -> OnlineDraft:
    """A fresh draft, with its cookie set on the answer for `days` 自然日."""
    key, moment = secrets.token_urlsafe(32), now()
    draft = OnlineDraft.objects.create(
        key_hash=keyed_hash(key), mark=secrets.token_hex(8), opened_at=moment, saved_at=moment
    )
    answer.set_cookie(
        COOKIE,
        key,
        max_age=days * 24 * 3600,
        path=COOKIE_PATH,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return draft


def told(draft: OnlineDraft) -> Told:
    """What it holds."""
    return Told(json.loads(draft.body) if draft.body else {})


@transaction.atomic
def keep(draft: OnlineDraft, page: str, data) -> Told | None:
    """Store one page as typed, right or wrong; of two tabs at once both pages are kept.

    Returns everything told; None where the draft was submitted or thrown away meanwhile.
    """
    held = OnlineDraft.objects.select_for_update().filter(pk=draft.pk, submission=None).first()
    if held is None:
        return None
    all_told = told(held)
    all_told.pages[page] = {
        name: value[:LONGEST_VALUE].replace("\x00", "") for name, value in data.items() if name not in NEVER
    }
    held.body, held.saved_at = json.dumps(all_told.pages, ensure_ascii=False), now()
    held.save(update_fields=["body", "saved_at"])
    return all_told


@transaction.atomic
def throw_away(draft: OnlineDraft) -> None:
    """Words gone at once, files with them. Its row stays for the day, so that what its address sent still counts."""
    held = OnlineDraft.objects.select_for_update().filter(pk=draft.pk).first()
    if held is None:
        return
    if held.submission_id is None:
        for file in held.files.exclude(attachment=None).select_related("attachment"):
            _let_go(file)
    held.body, held.key_hash = "", keyed_hash(secrets.token_urlsafe(32))
    held.save(update_fields=["body", "key_hash"])


def expire(*, days: int, most: int = 500) -> int:
    """Drafts past their days, with their files; receipts past their hours. Returns how many; may run twice."""
    moment = now()
    stale = OnlineDraft.objects.filter(submission=None, saved_at__lt=moment - timedelta(days=days))
    done = OnlineDraft.objects.exclude(submission=None).filter(saved_at__lt=moment - timedelta(hours=RECEIPT_HOURS))
    keys = set()
    for found in (stale, done):
        keys |= set(found.order_by("pk").values_list("pk", flat=True)[:most])
    for key in sorted(keys):
        with transaction.atomic():
            draft = OnlineDraft.objects.select_for_update(skip_locked=True).filter(pk=key).first()
            if draft is None:
                continue
            if draft.submission_id is None:
                for file in draft.files.exclude(attachment=None).select_related("attachment"):
                    _let_go(file)
            draft.delete()
    return len(keys)


def _let_go(file) -> None:
    attachment, file.attachment = file.attachment, None
    file.save(update_fields=["attachment"])
    attachment_store.discard(attachment)

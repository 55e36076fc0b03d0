"""更换手机号：验证码发到新号，填对了才算换成；旧号在此以前一直有效。换号是更正登记信息，改前改后都留底。"""

import hmac
import json
import re
import secrets

from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.messages.channels import Undelivered
from accounts.messages.gateways import MOBILE, SmsGateway
from accounts.models import Outbox
from accounts.privacy import decrypt, encrypt, keyed_hash, mask_phone
from accounts.session.languages import said
from petitions.act.consequences import carry_out
from petitions.act.decorator import Actor, Refused
from petitions.act.states import FINAL, ActorKind
from petitions.models import Party, Petition
from public import throttle
from public.frame import draw
from public.progress import credentials, progress_page
from rulebook.acts import Act

AGE = 10 * 60  # 秒：验证码多久有效
_SALT = "public.phone"
REASON = "信访人更换手机号，新号凭短信验证码确认"


@login_not_required
@never_cache
@require_POST
def phone(request):
    """First the new number, to which a code is sent; then the code."""
    if held := request.POST.get("held", ""):
        return _confirm(request, held)
    party = credentials.party_behind(request.POST.get("token", ""))
    if party is None:
        return progress_page.aged(request)
    number = re.sub(r"[\s-]", "", request.POST.get("phone", ""))[:20]
    if not MOBILE.fullmatch(number):
        return progress_page.show(request, party, fault=_("新手机号应为 11 位数字，请重新填写"), status=422)
    if number == party.phone:
        return progress_page.show(request, party, fault=_("这就是现在登记的手机号，不用更换"), status=422)
    if not throttle.attempt([f"public:phone:{party.pk}"]):
        return progress_page.show(
            request, party, fault=_("发得太多了，请 15 分钟后再试，或者到登记窗口更换"), status=429
        )
    code = f"{secrets.randbelow(1_000_000):06d}"
    told = _("您的信访查询手机号更换验证码是 {code}，10 分钟内有效，请勿告诉他人。").format(code=code)
    try:
        SmsGateway().text(number, Outbox(dedupe_key=f"phone:{party.pk}:{secrets.token_hex(8)}", text=told))
    except Undelivered:
        words = _("短信没有发出去，请稍后再试，或者带身份证到登记窗口更换")
        return progress_page.show(request, party, fault=words, status=503)
    return _ask_code(request, _hold(party, number, code), number)


def _hold(party: Party, number: str, code: str) -> str:
    """What the page carries between the two steps: sealed, signed, and for this party alone."""
    kept = [party.pk, number, keyed_hash(f"phone:{party.pk}:{number}:{code}")]
    return signing.dumps(encrypt(json.dumps(kept)), salt=_SALT)


def _ask_code(request, held: str, number: str, *, fault: str = "", status: int = 200):
    context = {"held": held, "number": mask_phone(number), "fault": fault}
    return draw(request, "public/phone.html", context, status=status)


def _confirm(request, held: str):
    try:
        pk, number, right = json.loads(decrypt(signing.loads(held, salt=_SALT, max_age=AGE)))
    except signing.BadSignature:
        return progress_page.aged(request)
    party = Party.objects.select_related("submission").get(pk=pk)
    if not throttle.attempt([f"public:phone-code:{party.pk}"]):
        return _ask_code(request, held, number, fault=_("输错次数过多，请 15 分钟后再试"), status=429)
    told = credentials.plain(request.POST.get("code", "")[:12])
    if not hmac.compare_digest(keyed_hash(f"phone:{pk}:{number}:{told}"), right):
        return _ask_code(request, held, number, fault=_("验证码不对，请核对短信后再填"), status=422)
    if party.phone != number:  # 同一张表再发一次，已经换成了
        try:
            _change(party, number)
        except Refused as refusal:
            return progress_page.show(request, party, fault=said(refusal), status=409)
    return progress_page.show(request, party, thanks=_("手机号已经换成，以后查询用新号的后四位。"))


@transaction.atomic
def _change(party: Party, number: str) -> None:
    """The correction, kept on the first petition of the letter that is not over."""
    going_on = Petition.objects.filter(submission=party.submission_id).exclude(state__in=FINAL).order_by("ordinal")
    petition = going_on.select_related("submission", "organ__office", "rule_set").first()
    if petition is None:
        raise Refused(_("这件事已经终结，登记信息不再更改；有新的情况请另行提出"))
    by = Actor(ActorKind.PETITIONER, party_id=party.pk)
    carry_out(petition, Act.CORRECT, by=by, note=REASON, party=party, changes={"phone": number}, reason=REASON)

"""个人信息：页面不留缓存、号码处处遮盖、报请不外泄、令牌随密码作废（个保法第二十八条、第五十一条）。"""

import pytest
from django.test import Client, RequestFactory

from accounts.models import Organ
from accounts.privacy import mask_text
from accounts.session import api_tokens
from accounts.session.origin import address_of
from petitions.act.states import Kind
from petitions.approval.rules import request as ask_for
from petitions.models import PendingAct, Reveal
from rulebook.acts import Act
from supervision.models import Ground
from supervision.orders import acts as supervising
from tests.authority.crawling import signed_in, text_of
from tests.cast import PASSWORD, accepted, do, fresh, registered, someone

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "said",
    [
        "身份证110199195406152426",
        "sfz110199195406152426",
        "110199 1954 0615 2426",
        "110199-19540615-2426",
        "１１０１９９１９５４０６１５２４２６",
        "11019919540615242X",
    ],
)
def test_an_identity_number_is_hidden_however_it_is_written(said):
    shown = mask_text(f"我的{said}，请核实。")
    assert "0615" not in shown
    assert "********" in shown


@pytest.mark.parametrize(
    "said", ["13800006215", "138 0000 6215", "+8613800006215", "86-138-0000-6215", "１３８００００６２１５"]
)
def test_a_mobile_number_is_hidden_however_it_is_written(said):
    shown = mask_text(f"电话{said}。")
    assert shown.endswith("****6215。")
    assert "0000" not in shown


@pytest.mark.parametrize("said", ["编号 11019901-2026-00003-02", "２号楼３单元", "欠薪 123456 元", "2026-03-01 收到"])
def test_what_is_no_number_of_a_person_stays_as_it_was_said(said):
    assert mask_text(said) == said


def test_no_cache_keeps_a_page_of_the_staff(city):
    number = registered().number
    client = signed_in(someone("officer1"))
    for address in (
        *("/", "/cases/?view=all", f"/cases/{number}/", f"/cases/{number}/do/note/", f"/cases/{number}/similar/"),
        *("/search/?q=电梯", "/approvals/", "/notices/", "/account/", "/cases/export.xlsx?view=all"),
        *("/api/petitions/", f"/api/petitions/{number}/", "/cases/11019901-2026-99999/"),
    ):
        answer = client.get(address)
        assert text_of(answer)
        assert "no-store" in answer.get("Cache-Control", ""), address


def test_odd_figures_in_an_address_are_no_fault_of_the_server(city):
    number = registered().number
    client = signed_in(someone("officer1"))
    for address in (
        *(f"/cases/{number}/do/serve/?service=²", "/cases/?organ=²", "/cases/?after=²", "/notices/?before=²"),
        *("/supervision/?organ=²", "/search/?q=%00%00", "/search/?q=电梯&after=²&year=²", "/cases/?q=%00ab"),
    ):
        assert client.get(address).status_code < 500, address


def test_full_values_are_shown_once_with_a_reason_and_only_to_whom_the_table_allows(city):
    petition = registered()
    party = petition.submission.parties.get()
    address = f"/cases/{petition.number}/reveal/"
    officer = signed_in(someone("officer1"))
    assert officer.post(address, {"reason": ""}).status_code == 422
    assert party.id_number not in text_of(officer.get(f"/cases/{petition.number}/"))
    assert not Reveal.objects.exists()
    shown = text_of(officer.post(address, {"reason": "联系信访人核实停梯日期"}))
    assert party.id_number in shown
    assert party.phone in shown
    assert Reveal.objects.get().by == someone("officer1")
    assert party.id_number not in text_of(officer.get(address))
    assert signed_in(someone("super1")).post(address, {"reason": "随便看看而已"}).status_code in (403, 404)


@pytest.fixture
def asked(city) -> PendingAct:
    """An extension the street's officer asked for."""
    return ask_for(accepted(), Act.EXTEND, by=someone("officer1"), days=10, reason="情况复杂，需专家论证")


def test_what_waits_for_approval_is_unknown_to_whom_it_does_not_concern(asked):
    for username in ("admin1", "disc1", "handler2"):
        for verb in ("approve", "reject", "withdraw"):
            client = signed_in(someone(username))
            answer = client.post(f"/approvals/{asked.pk}/{verb}/", {"step": asked.step, "note": "看看是什么"})
            assert answer.status_code == 404, (username, verb)
    asked.refresh_from_db()
    assert asked.state == PendingAct.State.WAITING


def test_who_decides_still_sees_and_decides(asked):
    deciders = [name for name in ("chief1", "deputy1", "head1") if _sees(name, asked)]
    assert deciders
    client = signed_in(someone(deciders[0]))
    answer = client.post(f"/approvals/{asked.pk}/approve/", {"step": asked.step}, follow=True)
    assert "已批准" in text_of(answer) or "本级已批准" in text_of(answer)


def _sees(username: str, asked: PendingAct) -> bool:
    return f"/approvals/{asked.pk}/approve/" in text_of(signed_in(someone(username)).get("/approvals/"))


def test_words_on_an_order_hide_numbers_of_people(city):
    petition = registered("dclerk1", organ=Organ.objects.get(code="YHXF"))
    petition = do(petition, Act.FORWARD, "dclerk1", to=Organ.objects.get(code="YHQL"))
    said = "信访人电话13800006215无人接听"
    order = supervising.open_order(
        fresh(petition),
        by=someone("super1"),
        to=Organ.objects.get(code="YHQL"),
        ground=Ground.SV01,
        problem=said,
        requirement=said,
        due_on=fresh(petition).received_on.replace(year=fresh(petition).received_on.year + 1),
    )
    page = text_of(signed_in(someone("super1")).get(f"/supervision/orders/{order.pk}/"))
    assert "138****6215" in page
    assert "13800006215" not in page


def test_a_report_is_not_counted_among_what_lies_out_of_sight(city):
    """同一信访人的检举控告，在登记台比对里连“另有几件”也不算。"""
    report = registered("clerk1", kind=Kind.REPORT)
    party = report.submission.parties.get()
    do(report, Act.REFER, "clerk1", to=Organ.objects.get(code="YHJJ"))
    panel = signed_in(someone("dclerk1")).post(
        "/register/panel/", {"channel": "visit", "idno": party.id_number, "tel": party.phone, "aim": "appeal"}
    )
    assert "不在您的查看范围" not in text_of(panel)


def test_a_token_dies_with_the_password_it_was_got_by(city):
    user = someone("officer1")
    api_tokens.issue(user, name="报表", scopes=["read"], days=30)
    fields = {"old_password": PASSWORD, "new_password1": "云开月明-清风-8042", "new_password2": "云开月明-清风-8042"}
    assert signed_in(user).post("/account/password/", fields).status_code == 302
    assert not user.api_tokens.exists()


def test_an_address_a_client_claims_is_not_believed(settings):
    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR="203.0.113.9, 198.51.100.7", REMOTE_ADDR="10.0.0.1")
    assert address_of(request) == "10.0.0.1"
    settings.PROXY_HOPS = 1
    assert address_of(request) == "198.51.100.7"
    assert settings.AXES_CLIENT_IP_CALLABLE == "accounts.session.origin.address_of"


def test_only_own_addresses_follow_after_a_letter(city):
    petition = registered()
    letter = petition.petition_letters.first().letter_id
    client = signed_in(someone("officer1"))
    for asked in (
        "https://evil.invalid/register/",
        "//evil.invalid/register/",
        "/\\evil.invalid",
        "javascript:alert(1)",
    ):
        assert "evil.invalid" not in text_of(client.get(f"/cases/{petition.number}/letters/{letter}/", {"next": asked}))
    answer = client.post("/login/?next=https://evil.invalid/", {"username": "officer1", "password": PASSWORD})
    assert "evil.invalid" not in answer.get("Location", "")


def test_nothing_is_done_by_a_form_of_another_site(city):
    client = Client(enforce_csrf_checks=True)
    client.force_login(someone("officer1"))
    number = registered().number
    for address in (f"/cases/{number}/do/note/", "/notices/read/", "/logout/", f"/api/petitions/{number}/acts/note/"):
        assert client.post(address, {"note": "外站"}).status_code == 403, address
    assert client.post("/q", {"code": "ABCDEFGHJKMN", "tel4": "6215"}).status_code == 403


def test_what_a_petitioner_wrote_is_never_markup(city):
    wrote = '<script>alert(1)</script><img src=x onerror="alert(1)">'
    petition = registered(original=f"{wrote}电梯停运。", claims=[f"{wrote}修好电梯"], title=f"{wrote}停运")
    client = signed_in(someone("officer1"))
    for address in (f"/cases/{petition.number}/", "/cases/?view=all", f"/cases/{petition.number}/do/note/", "/"):
        raw = client.get(address).content.decode()
        assert "<script>alert" not in raw, address
        assert "<img src=x" not in raw, address

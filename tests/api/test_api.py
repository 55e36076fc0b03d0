"""接口与页面：同样的清单、同样的职权、同一句话。"""

import json
import warnings
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from accounts.models import AccountEvent, ApiToken, User
from accounts.session import api_tokens
from desk.bulk_import.columns import FIELDS
from documents.models import Letter
from petitions.act.states import Kind, State
from petitions.models import Petition, Submission
from petitions.record.verification import verify
from rulebook.acts import Act
from rulebook.timekeeping import at
from tests.cast import PASSWORD, accepted, decided, do, fresh, registered, someone
from tests.desk.case.hands import bring_in

pytestmark = pytest.mark.usefixtures("city")


class Caller:
    """A system that holds somebody's token."""

    def __init__(self, username, scopes=tuple(ApiToken.Scope), days=30):
        key, _ = api_tokens.issue(someone(username), name="对接程序", scopes=scopes, days=days)
        self.client = Client(headers={"Authorization": f"Token {key}"})

    def get(self, url, **query):
        return self.client.get(url, query)

    def post(self, url, **told):
        return self.client.post(url, json.dumps(told), content_type="application/json")


@pytest.fixture
def clerk():
    return Caller("clerk1")


@pytest.fixture
def officer():
    return Caller("officer1")


def numbers(answer):
    return [row["number"] for row in answer.json()["results"]]


class TestTheDoor:
    def test_a_token_is_given_for_the_password_and_can_be_revoked(self):
        cache.clear()
        client = Client()
        wrong = client.post("/api/token/", {"username": "clerk1", "password": "wrong"}, content_type="application/json")
        assert wrong.status_code == 422 and "不对" in wrong.json()["refused"]
        given = client.post(
            "/api/token/", {"username": "clerk1", "password": PASSWORD}, content_type="application/json"
        )
        with_token = Client(headers={"Authorization": f"Token {given.json()['token']}"})
        assert with_token.get("/api/petitions/").status_code == 200
        assert with_token.delete("/api/token/").status_code == 204
        assert with_token.get("/api/petitions/").status_code == 401

    def test_a_token_does_what_it_is_for_until_its_day(self):
        cache.clear()
        told = {"username": "clerk1", "password": PASSWORD}
        given = Client().post("/api/token/", told, content_type="application/json").json()
        assert given["scopes"] == ["read"]  # 没有写明的，只能看
        token = someone("clerk1").api_tokens.get()
        assert token.tail == given["token"][-4:] and given["token"] not in str(vars(token))
        case = accepted()
        note = f"/api/petitions/{case.number}/acts/note/"
        reader, writer = Caller("officer1", ["read"]), Caller("officer1", ["act"])
        assert reader.get(note).status_code == 200 and writer.get(note).status_code == 403
        refused = reader.post(note, text="看过了")
        assert refused.status_code == 403
        assert refused.json()["detail"] == "这个令牌只能查看，不能办理，请另取"
        assert reader.post("/api/petitions/").json()["detail"] == "这个令牌只能查看，不能登记，请另取"
        assert writer.post(note, text="看过了").status_code in (200, 422)
        with at(token.expires_at - timedelta(minutes=1)):
            assert reader.get("/api/petitions/").status_code == 200
        with at(token.expires_at + timedelta(minutes=1)):
            late = reader.get("/api/petitions/")
            assert late.status_code == 401 and "已到期" in late.json()["detail"]

    @pytest.mark.parametrize(
        ("asked", "field"),
        [
            ({"days": 91}, "days"),
            ({"days": 0}, "days"),
            ({"scopes": []}, "scopes"),
            ({"scopes": ["all"]}, "scopes"),
        ],
    )
    def test_a_token_for_ever_or_for_nothing_is_not_given(self, asked, field):
        cache.clear()
        told = {"username": "clerk1", "password": PASSWORD} | asked
        answer = Client().post("/api/token/", told, content_type="application/json")
        assert answer.status_code == 422 and list(answer.json()["errors"]) == [field]
        assert not ApiToken.objects.exists()

    def test_ones_tokens_are_listed_and_ended_on_the_account_page_and_nobody_elses(self):
        user, other = someone("officer1"), someone("clerk1")
        key, token = api_tokens.issue(user, name="每日报表", scopes=["read", "act"], days=7)
        _, theirs = api_tokens.issue(other, name="别人的程序", scopes=["read"], days=7)
        page = Client()
        page.force_login(user)
        shown = page.get("/account/").content.decode()
        assert "每日报表" in shown and "查看、办理" in shown and "还没有用过" in shown and "别人的程序" not in shown
        assert page.post(f"/account/tokens/{theirs.pk}/end/").status_code == 404
        assert page.post(f"/account/tokens/{token.pk}/end/").status_code == 302
        assert Client(headers={"Authorization": f"Token {key}"}).get("/api/petitions/").status_code == 401
        assert list(ApiToken.objects.all()) == [theirs]
        told = AccountEvent.objects.filter(user=user).newest_first().values_list("what", flat=True)[:2]
        assert list(told) == ["token_ended", "token_given"]

    def test_a_token_of_somebody_disabled_opens_nothing(self):
        caller = Caller("officer1")
        User.objects.filter(username="officer1").update(is_active=False)
        assert caller.get("/api/petitions/").status_code == 401

    def test_tries_are_counted_by_address_not_by_what_a_client_claims(self):
        cache.clear()
        told = {"username": "clerk1", "password": "wrong"}
        seen = [
            Client()
            .post("/api/token/", told, content_type="application/json", headers={"X-Forwarded-For": f"10.0.0.{n}"})
            .status_code
            for n in range(11)
        ]
        assert seen == [422] * 10 + [429]
        cache.clear()

    def test_nobody_gets_in_without_signing_in(self):
        for url in ("/api/petitions/", "/api/petitions/x/", "/api/petitions/x/acts/", "/api/schema/"):
            assert Client().get(url).status_code == 401
        assert Client().get("/api/docs/").status_code == 302

    def test_a_session_works_too_but_only_with_the_csrf_token(self):
        petition = registered()
        client = Client(enforce_csrf_checks=True)
        client.force_login(someone("clerk1"))
        assert client.get("/api/petitions/").status_code == 200
        url = f"/api/petitions/{petition.number}/acts/note/"
        assert client.post(url, {"note": "x"}, content_type="application/json").status_code == 403

    def test_who_must_choose_a_password_first_is_told_so(self, clerk):
        user = someone("clerk1")
        user.must_change_password = True
        user.save()
        answer = clerk.get("/api/petitions/")
        assert (answer.status_code, answer.json()["detail"]) == (403, "首次登录须先在网页上修改密码")

    def test_a_disabled_user_s_token_is_dead(self, clerk):
        user = someone("clerk1")
        user.is_active = False
        user.save()
        assert clerk.get("/api/petitions/").status_code == 401


class TestReading:
    def test_the_list_is_the_page_s_list(self, clerk):
        mine = [registered() for _ in range(3)]
        page = Client()
        page.force_login(someone("clerk1"))
        shown = page.get("/cases/")
        assert shown.status_code == 200
        answer = clerk.get("/api/petitions/")
        assert sorted(numbers(answer)) == sorted(petition.number for petition in mine)
        assert all(number in shown.content.decode() for number in numbers(answer))
        assert numbers(clerk.get("/api/petitions/", channel="letter")) == []
        assert len(numbers(clerk.get("/api/petitions/", state="registered"))) == 3

    def test_pages_follow_each_other_without_loss(self, clerk):
        wanted = {registered().number for _ in range(5)}
        seen, url = [], "/api/petitions/?size=2"
        while url:
            told = clerk.get(url).json()
            seen += [row["number"] for row in told["results"]]
            url = told["next"]
        assert len(seen) == 5 and set(seen) == wanted

    def test_personal_numbers_are_not_taken_in_an_address(self, clerk):
        answer = clerk.get("/api/petitions/", q="13800001234")
        assert answer.status_code == 422 and "不要写在网址里" in answer.json()["refused"]

    def test_a_case_is_shown_masked(self, clerk):
        petition = registered()
        party = petition.submission.parties.get()
        answer = clerk.get(f"/api/petitions/{petition.number}/")
        told, body = answer.json(), answer.content.decode()
        assert told["number"] == petition.number and told["seq"] == petition.seq
        assert [claim["text"] for claim in told["claims"]] == ["尽快修好电梯", "公示维修资金使用情况"]
        assert {row["term"] for row in told["deadlines"]} >= {"D02"}
        assert [line["act"] for line in told["log"]] == ["receive", "register"]
        for secret in (party.id_number, party.phone, party.address, party.query_code, party.pin):
            assert secret not in body
        assert told["parties"][0]["phone"] == party.masked_phone

    def test_what_one_may_not_see_does_not_exist(self):
        petition = registered()
        stranger = Caller("officer.wh")
        for path in ("", "acts/", "acts/accept/"):
            assert stranger.get(f"/api/petitions/{petition.number}/{path}").status_code == 404
        assert stranger.post(f"/api/petitions/{petition.number}/acts/accept/").status_code == 404
        assert numbers(stranger.get("/api/petitions/", view="all")) == []

    def test_a_confidential_report_is_in_no_answer_of_others(self):
        canary = "金丝雀词"
        report = registered(
            kind=Kind.REPORT, original=f"举报：{canary}收受好处。", claims=[f"查处{canary}"], title=canary
        )
        do(report, Act.REFER, "clerk1", to=someone("disc1").organ)
        for username in ("clerk1", "officer1", "chief1", "head1", "super1", "leader1", "admin1", "audit1", "cchief1"):
            caller = Caller(username)
            bodies = [
                caller.get("/api/petitions/", view="all"),
                caller.get("/api/petitions/", view="all", q=canary),
                caller.get(f"/api/petitions/{report.number}/"),
                caller.get(f"/api/petitions/{report.number}/acts/"),
                caller.post(f"/api/petitions/{report.number}/acts/note/", note="看看"),
            ]
            assert all(canary not in body.content.decode() for body in bodies)
            assert all(report.number not in body.content.decode() for body in bodies[:2])
        assert report.number in numbers(Caller("disc1").get("/api/petitions/", view="all"))


class TestActing:
    def test_an_act_is_done_as_on_the_page(self, officer):
        petition = decided(registered())
        answer = officer.post(f"/api/petitions/{petition.number}/acts/accept/", seq=petition.seq, note="属本街道职责")
        assert answer.status_code == 200
        assert answer.json()["done"] == f"{petition.number} 已办：受理"
        assert answer.json()["petition"]["state"] == {"code": "accepted", "label": "办理中"}
        assert fresh(petition).state == State.ACCEPTED and list(verify()) == []
        assert Letter.objects.filter(kind="F02").exists()

    def test_the_refusal_is_one_sentence_on_button_page_and_interface(self, officer):
        petition = registered()
        page = Client()
        page.force_login(someone("officer1"))
        said = officer.post(f"/api/petitions/{petition.number}/acts/accept/").json()["refused"]
        assert "须先逐项判定第三十一条各分支" in said
        offered = {row["act"]: row for row in officer.get(f"/api/petitions/{petition.number}/acts/").json()}
        assert offered["accept"]["refused"] == said and not offered["accept"]["open"]
        assert officer.get(f"/api/petitions/{petition.number}/acts/accept/").json()["refused"] == said
        assert said in page.get(f"/cases/{petition.number}/").content.decode()
        assert said in page.get(f"/cases/{petition.number}/do/accept/").content.decode()
        assert said in page.post(f"/cases/{petition.number}/do/accept/", {"seq": petition.seq}).content.decode()
        assert fresh(petition).state == State.REGISTERED

    def test_the_errors_of_a_form_are_those_of_the_page(self, officer):
        petition = accepted()
        answer = officer.post(f"/api/petitions/{petition.number}/acts/inquire/", on="2999-01-01", form="heard")
        assert answer.status_code == 422
        assert answer.json() == {"refused": "", "errors": {"on": ["调查日期不能晚于今天"], "note": ["请填写记录"]}}

    def test_the_inputs_of_an_act_are_told(self, officer):
        petition = accepted()
        told = officer.get(f"/api/petitions/{petition.number}/acts/inquire/").json()
        assert [row["name"] for row in told["inputs"]] == ["form", "on", "note"]
        assert told["inputs"][0]["choices"] and told["inputs"][1]["kind"] == "date" and told["open"]

    def test_who_may_not_do_it_is_told_so(self, clerk):
        petition = decided(registered())
        answer = clerk.post(f"/api/petitions/{petition.number}/acts/sign/")
        said = "您的岗位不能对本件“签发处理意见书”，请联系承办单位或本单位信访专员"
        assert (answer.status_code, answer.json()["detail"]) == (403, said)
        page = Client()
        page.force_login(someone("clerk1"))
        assert said in page.get(f"/cases/{petition.number}/do/sign/").content.decode()

    def test_a_stale_picture_is_refused(self, officer):
        petition = decided(registered())
        do(petition, Act.NOTE, "officer1", note="先来一步")
        answer = officer.post(f"/api/petitions/{petition.number}/acts/accept/", seq=petition.seq)
        assert answer.status_code == 409 and "李致平刚对本件“内部备注”" in answer.json()["refused"]
        assert fresh(petition).state == State.REGISTERED

    def test_what_needs_approval_waits_for_it(self):
        petition = accepted()
        answer = Caller("officer1").post(
            f"/api/petitions/{petition.number}/acts/extend/", days=20, reason="需委托鉴定，情况复杂，六十日内难以办结"
        )
        assert answer.status_code == 200, answer.json()
        assert answer.json()["waits_for_approval"] and "已报请" in answer.json()["done"]

    def test_an_unknown_act_and_an_act_without_a_form_do_not_exist(self, officer):
        petition = registered()
        for act in ("fly", "deem_accepted", "view"):
            assert officer.get(f"/api/petitions/{petition.number}/acts/{act}/").status_code == 404

    def test_nested_values_are_refused(self, officer):
        petition = accepted()
        answer = officer.post(f"/api/petitions/{petition.number}/acts/note/", note={"a": 1})
        assert answer.status_code == 422 and "“note”应当是文字" in answer.json()["refused"]


NEW = {
    "channel": "call",
    "name": "陈玉兰",
    "phone": "13800006215",
    "address": "云河区青柳街道春柳苑3号楼",
    "text": "春柳苑3号楼电梯停运，请尽快修好。",
    "kind": "appeal",
    "territory": "青柳街道",
    "external_source": "热线",
    "external_id": "T-1",
}


class TestRegistering:
    def test_a_call_is_registered_with_its_receipt_and_proposal(self, clerk):
        answer = clerk.post("/api/petitions/", **NEW)
        assert answer.status_code == 201, answer.json()
        petition = Petition.objects.get(number=answer.json()["number"])
        assert answer["Location"] == f"/api/petitions/{petition.number}/"
        assert petition.registered_at and petition.routing_proposals.count() == 1
        assert not petition.submission.backfilled
        assert Letter.objects.filter(kind="F01").count() == 1
        assert clerk.get(answer["Location"]).status_code == 200

    def test_the_same_external_number_is_registered_once(self, clerk):
        first = clerk.post("/api/petitions/", **NEW).json()["number"]
        again = clerk.post("/api/petitions/", **NEW)
        assert again.status_code == 409 and first in again.json()["refused"]
        assert Submission.objects.count() == 1

    def test_reasons_come_by_field(self, clerk):
        answer = clerk.post("/api/petitions/", **NEW | {"kind": "闲聊", "phone": "1", "text": "", "shape": 1})
        assert answer.status_code == 422 and answer.json()["errors"] == {"shape": ["没有这一栏"]}
        answer = clerk.post("/api/petitions/", **NEW | {"kind": "闲聊", "phone": "1", "text": ""})
        assert set(answer.json()["errors"]) == {"kind", "phone", "text"}
        assert Submission.objects.count() == 0

    def test_not_in_the_name_of_another_organ(self, clerk):
        answer = clerk.post("/api/petitions/", **NEW | {"organ": "YZXF"})
        assert answer.status_code == 403 and "的名义登记" in answer.json()["detail"]

    def test_who_does_not_register_may_not_here_either(self):
        answer = Caller("handler1").post("/api/petitions/", **NEW)
        assert answer.status_code == 403 and Submission.objects.count() == 0


class TestTheDescription:
    def test_it_is_made_without_a_warning_and_valid(self, tmp_path):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            call_command("spectacular", "--validate", "--fail-on-warn", file=str(tmp_path / "schema.yml"))
        text = (tmp_path / "schema.yml").read_text(encoding="utf-8")
        assert all(f"{name}:" in text for name in FIELDS)
        assert "/api/petitions/{number}/acts/{act}/" in text

    def test_the_page_brings_nothing_from_elsewhere_and_no_script_inside(self):
        client = Client()
        client.force_login(someone("clerk1"))
        page = client.get("/api/docs/")
        body = page.content.decode()
        assert page.status_code == 200 and "http://" not in body and "https://" not in body
        assert "<style" not in body and "<script>" not in body
        script = client.get("/api/docs/?script=")
        assert script["Content-Type"].startswith("application/javascript")
        assert b"SwaggerUIBundle" in script.content
        assert client.get("/api/schema/?format=json").status_code == 200

    @pytest.mark.browser
    @pytest.mark.django_db(transaction=True)
    def test_the_page_draws_under_our_own_content_policy(self, page, live_server):
        client = Client()
        client.force_login(someone("clerk1"))
        bring_in(page.context, live_server, client)
        said = []
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.goto("/api/docs/")
        page.get_by_text("/api/petitions/{number}/acts/{act}/").first.wait_for()
        assert said == []

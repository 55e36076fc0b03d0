"""更正、代理、承继、撤回、送达不成的页面：只填要改的，填错的留在原处；姓名保密的只对登记岗位和专岗显示。"""

import pytest

from accounts.models import Organ
from petitions.models import Reveal
from rulebook.timekeeping import today
from tests.cast import accepted, registered, someone
from tests.desk.case.hands import at, post, signed_in, text
from tests.petitions.test_edge_people import someone_else

pytestmark = pytest.mark.django_db
REASON = {"reason": "信访人出示证件更正"}


def first(petition):
    return petition.submission.parties.order_by("position").first()


def two():
    return accepted(parties=[someone_else(0), someone_else(1, role="representative")])


def test_only_what_is_filled_in_is_corrected_and_what_stands_there_stays_hidden(city):
    petition = registered()
    was = first(petition)
    page = text(signed_in("clerk1").get(at(petition, "do/correct/")))
    assert "138****" in page and was.phone not in page and was.id_number not in page
    petition, _ = post(petition, "correct", "clerk1", party=was.pk, phone="138 1111 2222", **REASON)
    now = first(petition)
    assert now.phone == "13811112222"
    assert (now.name, now.id_number, now.address) == (was.name, was.id_number, was.address)
    assert "更正登记信息：手机" in text(signed_in("clerk1").get(at(petition, "?tl=all")))
    page = text(signed_in("clerk1").post(at(petition, "reveal/"), {"reason": "核对更正前后"}))
    assert f"{was.phone} → 13811112222" in page


def test_a_wrong_number_is_said_beside_its_field_and_nothing_typed_is_lost(city):
    petition = registered()
    told = {"party": first(petition).pk, "phone": "12", "place": "秋柳苑", **REASON}
    _, answer = post(petition, "correct", "clerk1", status=422, **told)
    page = text(answer)
    assert "电话应为 11 位手机号" in page and 'value="秋柳苑"' in page
    told = {"party": first(petition).pk, **REASON}
    _, answer = post(petition, "correct", "clerk1", status=422, id_number="110199195401150001", **told)
    assert "校验位不对" in text(answer)
    petition, _ = post(petition, "correct", "clerk1", id_type="414", id_number="P1234567", **told)
    assert (first(petition).id_type, first(petition).id_number) == ("414", "P1234567")


def test_what_the_browser_sends_back_unchanged_is_no_correction(city):
    petition = registered(claims=["尽快修好电梯\n并公示原因", "公示维修资金使用情况"])
    told = {"claim1": "尽快修好电梯\r\n并公示原因", "claim2": "公示维修资金使用情况", **REASON}
    _, answer = post(petition, "correct", "clerk1", status=422, **told)
    assert "没有改动任何一项" in text(answer)


def test_a_corrected_day_of_receipt_wants_its_ground_and_not_another_rule_set(city):
    petition = registered()
    _, answer = post(petition, "correct", "clerk1", status=422, received_on="2020-01-01", **REASON)
    assert "更正收到日须选定依据" in text(answer)
    _, answer = post(petition, "correct", "clerk1", status=422, received_on="2020-01-01", ground="slip", **REASON)
    assert "2020-01-01" in text(answer) and "规则" in text(answer)


def test_whoever_did_not_register_it_does_not_correct_it(city):
    petition = registered("dclerk1", organ=Organ.objects.get(code="YHXF"))
    street = Organ.objects.get(code="YHQL")
    petition, _ = post(petition, "forward", "dclerk1", to=street.pk, reason="属地管理")
    assert signed_in("officer1").get(at(petition, "do/correct/")).status_code == 403
    assert signed_in("dclerk1").get(at(petition, "do/correct/")).status_code == 200


def test_an_agent_a_death_an_heir_and_a_withdrawal_are_recorded_on_pages(city):
    petition = two()
    lead, second = petition.submission.parties.order_by("position")
    told = {"party": second.pk, "kind": "agent", "name": "刘小川", "authority": "授权委托书 2026-03-02"}
    petition, _ = post(petition, "authorise", "officer1", **told)
    petition, _ = post(petition, "decease", "officer1", party=lead.pk, on=str(today()), evidence="死亡医学证明")
    told = {"party": lead.pk, "name": "马小敏", "evidence": "户口簿，书面表示继续提出"}
    petition, _ = post(petition, "succeed", "officer1", **told)
    told = {"party": second.pk, "on": str(today()), "scope": "all", "again": "no", "reason": "问题已经解决"}
    petition, _ = post(petition, "leave", "officer1", **told)
    page = text(signed_in("officer1").get(at(petition)))
    for word in ("已死亡", "承继人", "已撤回", "授权委托书 2026-03-02"):
        assert word in page, word


def test_a_paper_of_withdrawal_can_be_seen_and_printed_before_it_is_signed(city):
    petition = two()
    told = {"party": first(petition).pk, "on": str(today()), "scope": "all", "again": "no", "reason": "问题已经解决"}
    _, answer = post(petition, "leave", "officer1", status=200, preview="1", **told)
    assert "撤回全部诉求" in text(answer) and first(petition).standing == "present"
    assert not petition.petition_letters.filter(letter__kind="F16").exists()


def test_e41_what_could_not_be_served_is_marked_until_the_registration_is_corrected(city):
    petition = accepted()
    service = petition.services.waiting().first()
    told = {"service": service.pk, "means": "direct", "on": str(today()), "outcome": "wrong", "reason": "查无此人"}
    petition, _ = post(petition, "attempt_service", "officer1", **told)
    assert "登记信息待核" in text(signed_in("officer1").get(at(petition)))
    petition, _ = post(petition, "correct", "clerk1", party=first(petition).pk, assumed="alias", **REASON)
    page = text(signed_in("officer1").get(at(petition)))
    assert "登记信息待核" not in page and "化名" in page


def test_e40_a_withheld_name_is_shown_to_those_who_took_it_down_and_not_to_the_handler(city):
    petition = accepted(parties=[someone_else(0, name_withheld=True)])
    petition, _ = post(petition, "allot", "chief1", to=someone("handler1").pk)
    why = {"reason": "联系信访人核实"}
    page = text(signed_in("handler1").post(at(petition, "reveal/"), why))
    assert "马玉敏" not in page and "只对登记岗位和检举控告专岗显示" in page
    assert not Reveal.objects.filter(petition=petition).exists()
    assert "马玉敏" in text(signed_in("clerk1").post(at(petition, "reveal/"), why))
    assert Reveal.objects.filter(petition=petition).count() == 1

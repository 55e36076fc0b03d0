"""拆分：并列事项各有各的期限；拆出的检举控告，原话只随它走。"""

import pytest

from accounts.models import Organ
from petitions.acceptance.separation import split
from petitions.act.decorator import Refused
from petitions.act.states import Kind, State
from petitions.models import Petition
from petitions.record.verification import verify
from rulebook.acts import Act
from tests.cast import decided, do, fresh, on_day, registered, someone
from tests.desk.case.hands import at, post, signed_in, text

pytestmark = pytest.mark.django_db
CANARY = "金丝雀7391"


def mixed(**told):
    return registered(
        original=f"电梯停运，请修好。另外物业科长收受好处，{CANARY}。",
        claims=["尽快修好电梯", "公示维修资金", f"查处收受好处，{CANARY}"],
        **told,
    )


def plan(**told):
    return [{"claims": [2], "kind": Kind.APPEAL, "excerpt": "", "accused_organ": None} | told]


def test_siblings_hang_on_one_letter_and_keep_the_day_of_receipt(city):
    with on_day("2025-09-26"):
        petition = registered()
    with on_day("2025-09-28"):
        (sibling,) = split(fresh(petition), plan(), by=someone("officer1"))
    petition = fresh(petition)
    assert sibling.number == f"{petition.number}-02"
    assert sibling.submission_id == petition.submission_id
    assert [claim.text for claim in petition.claims.order_by("number")] == ["尽快修好电梯"]
    assert [(claim.number, claim.text) for claim in sibling.claims.all()] == [(1, "公示维修资金使用情况")]
    mine, theirs = petition.deadlines.get(term="D02"), sibling.deadlines.get(term="D02")
    assert mine.due_on == theirs.due_on
    assert mine.starts_on == theirs.starts_on == petition.received_on
    assert list(verify()) == []


def test_clocks_of_siblings_do_not_touch(city):
    petition = registered()
    (sibling,) = split(fresh(petition), plan(), by=someone("officer1"))
    do(decided(petition), Act.ACCEPT)
    assert fresh(sibling).deadlines.get(term="D02").ended_how == ""
    assert fresh(petition).deadlines.get(term="D02").ended_how == "met"
    assert not fresh(sibling).deadlines.filter(term="D06").exists()
    do(decided(sibling), Act.ACCEPT)
    assert fresh(sibling).state == State.ACCEPTED


def test_a_forwarded_letter_keeps_its_arrival(city):
    with on_day("2025-09-26"):
        petition = registered("dclerk1", organ=Organ.objects.get(code="YHXF"))
        petition = do(petition, Act.FORWARD, "dclerk1", to=Organ.objects.get(code="YHQL"), reason="属地")
    with on_day("2025-09-29"):
        (sibling,) = split(fresh(petition), plan(), by=someone("officer1"))
    sibling = fresh(sibling)
    assert sibling.state == State.FORWARDED
    assert sibling.deadlines.get(term="D03").due_on == fresh(petition).deadlines.get(term="D03").due_on
    assert sibling.deadlines.get(term="D01").ended_how == "met"
    do(decided(sibling), Act.ACCEPT)


def test_the_report_keeps_the_words_and_others_never_see_it(city):
    petition = mixed()
    report = {"claims": [3], "kind": Kind.REPORT, "excerpt": "", "accused_organ": None}
    with pytest.raises(Refused, match="摘录"):
        split(fresh(petition), [report], by=someone("officer1"))
    (sibling,) = split(fresh(petition), [report], by=someone("officer1"), excerpt="反映电梯停运、维修资金不公示。")
    assert sibling.secrecy == 1
    assert sibling.shows_original
    petition = fresh(petition)
    assert not petition.shows_original
    for username in ("officer1", "clerk1", "chief1", "deputy1", "dclerk1", "super1", "legal1"):
        client = signed_in(username)
        assert CANARY not in text(client.get(at(petition, "?tl=all"))), username
        assert CANARY not in text(client.get(at(petition, "do/note/"))), username
        if username not in ("officer1", "clerk1"):  # 登记人在移交前仍看得到
            assert CANARY not in text(client.get(at(petition, "similar/"))), username
            assert client.get(at(sibling)).status_code == 404, username
            assert not Petition.objects.visible_to(someone(username)).filter(pk=sibling.pk).exists()
    assert not petition.petition_letters.filter(letter__kind="F01").exists(), "回执引用了诉求原文，随检举控告件走"


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([], "至少要有一项诉求"),
        ([{"claims": [1, 2], "kind": "appeal", "excerpt": ""}], "原件至少要保留一项"),
        ([{"claims": [9], "kind": "appeal", "excerpt": ""}], "必须是本件的诉求"),
        ([{"claims": [2], "kind": "joke", "excerpt": ""}], "请选择每件新事项的类别"),
    ],
)
def test_unlawful_plans_are_refused(city, entries, said):
    petition = registered()
    with pytest.raises(Refused, match=said):
        split(fresh(petition), entries, by=someone("officer1"))
    assert Petition.objects.filter(submission=petition.submission).count() == 1


def test_splitting_by_the_page(city):
    petition = registered()
    petition, answer = post(petition, "split", "officer1", status=422, claim1="0", claim2="0")
    assert "请至少把一项诉求归到新事项" in text(answer)
    petition, _ = post(petition, "split", "officer1", claim1="0", claim2="1", kind1="suggestion", excerpt1="")
    sibling = Petition.objects.get(number=f"{petition.number}-02")
    assert sibling.kind == Kind.SUGGESTION
    assert "拆分为 1 件并列事项" in text(signed_in("officer1").get(at(petition)))

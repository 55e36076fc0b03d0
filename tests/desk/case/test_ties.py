"""几件之间的页面：主件上看得见并入各件，拆并、关联、标注各有一页；填错的留在原处（rules §1.11、§5.2）。"""

import pytest

from petitions.act.states import State
from rulebook.acts import Act
from tests.cast import accepted, do, fresh, registered
from tests.desk.case.hands import at, post, signed_in, text
from tests.petitions.test_edge_people import someone_else

pytestmark = pytest.mark.django_db


def test_the_main_case_shows_who_joined_it_and_whether_they_were_told(city):
    main = accepted()
    again = do(registered(parties=[someone_else(name_withheld=True)]), Act.MERGE, into=main)
    page = text(signed_in("officer1").get(at(main)))
    assert "同案各件" in page and again.number in page and "马**" in page and "马玉珍" not in page
    assert "还有 1 份文书待送达" in page
    assert "同案各件" not in text(signed_in("officer1").get(at(accepted())))


def test_what_may_not_be_seen_is_not_listed_beside_the_main_case(city):
    main = accepted()
    again = do(registered(parties=[someone_else()]), Act.MERGE, into=main)
    again.end_all_involvements()
    assert again.number not in text(signed_in("officer1").get(at(main)))


def test_parted_on_its_page_and_refused_without_a_reason(city):
    main, again = accepted(), registered(parties=[someone_else()])
    again = do(again, Act.MERGE, into=main)
    client = signed_in("officer1")
    page = client.post(f"{at(again)}do/unmerge/", {"seq": again.seq, "reason": ""})
    assert page.status_code == 422 and "请填写理由" in text(page)
    again, _ = post(again, "unmerge", "officer1", reason="两件诉求不同。")
    assert again.state == State.REGISTERED and again.merged_into is None


def test_related_marked_and_unmarked_on_pages(city):
    first, second = accepted(), registered(parties=[someone_else()])
    second, _ = post(second, "relate", "officer1", other=first.number, note="同一小区")
    assert second.matter_id == fresh(first).matter_id is not None
    assert "同一事项组" in text(signed_in("officer1").get(at(second)))
    second, _ = post(second, "mark_repeat", "officer1", earlier=first.number)
    assert second.repeat_of == first
    assert "重复来访" in text(signed_in("officer1").get(at(second)))
    second, _ = post(second, "mark_repeat", "officer1", earlier="")
    assert second.repeat_of is None
    second, _ = post(second, "unrelate", "officer1", reason="实为两部电梯")
    assert second.matter is None


def test_a_key_case_is_listed_by_the_supervisor_not_by_the_street(city):
    petition = accepted()
    assert signed_in("officer1").get(f"{at(petition)}do/mark_key/").status_code == 403
    petition, _ = post(petition, "mark_key", "super1", key="1", reason="区领导包案")
    assert petition.key_case
    petition, _ = post(petition, "mark_key", "super1", key="0", reason="已经化解")
    assert not petition.key_case

"""邮寄批次：编批、打信封留痕、粘贴单号、逐件记签收和退回；交邮什么也不起算。"""

import re
from datetime import date

import pytest

from accounts.models import Organ
from petitions.act.decorator import Refused
from petitions.models import PostBatch, PostItem, Reveal, Service
from petitions.service.post import rules as posting
from rulebook.timekeeping import today
from tests.cast import fresh, issued, on_day, registered, someone
from tests.desk.case.hands import signed_in, text

pytestmark = pytest.mark.usefixtures("city")
DAY = date(2026, 3, 2)


def opinions(*petitions):
    return list(Service.objects.filter(petition__in=petitions, letter__kind="F12").order_by("pk"))


def batch_of(*services, by="officer1"):
    return posting.collect([service.pk for service in services], by=someone(by))


def page(address, who="officer1"):
    return text(signed_in(who).get(address))


def press(address, who="officer1", **told):
    return signed_in(who).post(address, told)


def remedies(petition):
    return [row.starts_on for row in fresh(petition).deadlines.filter(term="D08")]


def items(batch):
    return list(batch.items.order_by("pk"))


def test_issued_letters_wait_to_be_posted_and_the_chosen_make_a_batch():
    one, other = issued(), issued()
    waiting = page("/post/")
    assert one.number in waiting
    assert other.number in waiting
    (first, second) = opinions(one, other)
    answer = press("/post/", service=[first.pk])
    batch = PostBatch.objects.get()
    assert answer["Location"] == f"/post/{batch.pk}/"
    assert [item.service_id for item in items(batch)] == [first.pk]
    assert {one.pk for one in posting.to_post(someone("officer1"))} & {first.pk, second.pk} == {second.pk}


def test_two_clerks_do_not_put_one_letter_into_two_batches():
    (service,) = opinions(issued())
    batch_of(service)
    with pytest.raises(Refused, match="请勾选"):
        batch_of(service, by="clerk1")
    assert PostItem.objects.count() == 1


def test_a_pasted_column_fills_the_rows_in_their_order():
    petitions = [issued(), issued(), issued()]
    batch = batch_of(*opinions(*petitions))
    column = "EY110199001CN\r\n\r\nEY110199003CN\r\n"
    press(f"/post/{batch.pk}/numbers/", on=str(today()), column=column)
    assert [item.tracking for item in items(batch)] == ["EY110199001CN", "", "EY110199003CN"]
    assert [service.posted_on for service in opinions(*petitions)] == [today(), None, today()]
    assert all(remedies(petition) == [] for petition in petitions)


def test_more_lines_than_letters_are_refused_and_nothing_typed_is_lost():
    batch = batch_of(*opinions(issued()))
    answer = press(f"/post/{batch.pk}/numbers/", on=str(today()), column="EY110199001CN\nEY110199002CN")
    assert answer.status_code == 422
    assert "粘贴了 2 行，还空着的只有 1 件" in text(answer)
    assert "EY110199002CN" in text(answer)
    assert [item.tracking for item in items(batch)] == [""]


def test_one_wrong_number_does_not_hold_up_the_others():
    batch = batch_of(*opinions(issued(), issued()))
    first, second = items(batch)
    told = {"on": str(today()), f"tracking_{first.pk}": "EY110199001CN", f"tracking_{second.pk}": "EY1"}
    answer = press(f"/post/{batch.pk}/numbers/", **told)
    said = text(answer)
    assert answer.status_code == 422
    assert "写法不对" in said
    assert 'value="EY1"' in said
    assert [item.tracking for item in items(batch)] == ["EY110199001CN", ""]


def test_after_a_pasted_column_only_the_refused_number_is_asked_again():
    batch = batch_of(*opinions(issued(), issued()))
    said = text(press(f"/post/{batch.pk}/numbers/", on=str(today()), column="EY110199001CN\nEY1"))
    assert 'value="EY1"' in said
    assert "EY110199001CN\nEY1" not in said
    press(f"/post/{batch.pk}/numbers/", on=str(today()), **{f"tracking_{items(batch)[1].pk}": "EY110199002CN"})
    assert [item.tracking for item in items(batch)] == ["EY110199001CN", "EY110199002CN"]


def test_receipts_and_returned_mail_are_recorded_together():
    with on_day(DAY):
        signed, refused, left = issued(), issued(), issued()
        batch = batch_of(*opinions(signed, refused, left))
        press(f"/post/{batch.pk}/numbers/", on=str(DAY), column="EY110199001CN\nEY110199002CN\nEY110199003CN")
    first, second, _ = items(batch)
    with on_day("2026-03-09"):
        told = {
            "on": "2026-03-09",
            f"result_{first.pk}": "family",
            f"on_{first.pk}": "2026-03-05",
            f"by_{first.pk}": "陈小满",
            f"result_{second.pk}": "returned-moved",
        }
        assert press(f"/post/{batch.pk}/results/", **told).status_code == 302
    assert remedies(signed) == [date(2026, 3, 5)]
    assert remedies(refused) == remedies(left) == []
    (service,) = opinions(refused)
    assert (service.tracking, service.attempts.get().outcome) == ("", "moved")
    shown = page(f"/post/{batch.pk}/")
    assert "已送达 03-05" in shown
    assert "已退回 03-09：已搬离" in shown
    assert "已交邮 03-02" in shown
    assert service in posting.to_post(someone("officer1"))  # 退回的可以再编一批


def test_a_receipt_by_somebody_unnamed_is_refused_in_its_row():
    batch = batch_of(*opinions(issued()))
    (item,) = items(batch)
    press(f"/post/{batch.pk}/numbers/", on=str(today()), column="EY110199001CN")
    answer = press(f"/post/{batch.pk}/results/", **{"on": str(today()), f"result_{item.pk}": "family"})
    assert answer.status_code == 422
    assert "须写明代收人姓名" in text(answer)


@pytest.mark.parametrize("shape", ["c5", "a4"])
def test_envelopes_are_printed_for_a_reason_and_leave_a_line_for_every_person(shape):
    petition = issued()
    batch = batch_of(*opinions(petition))
    address = f"/post/{batch.pk}/print/"
    assert "春柳苑" not in page(address).replace(petition.title, "")
    answer = press(address, shape=shape, reason="")
    assert answer.status_code == 422
    assert not Reveal.objects.exists()
    answer = press(address, shape=shape, reason="邮寄处理意见书")
    assert answer.content.startswith(b"%PDF-")
    assert answer["Cache-Control"].count("no-store") == 1
    line = Reveal.objects.get()
    assert (line.petition, line.by, line.reason) == (petition, someone("officer1"), "邮寄处理意见书")


def test_letters_to_one_person_go_into_one_envelope():
    petition = issued()
    two = list(petition.services.filter(served_on=None, letter__kind__in=("F12", "F02")))
    batch = batch_of(*two)
    assert len(two) == 2
    people = posting.addresses(posting.items_for(batch, someone("officer1")), by=someone("officer1"), reason="邮寄")
    assert len(people) == 1


def test_a_batch_is_its_offices_own():
    batch = batch_of(*opinions(issued()))
    for who, status in (("officer.yhzj", 404), ("admin1", 403)):
        assert signed_in(who).get(f"/post/{batch.pk}/").status_code == status
    elsewhere = registered("dclerk1", organ=Organ.objects.get(code="YHXF"))
    assert elsewhere.number not in page("/post/")


def test_addresses_stand_in_no_address_bar_and_masked_on_the_page():
    petition = issued()
    batch = batch_of(*opinions(petition))
    for address in ("/post/", f"/post/{batch.pk}/"):
        assert not re.search(r"号楼102室", page(address))

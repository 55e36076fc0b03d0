"""督办证据材料：有目录、有经过、有理由和承诺；快照定住以后，印几次都是同样的字节。"""

import hashlib
import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.messages.outbox import drain
from accounts.models import Notice
from petitions.act.decorator import Refused
from rulebook.acts import Act
from rulebook.timekeeping import now, today
from supervision.ladder import climb
from supervision.models import EvidencePack
from supervision.orders import acts as actions
from supervision.orders.call_in import rules as calling_in
from supervision.orders.evidence import compilation, snapshot
from tests.cast import do, on_day, someone
from tests.pdf_pages import words_in
from tests.supervision.test_call_ins import called_in
from tests.supervision.test_orders import again, issued

DAY = date(2026, 3, 2)


def carried():
    """An order reported on once, late, raised, answered, sent back; its organ was called in."""
    with on_day(DAY):
        order = issued(card="yellow", every=2)
        actions.sign(again(order), by=someone("officer1"))
    with on_day(DAY + timedelta(days=4)):
        words = "维保单位推迟到货；信访人 13800001234 已电话告知。"
        actions.report(again(order), by=someone("officer1"), report=words)
        actions.raise_card(again(order), by=someone("super1"), card="red", reason="进展报告迟了两日。")
    with on_day(DAY + timedelta(days=7)):
        called_in(order)
        actions.answer(again(order), by=someone("officer1"), answer="配件缺货，不能确定日期。")
        actions.send_back(again(order), by=someone("super1"), reason="未说明替代办法。", due_on=today())
    return order


def test_the_pack_tells_the_whole_story_with_an_index(city):
    order = carried()
    with on_day(DAY + timedelta(days=8)):
        pack = compilation.make(again(order), by=someone("super1"))
    text = words_in(compilation.pdf_of(pack))
    index = text[: text.index("存在问题")]
    titles = ("督办单", "办理经过", "责任持有时长", "提醒、催办和督办消息", "进展报告", "理由", "承诺", "文书")
    assert all(title in index for title in titles)
    assert order.number in text and "没有送达" not in text
    assert "迟报" in text and "推迟到货" in text
    assert "被退回的反馈" in text and "配件缺货" in text and "未说明替代办法" in text
    assert "书面反馈督办单" in text and "约谈" in text
    assert "13800001234" not in text and "陈玉兰" not in text
    for link in order.petition.petition_letters.select_related("letter"):
        assert link.letter.text_hash in text
    assert pack.snapshot_hash in text


def test_the_same_snapshot_prints_the_same_bytes_whatever_happened_since(city):
    order = carried()
    with on_day(DAY + timedelta(days=8)):
        pack = compilation.make(again(order), by=someone("super1"))
    first = compilation.pdf_of(pack)
    with on_day(DAY + timedelta(days=90)):
        actions.answer(again(order), by=someone("officer1"), answer="已更换。")
        actions.close(again(order), by=someone("super1"), opinion="属实，核销。")
        do(order.petition, Act.NOTE, note="后来的事")
        second = compilation.printed(EvidencePack.objects.get().snapshot)
    assert hashlib.sha256(first).hexdigest() == hashlib.sha256(second).hexdigest() == pack.pdf_hash
    told = json.loads(pack.snapshot)
    assert compilation.canonical(told) == pack.snapshot and told["order"][-1] == ["办结", ""]
    with on_day(DAY + timedelta(days=91)):
        later = compilation.make(again(order), by=someone("super1"))
    assert (later.number, later.pdf_hash == pack.pdf_hash) == (2, False)


def test_messages_say_who_was_sent_them_and_who_read_them(city):
    order = carried()
    with on_day(DAY + timedelta(days=8)):
        climb.sweep()
        rows = snapshot.snapshot(again(order), by=someone("super1"))["messages"]
        assert next(row[3:] for row in rows if "请于 03-09 前反馈" in row[1]) == ["未发出", "未读"]
        drain()
        for notice in Notice.objects.filter(user=someone("officer1")):
            notice.read_at = now()
            notice.save()
        rows = snapshot.snapshot(again(order), by=someone("super1"))["messages"]
    mine = [row for row in rows if row[2].endswith(someone("officer1").name) and "请于 03-09 前" in row[1]]
    assert [row[3:] for row in mine] == [["2026-03-10 10:00", "2026-03-10 10:00"]] * 2  # 下发、退回各一条
    assert any("督办反馈 2026-03-09 届满：" in row[1] for row in rows)
    assert rows == sorted(rows, key=lambda row: row[0])


def test_custody_of_the_pack_is_that_of_the_case_without_a_gap(city):
    order = carried()
    told = snapshot.custody_rows(again(order).petition)
    ends = [row[1] for row in told["rows"]]
    assert ends[:-1] == [row[0] for row in told["rows"]][1:]
    assert sum(seconds for seconds, _ in told["bar"]) > 0


def test_a_kept_file_that_was_changed_or_lost_is_noticed(city):
    pack = compilation.make(again(issued()), by=someone("super1"))
    pack.pdf.storage.delete(pack.pdf.name)
    assert hashlib.sha256(compilation.pdf_of(pack)).hexdigest() == pack.pdf_hash  # 丢了的，从快照重印
    with pack.pdf.storage.open(pack.pdf.name, "wb") as kept:
        kept.write(b"%PDF- altered")
    with pytest.raises(Refused, match="与制作时不一致"):
        compilation.pdf_of(pack)
    pack.pdf.storage.delete(pack.pdf.name)


def test_only_who_may_order_about_the_case_makes_and_reads_it(city, client):
    order = issued()
    with pytest.raises(PermissionDenied):
        compilation.make(again(order), by=someone("officer1"))
    client.force_login(someone("super1"))
    assert "制作证据材料" in client.get(actions.address(order)).content.decode()
    done = client.post(f"/supervision/orders/{order.pk}/evidence/", follow=True).content.decode()
    assert "已制作第 1 份证据材料" in done
    pack = EvidencePack.objects.get()
    got = client.get(f"/supervision/evidence/{pack.pk}/")
    assert got.content == compilation.pdf_of(pack) and got.headers["Content-Type"] == "application/pdf"
    seen = {}
    for name in ("dhead1", "officer1", "super2"):
        client.force_login(someone(name))
        seen[name] = client.get(f"/supervision/evidence/{pack.pk}/").status_code
    assert seen == {"dhead1": 200, "officer1": 403, "super2": 404}
    assert "证据材料" not in client.get(actions.address(order)).content.decode()


def test_gathering_asks_as_much_for_a_long_life_as_for_a_short_one(city):
    counts = []
    with on_day(DAY):  # 钟不动，规则和拨钟的缓存不会半途到期、多问一句
        order = issued()
        for _ in range(3):
            petition_order = again(order)
            with CaptureQueriesContext(connection) as asked:
                snapshot.snapshot(petition_order, by=someone("super1"))
            counts.append(len(asked))
            actions.report(again(order), by=someone("officer1"), report="正在办。")
            called_in(order)
    assert counts[1] == counts[2] <= 24


def test_a_commitment_stays_as_it_was_when_the_pack_was_made(city):
    order = carried()
    with on_day(DAY + timedelta(days=8)):
        pack = compilation.make(again(order), by=someone("super1"))
    [one] = again(order).call_ins.get().commitments.all()
    with on_day(DAY + timedelta(days=9)):
        calling_in.keep(one, by=someone("super1"), done_on=today(), how="已反馈。")
    assert json.loads(pack.snapshot)["commitments"] == [["2026-03-12", "2026-03-09 约谈", one.text, "未到期"]]

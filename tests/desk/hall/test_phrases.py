"""常用概况：一个单位的登记岗位共用；登记时插入，用键盘也行，不用脚本也行；插入以后照实际改。"""

import pytest

from accounts.models import Phrase
from petitions.models import Petition
from rulebook.timekeeping import now
from tests import cast
from tests.desk.register.test_keyboard import Hands, sign_in
from tests.desk.register.typing import sheet

BODY = "反映＿＿小区电梯停运＿＿天，要求尽快修复。"


@pytest.fixture
def clerk(city, client):
    client.force_login(cast.someone("clerk1"))
    return client


def written(client, **said):
    return client.post("/hall/phrases/", {"name": "电梯", "body": BODY} | said)


def test_one_clerk_writes_it_the_colleague_uses_and_changes_it_nobody_else_sees_it(clerk):
    assert "常用概况" not in clerk.get("/register/").content.decode()
    assert written(clerk).status_code == 302
    clerk.force_login(cast.someone("officer1"))
    page = clerk.get("/register/").content.decode()
    assert "常用概况" in page and BODY in page
    phrase = Phrase.objects.get()
    clerk.post(f"/hall/phrases/{phrase.pk}/", {"name": "电梯停运", "body": BODY})
    phrase.refresh_from_db()
    assert (phrase.name, phrase.written_by.username) == ("电梯停运", "officer1")
    clerk.force_login(cast.someone("officer.yhzj"))
    assert BODY not in clerk.get("/register/").content.decode()
    assert clerk.get(f"/hall/phrases/{phrase.pk}/").status_code == 404
    assert clerk.post(f"/hall/phrases/{phrase.pk}/drop/").status_code == 404 and Phrase.objects.exists()


def test_what_cannot_be_kept_is_said_and_stays_typed(clerk):
    page = written(clerk, body="请联系 13800006215 的刘桂兰").content.decode()
    assert "文字里有证件号或者电话，请删去" in page and "请联系 13800006215 的刘桂兰" in page
    written(clerk)
    page = written(clerk, body="另一段").content.decode()
    assert "本单位已有同名的常用概况" in page and "另一段" in page and Phrase.objects.count() == 1
    page = written(clerk, name="").content.decode()
    assert "请填写名称" in page


def test_without_a_script_the_button_puts_it_after_what_was_typed(clerk):
    written(clerk)
    told = sheet(do="phrase", phrase=str(Phrase.objects.get().pk), txt="本人七十二岁。", nm="刘桂兰")
    page = clerk.post("/register/", told).content.decode()
    assert f"本人七十二岁。\n{BODY}" in page and "刘桂兰" in page and not Petition.objects.exists()
    assert "请先选一条常用概况" in clerk.post("/register/", sheet(do="phrase", phrase="")).content.decode()


@pytest.mark.django_db(transaction=True)
def test_by_keyboard_it_goes_to_the_cursor_and_the_first_gap_is_marked(page, live_server, city, client):
    author = cast.someone("clerk1")
    Phrase.objects.create(organ=author.office, name="电梯", body=BODY, written_by=author, written_at=now())
    sign_in(page.context, live_server, client)
    page.goto("/register/")
    hands = Hands(page)
    hands.press("Alt+p")
    assert hands.focused == "phrase"
    hands.press("ArrowDown")
    assert page.input_value("#txt") == "", "只是换选，还没有插入"
    hands.press("Enter")
    assert hands.focused == "txt" and page.input_value("#txt") == BODY
    hands.type("春柳苑", counted=False)
    assert page.input_value("#txt").startswith("反映春柳苑小区电梯停运")
    height = "document.documentElement.scrollHeight - innerHeight"
    assert page.evaluate(height) <= 0


@pytest.mark.django_db(transaction=True)
def test_a_pasted_screenshot_becomes_a_file_and_pasted_words_stay_words(page, live_server, city, client):
    sign_in(page.context, live_server, client)
    page.goto("/register/")
    paste = """words => {
      const data = new DataTransfer(), told = {clipboardData: data, bubbles: true, cancelable: true};
      if (words) data.setData('text/plain', words);
      else data.items.add(new File(['x'], 'image.png', {type: 'image/png'}));
      document.getElementById('txt').dispatchEvent(new ClipboardEvent('paste', told));
    }"""
    page.evaluate(paste, "电梯停运")
    assert page.evaluate("document.getElementById('files').files.length") == 0
    page.evaluate(paste, "")
    page.evaluate(paste, "")
    names = page.evaluate("[...document.getElementById('files').files].map(file => file.name)")
    assert len(names) == 2 and all(name.startswith("截图") and name.endswith(".png") for name in names)
    assert "截图" in page.inner_text("#picked")

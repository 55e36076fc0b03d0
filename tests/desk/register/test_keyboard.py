"""键盘登记：不碰鼠标，不含诉求正文不超过 100 键（汉字每字按 2.7 键计）；不用脚本也能登记完。"""

import pytest

from insight.search.indexing import index_all
from petitions.models import Petition, RegistrationDraft
from tests import cast
from tests.desk.case.hands import bring_in
from tests.desk.register.typing import IDNO, TEXT

IME = 2.7
MOST_KEYS = 100


class Hands:
    """Types into a page and counts the keys."""

    def __init__(self, page):
        self.page, self.keys = page, 0.0

    def press(self, key):
        self.page.keyboard.press(key)
        self.keys += 1

    def type(self, text, *, counted=True):
        self.page.keyboard.insert_text(text) if not text.isascii() else self.page.keyboard.type(text)
        if counted:
            self.keys += sum(1 if sign.isascii() else IME for sign in text)

    @property
    def focused(self):
        return self.page.evaluate("document.activeElement.id")


@pytest.fixture
def desk(page, live_server, city, client, settings, tmp_path):
    """clerk1 at the empty desk."""
    settings.MEDIA_ROOT = tmp_path
    sign_in(page.context, live_server, client)
    page.goto("/register/")
    return page


def sign_in(context, live_server, client):
    client.force_login(cast.someone("clerk1"))
    bring_in(context, live_server, client)


def fill_in(hands):
    assert hands.focused == "idno"
    hands.type(IDNO)
    hands.press("Enter")
    hands.type("刘桂兰")
    hands.press("Enter")
    hands.press("Enter")
    hands.type("云河区青柳街道春柳苑3号楼1单元102室")
    hands.press("Enter")
    hands.type("13800006215")
    hands.press("F8")
    assert hands.focused == "txt"
    hands.type(TEXT, counted=False)


def test_a_walk_in_without_the_mouse(desk):
    hands = Hands(desk)
    clicks = desk.evaluate("window.clicks = 0; addEventListener('mousedown', () => window.clicks++); 0")
    fill_in(hands)
    desk.wait_for_selector("aside[aria-live] .li li:has-text('本人既往')")
    desk.wait_for_selector("input[name=cat]")
    assert desk.input_value("#sex") == "女" and "优先接待" in desk.inner_text("#age")
    assert "尽快启动专项维修资金" in desk.inner_text("#claimsbox summary")
    hands.press("Alt+j")
    assert desk.is_checked("#cat_options .opt input") and desk.is_checked("#unit_options .opt input")
    clicks = desk.evaluate("window.clicks")
    hands.press("F9")
    desk.wait_for_url("**/letters/**")
    desk.wait_for_selector(".paper h1")
    petition = Petition.objects.get()
    assert petition.submission.parties.get().name == "刘桂兰" and petition.category is not None
    assert petition.routing_proposals.get().followed is True
    assert clicks == 0 and hands.keys <= MOST_KEYS, hands.keys
    assert not RegistrationDraft.objects.exists()
    desk.wait_for_selector("a[autofocus]:focus")
    hands.press("Enter")  # 文书页上回车接着办
    desk.wait_for_url("**/done")
    desk.wait_for_selector("a[autofocus]:focus")
    hands.press("Enter")
    desk.wait_for_selector("#idno:focus")


def test_the_desk_fits_one_screen(desk):
    hands = Hands(desk)
    fill_in(hands)
    desk.wait_for_selector("input[name=cat]")
    height = "document.documentElement.scrollHeight - innerHeight"
    assert desk.evaluate(height) <= 0
    for channel in ("letter", "call", "web"):
        desk.goto(f"/register/?ch={channel}")
        assert desk.evaluate(height) <= 0, channel


def test_next_petitioner_and_the_channel_by_key(desk):
    hands = Hands(desk)
    fill_in(hands)
    desk.wait_for_selector("input[name=cat]")
    hands.press("Alt+j")
    hands.press("Control+Enter")
    desk.wait_for_selector(".note.gr:has-text('已登记')")
    assert hands.focused == "idno" and desk.input_value("#nm") == ""
    hands.type("刘")
    hands.press("Alt+2")
    desk.wait_for_selector("h1:has-text('来信登记')")
    assert desk.input_value("#idno") == "刘"


def test_typing_is_kept_as_a_draft_and_comes_back(desk):
    hands = Hands(desk)
    fill_in(hands)
    desk.wait_for_selector("[data-draft-status]:has-text('草稿已存')")
    desk.goto("/register/")
    desk.click("text=草稿 1")
    desk.click("text=继续录入")
    assert desk.input_value("#nm") == "刘桂兰" and desk.input_value("#txt") == TEXT


def test_what_is_chosen_while_an_answer_is_under_way_stays(desk):
    """The answer was asked for before the choice; it brings suggestions, and takes nothing back."""
    under_way = []
    desk.route("**/register/panel/", lambda route: under_way.append(route))
    desk.fill("#txt", TEXT)
    for _ in range(50):
        if under_way:
            break
        desk.wait_for_timeout(100)
    desk.select_option("select[name=unit_other]", "triage")
    (asked,) = under_way
    asked.continue_()
    desk.wait_for_selector("#claimsbox summary:has-text('项：')")
    assert desk.input_value("input[name=unit]:checked") == "triage"
    assert desk.locator("input[name=cat]").count()


def test_merging_by_key_and_a_crowd_opens_the_table(desk):
    old = cast.accepted(original=TEXT)
    index_all()
    party = old.submission.parties.get()
    desk.fill("#nm", party.name)
    desk.fill("#tel", party.phone)
    desk.fill("#txt", TEXT)
    desk.wait_for_selector("#same .note.am")
    desk.keyboard.press("Alt+g")
    desk.wait_for_selector("#same .note.gr")
    assert desk.input_value("input[name=repeat]") == old.number
    assert desk.get_attribute("#more", "open") is None
    desk.fill("#ppl", "6")
    assert desk.get_attribute("#more", "open") is not None
    desk.check("input[name=aim][value=report]")
    assert desk.is_visible("#accused")


def test_a_wrong_number_warns_and_is_marked(desk):
    desk.fill("#idno", IDNO[:-1] + ("1" if IDNO[-1] != "1" else "2"))
    assert "校验位不对" in desk.inner_text("#idhint") and desk.input_value("#idst") == "mismatch"
    desk.fill("#idno", IDNO)
    assert desk.is_hidden("#idhint") and desk.input_value("#idst") == "stated"


def test_without_scripts(browser, live_server, city, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="zh-CN")
    sign_in(context, live_server, client)
    page = context.new_page()
    page.goto("/register/")
    page.fill("#idno", IDNO)
    page.click("[data-key='F9']")
    assert page.is_visible(".errsum a")
    page.fill("#nm", "刘桂兰")
    page.fill("#addr", "云河区春柳苑3号楼102室")
    page.fill("#txt", TEXT)
    page.click("[data-key='F9']")
    assert "核对" in page.inner_text(".errsum") and page.is_visible("aside .li li")
    page.check("#cat_options .opt input >> nth=0")
    page.check("#unit_options .opt input >> nth=0")
    page.click("[data-key='F9']")
    page.wait_for_url("**/letters/**")
    assert Petition.objects.get().routing_proposals.get().followed is True
    context.close()


def test_the_prompts_keep_their_height_whatever_is_typed(desk):
    """The card stands first in the panel: what changes below it never moves it, and it never moves what is below."""
    height = "document.querySelector('#prm').closest('section').offsetHeight"
    empty, form = desk.evaluate(height), desk.evaluate("document.querySelector('#txt').getBoundingClientRect().top")
    desk.fill("#ppl", "40")
    desk.fill("#txt", TEXT + "电表箱冒烟漏电，再不解决就同归于尽，明天去大门口拉横幅。")
    desk.wait_for_selector("#panel dd.red:has-text('核实后勾选')")
    assert desk.evaluate(height) == empty
    assert desk.evaluate("document.querySelector('#txt').getBoundingClientRect().top") >= form
    desk.fill("#ppl", "1")
    desk.wait_for_selector("#panel dd:has-text('不足 5 人')")
    assert desk.evaluate(height) == empty

"""一条建议的一条路：市里发布征集，群众在手机上提（390×844，没有脚本），从社区一级一级报到市里，又转下去研究；
采纳、回复、形成项目、发感谢信、公布。像它的并进来，一件建议意见的信访件也转进来。每一步都由办它的人在页面上办。

`LOOK` names a folder for the pictures, each page at both sizes.
"""

import os
from datetime import timedelta

import pytest
from django.test import Client

from petitions.act.states import Kind
from petitions.models import Petition
from petitions.record.timeline import sentence
from routing.models import Campaign, Suggestion
from rulebook.acts import Act
from rulebook.timekeeping import today
from tests.cast import do, fresh, load_city, registered, someone
from tests.journeys.test_citizens_way import LEAST_TARGET, MEASURE, PHONE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

DESK = {"width": 1366, "height": 768}
THEME = "身边小事大家提"
BENCHES = {
    "title": "公园北门加长椅",
    "body": "青柳街心公园北门等孩子的老人没有地方坐，建议加两把有靠背的长椅和一个遮雨棚。",
}
ALSO_BENCHES = {
    "title": "街心公园要有长椅",
    "body": "青柳街心公园北门没有长椅，老人等孩子只能站着，建议加几把有靠背的长椅。",
}
SHED = "春柳苑的电动车没有地方停，都堆在楼道里，建议在小区东侧空地增设车棚和充电桩。"
NAME, PHONE_NUMBER = "余晨曦", "13800004321"
PROJECT, PAPER = "街心公园座椅更新", "云园〔2026〕8号"


@pytest.fixture
def opened(browser, live_server, settings, tmp_path, a_new_quarter_of_an_hour):
    """A page of a new browser of that size, without scripts; signed in where a login is given."""
    settings.MEDIA_ROOT = tmp_path / "media"
    load_city()
    contexts = []

    def new(size, username=""):
        context = browser.new_context(
            base_url=live_server.url, locale="zh-CN", viewport=size, java_script_enabled=False, device_scale_factor=1
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        if username:
            client = Client()
            client.force_login(someone(username))
            context.add_cookies(
                [{"name": key, "value": kept.value, "url": live_server.url} for key, kept in client.cookies.items()]
            )
        return context.new_page()

    yield new
    for context in contexts:
        context.close()


@pytest.fixture
def phone(opened):
    return opened(PHONE)


@pytest.fixture
def desks(opened):
    """Everybody of the staff at a desk of their own: desks("officer1")."""
    taken = {}

    def desk(username):
        if username not in taken:
            taken[username] = opened(DESK, username)
        return taken[username]

    return desk


def seen(page, name):
    """The page fits the screen it is on; what a thumb presses on a phone is large enough; a picture where wanted."""
    size = page.viewport_size
    for width in (size, PHONE if size == DESK else DESK):
        page.set_viewport_size(width)
        page.wait_for_load_state()  # 点了以后只等到新的一页开始来
        assert page.evaluate("document.documentElement.scrollWidth") <= width["width"], (name, width)
        if folder := os.environ.get("LOOK"):
            page.screenshot(path=f"{folder}/{name}-{width['width']}.png", full_page=True)
    page.set_viewport_size(size)
    if size == PHONE:
        assert min(page.evaluate(MEASURE), default=LEAST_TARGET) >= LEAST_TARGET, name


def start_campaign(desk) -> Campaign:
    """The city's petition office asks the public: theme, ways in, closing day."""
    desk.goto("/suggestions/campaigns/new/")
    desk.get_by_label("征集单位").select_option(label="市 · 云州市信访办公室")
    desk.get_by_label("主题").fill(THEME)
    desk.get_by_label("征集说明").fill("公园、道路、社区里可以改进的小事。采纳的写进明年的实事项目。")
    for channel in ("网上", "来信", "当面"):
        desk.get_by_role("checkbox", name=channel).check()
    desk.get_by_label("截止日").fill(str(today() + timedelta(days=60)))
    seen(desk, "01-campaign-form")
    desk.get_by_role("button", name="发布", exact=True).click()
    seen(desk, "02-campaign")
    assert "还没有邀请" in desk.inner_text("main")
    return Campaign.objects.get()


def suggest(phone, words, name, *, who="", tel="") -> tuple[str, str]:
    """Three pages under the campaign and a receipt; the code and the PIN that stand on it."""
    phone.goto("/suggest/")
    seen(phone, f"{name}-home")
    phone.get_by_role("link", name=THEME, exact=True).click()
    seen(phone, f"{name}-campaign")
    phone.get_by_role("link", name="提建议", exact=True).click()
    phone.fill("#id_title", words["title"])
    phone.get_by_role("button", name="继续").click()
    assert "请写下建议的内容" in phone.inner_text("main")
    seen(phone, f"{name}-error")
    assert phone.input_value("#id_title") == words["title"]
    phone.fill("#id_body", words["body"])
    phone.select_option("#id_organ", label="青柳街道春柳社区居民委员会")
    seen(phone, f"{name}-words")
    phone.get_by_role("button", name="继续").click()
    phone.fill("#id_name", who)
    phone.fill("#id_phone", tel)
    seen(phone, f"{name}-who")
    phone.get_by_role("button", name="继续").click()
    assert words["body"] in phone.inner_text("main")
    seen(phone, f"{name}-send")
    phone.get_by_role("button", name="提交").click()
    seen(phone, f"{name}-receipt")
    told = phone.inner_text("main")
    code, pin = phone.locator("dd.now").all_inner_texts()
    assert Suggestion.objects.latest("pk").number in told
    return code, pin


def follow(phone, code, pin, name) -> str:
    """Where one's own suggestion stands, by what is on the receipt."""
    phone.goto("/suggest/follow/")
    phone.fill("#id_code", code)
    phone.fill("#id_pin", pin)
    phone.get_by_role("button", name="查询", exact=True).click()
    seen(phone, name)
    return phone.inner_text("main")


def carried(desk, one, label, shot, **told) -> str:
    """One entry of 现在可办 opened, filled in, pressed; what the page says afterwards."""
    desk.goto(f"/suggestions/{one.number}/")
    entry = desk.locator("details").filter(has=desk.locator("summary", has_text=label))
    if entry.get_attribute("open") is None:
        entry.locator("summary").click()
    for field, value in told.items():
        box = entry.locator(f'[name$="-{field}"]')
        if field == "result":
            entry.get_by_role("radio", name=value, exact=True).check()
        elif box.evaluate("node => node.tagName") == "SELECT":
            box.select_option(label=value)
        else:
            box.fill(value)
    seen(desk, f"{shot}-form")
    entry.get_by_role("button", name=label).click()
    seen(desk, shot)
    return desk.inner_text("main")


def again(one) -> Suggestion:
    return Suggestion.objects.select_related("organ__office", "merged_into").get(pk=one.pk)


def test_from_a_campaign_through_four_levels_to_project_x(phone, desks, opened):
    due = str(today() + timedelta(days=30))
    # 市里发布，群众照着提；留了姓名，回执上有查询码和口令
    campaign = start_campaign(desks("cchief1"))
    mine = suggest(phone, BENCHES, "03-first", who=NAME, tel=PHONE_NUMBER)
    one = Suggestion.objects.get()
    assert (one.campaign, one.channel, one.organ.code) == (campaign, "web", "YHQL01")

    # 又一个人说得差不多：社区的人看见“说得像的”，一点就并
    neighbours = suggest(opened(PHONE), ALSO_BENCHES, "04-second")
    two = Suggestion.objects.latest("pk")
    community = desks("worker1")
    community.goto("/suggestions/?mine=1")
    assert one.number in community.inner_text("main") and two.number in community.inner_text("main")
    seen(community, "05-listing")
    community.goto(f"/suggestions/{two.number}/")
    seen(community, "06-alike")
    assert "说得像的" in community.inner_text("main") and one.number in community.inner_text("main")
    community.get_by_role("button", name="并入这一条").click()
    seen(community, "07-merged")
    assert again(two).merged_into == one

    # 社区 → 街道 → 区 → 市：不越级，每一级写明理由；市里又转给区里管园林的部门
    community.goto(f"/suggestions/{one.number}/")
    assert "区 · " not in community.locator('[name="pass-to"]').inner_text()
    onward = [
        ("worker1", "街道（乡镇） · 云州市云河区青柳街道办事处", "社区没有钱，请街道研究"),
        ("officer1", "区 · 云州市云河区信访办公室", "街心公园归区里管"),
        ("dchief1", "市 · 云州市信访办公室", "几个区都有人提，请市里统一研究"),
        ("cchief1", "区 · 云州市云河区园林绿化局", "长椅由园林部门装，转下去研究"),
    ]
    for number, (username, to, reason) in enumerate(onward, 10):
        carried(desks(username), one, "转给别的单位", f"{number}-pass", to=to, reason=reason, due_on=due)
    assert again(one).organ.code == "YHYL"
    told = follow(phone, *mine, "14-follow")
    assert "报上一级研究" in told and "转下一级研究" in told and "社区没有钱" not in told

    # 不在手里的只能看
    community.goto(f"/suggestions/{one.number}/")
    assert "由云河区园林绿化局研究，您可以查看" in community.inner_text("main")
    seen(community, "15-only-looks")

    # 园林部门研究：采纳要写落实安排，没写的填过的都留着
    bureau = desks("officer.yhyl")
    carried(bureau, one, "开始研究", "20-take-up", due_on=due)
    kept = carried(bureau, one, "作出研究结果", "21-no-arrangement", result="采纳", reason="有需要，也办得到。")
    assert "落实安排" in kept and again(one).state == "studying"
    assert bureau.input_value('[name="decide-reason"]') == "有需要，也办得到。"
    carried(
        bureau,
        one,
        "作出研究结果",
        "22-adopted",
        result="采纳",
        reason="有需要，也办得到。",
        arrangement="列入今年更新计划。",
    )
    carried(bureau, one, "回复建议人", "23-reply", words="您的建议已经采纳，今年给北门加两把长椅，谢谢您。")
    carried(bureau, one, "登记形成的政策、项目", "24-became", kind="项目、工程", name=PROJECT, document_number=PAPER)
    carried(bureau, one, "登记进展", "25-progress", words="北门两把已经装好。")

    # 姓名、电话不得公布；去掉以后公布
    refused = carried(bureau, one, "公布", "26-refused", title="公园长椅", words=f"感谢{NAME}的建议。")
    assert "请去掉以后再公布" in refused and not Suggestion.objects.published().exists()
    carried(bureau, one, "公布", "27-published", title="公园长椅", words="有居民建议给公园加长椅，已经采纳。")
    carried(bureau, one, "发感谢信", "28-thanks")
    one = again(one)
    assert (one.thanks.addressee, one.thanks.kind) == (NAME, "F38")
    with bureau.expect_download() as got:
        bureau.get_by_role("link", name="感谢信 PDF").evaluate("node => node.setAttribute('download', '')")
        bureau.get_by_role("link", name="感谢信 PDF").click()
    assert got.value.path().read_bytes().startswith(b"%PDF")

    # 提的人、说得像的那个人，都看到同一份回复和“成了什么”
    for number, held in ((30, mine), (31, neighbours)):
        told = follow(phone, *held, f"{number}-followed")
        assert "今年给北门加两把长椅" in told and PROJECT in told and PAPER in told and "北门两把已经装好" in told
        assert NAME not in told and PHONE_NUMBER not in told

    # 公布的清单里有建议、有项目，没有人
    phone.goto("/suggest/")
    phone.get_by_role("link", name="查看全部").click()
    seen(phone, "32-adopted")
    told = phone.inner_text("main")
    assert "公园长椅" in told and PROJECT in told and NAME not in told and one.number not in told

    # 经过只增不改，一级不少
    steps = [step.step for step in one.steps.order_by("seq")]
    assert steps == [
        *("received", "absorbed", "passed_up", "passed_up", "passed_up", "passed_down", "taken_up"),
        *("decided", "replied", "became", "progressed", "published", "thanked"),
    ]


def test_a_petition_of_that_kind_becomes_a_suggestion_by_one_act(desks, phone):
    start_campaign(desks("cchief1"))
    petition = do(registered(kind=Kind.SUGGESTION, original=SHED, claims=["增设车棚"]), Act.STUDY)
    officer = desks("officer1")
    officer.goto(f"/cases/{petition.number}/")
    seen(officer, "40-case")
    officer.locator("summary", has_text="登记、人员、关联等").click()
    officer.get_by_role("link", name="转人民建议征集").click()
    officer.get_by_label("征集活动").select_option(label=THEME)
    officer.get_by_label("题目").fill("小区增设车棚")
    seen(officer, "41-turn-form")
    officer.get_by_role("button", name="转人民建议征集").click()
    one = Suggestion.objects.get()
    assert one.number in officer.inner_text("main")
    seen(officer, "42-turned")
    line = fresh(petition).events.get(act=Act.TO_SUGGESTION)
    assert sentence(line) == f"转人民建议征集 {one.number}，期限不变"
    assert Petition.objects.get().state == petition.state  # 本件照常答复
    officer.goto(f"/suggestions/{one.number}/")
    assert petition.number in officer.inner_text("main")
    seen(officer, "43-suggestion")

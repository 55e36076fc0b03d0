"""浏览器里：不横向滚动、不报错、快捷键有用；没有脚本也能办成。"""

import pytest

from petitions.act.states import State
from tests.cast import accepted, decided, drafted, fresh, issued, load_city, registered
from tests.desk.case.hands import at, bring_in, signed_in

pytestmark = pytest.mark.django_db(transaction=True)


def enter(context, live_server, username):
    """Give the browser the session of that person."""
    context.clear_cookies()
    bring_in(context, live_server, signed_in(username))


def test_pages_fit_desk_and_phone(browser, live_server):
    load_city()
    new, working, signed = registered(), drafted(accepted()), issued()
    opinion = signed.petition_letters.get(letter__kind="F12").letter_id
    pages = [
        at(working),
        at(new, "do/classify/"),
        at(new, "do/forward/"),
        at(new, "do/split/"),
        at(working, "do/draft/"),
        at(working, "do/extend/"),
        at(working, f"why/{working.deadlines.get(term='D06').pk}/"),
        at(working, "reveal/"),
        at(signed, "do/serve/"),
        at(signed, f"letters/{opinion}/"),
        "/approvals/",
    ]
    # 最窄的是手机上放大到 200%
    too_wide = []
    for width, height in ((1366, 768), (390, 844), (195, 422)):
        context = browser.new_context(base_url=live_server.url, viewport={"width": width, "height": height})
        enter(context, live_server, "officer1")
        opened, complaints = {}, []
        for address in pages:
            page = opened[address] = context.new_page()
            page.on("console", lambda message, to=complaints: message.type == "error" and to.append(message.text))
            page.on("pageerror", lambda fault, to=complaints: to.append(str(fault)))
            assert page.goto(address).status == 200, address
        for address, page in opened.items():  # 各页后来才取的，一起等
            page.wait_for_load_state("networkidle")
            over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if over > 0:
                too_wide.append((address, width, over))
        assert complaints == []
        context.close()
    assert too_wide == []


def test_letter_keys_open_the_acts_and_the_next_case(page, live_server):
    load_city()
    one, two = accepted(), accepted()
    client = signed_in("officer1")
    session = client.session
    session["case_list"] = [one.number, two.number]
    session.save()
    bring_in(page.context, live_server, client)
    page.goto(at(one))
    page.keyboard.press("j")
    page.wait_for_url(f"**{at(two)}")
    page.keyboard.press("r")
    page.wait_for_url(f"**{at(two, 'do/inquire/')}")


def test_accepting_without_script(browser, live_server):
    load_city()
    petition = decided(registered())
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    enter(context, live_server, "officer1")
    page = context.new_page()
    page.goto(at(petition))
    page.click("a.act:has-text('受理')")
    page.click("button[name=preview]")
    assert "受理告知书" in page.content()
    page.click("button:has-text('受理并出具告知书')")
    assert page.url.endswith(at(petition))
    assert "已办：受理" in page.content()
    assert fresh(petition).state == State.ACCEPTED
    context.close()

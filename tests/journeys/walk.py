"""一件信访事项从登记走到底：谁按哪个按钮、填哪几栏。只认屏幕上的字，不碰数据库。"""

import re
from dataclasses import dataclass, field

from tests.journeys.paper import Paper, print_here
from tests.journeys.people import People, Stuck, plain, press, put

PLAIN_SERVICE = {"争的是什么": "没有诉讼、仲裁、复议、行政程序可走的请求"}


@dataclass
class Walk:
    """One petition in the hands of several people. The first word of `by` is always a user name."""

    people: People
    number: str = ""
    query_code: str = ""
    states: list[str] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    wanted: tuple[str, ...] = ()  # 只打印这些文书；空则逐份打印
    last: str = ""  # 刚才动手的人：他面前的页面还是新的

    # 登记台

    def register(self, by: str, text: str, *, unit: str = "", why: str = "", reps=(), print_receipt=True, **typed):
        """Register at the desk. `typed` holds labels and values; `unit` the words of another organ than suggested
        (with `why`), or empty to take the first suggestion; `reps` further representatives as (name, phone)."""
        page = self.people[by]
        page.goto("/")
        page.locator("#menu").get_by_role("link", name="登记台").click()
        self._channel(page, typed.pop("信访形式", "来访"))
        if kind := typed.pop("信访目的", ""):
            page.get_by_role("group", name="信访目的").get_by_label(kind, exact=True).check()
        if reps:
            page.locator("#more > summary").click()
            for at, (name, phone) in enumerate(reps, 2):
                put(page, f"第 {at} 位姓名", name)
                put(page, f"第 {at} 位手机", phone)
        for label, value in typed.items():
            put(page.locator("main"), label, value)
        put(page.locator("main"), "诉求内容", text)
        page.locator("#claimsbox summary", has_text="项：").wait_for()
        self._where(page, unit)
        reason = page.get_by_label("另选理由", exact=True)
        if why and reason.is_visible():  # 与系统首选建议不同，才要写理由
            reason.fill(why)
        page.get_by_role("button", name="保存并打印回执").click()
        page.locator("main.paper, #codes, .errsum, h2#no").first.wait_for()
        if page.locator(".errsum").count():
            raise Stuck(plain(page.locator(".errsum").inner_text()), page)
        self._after_registering(page, print_receipt)
        return self

    def _channel(self, page, channel: str) -> None:
        if channel != "来访":
            page.locator(".head .seg label", has_text=channel).click()
            page.get_by_role("heading", name=f"{channel}登记").wait_for()

    def _where(self, page, unit: str) -> None:
        """The first suggestion of a category, or any; the first suggested organ, or the one asked for.

        Organs are suggested anew for the category, so that which is the first is known only then.
        """
        with page.expect_response(_asked_with_a_category):
            if page.locator("#cat_options .opt input").count():
                page.locator("#cat_options .opt input").first.check()
            else:
                page.get_by_label("另选内容分类").select_option(index=1)
        page.locator(".htmx-request").wait_for(state="detached")
        if unit:
            page.get_by_label("另选主办单位").select_option(label=unit)
        else:
            page.locator("#unit_options .opt input").first.check()

    def _after_registering(self, page, print_receipt: bool) -> None:
        if "/letters/" in page.url:
            self.number = re.search(r"/cases/([^/]+)/", page.url).group(1)
            if code := re.search(r"查询码\W*([0-9A-Z]{12})", page.locator("main .query").inner_text()):
                self.query_code = code.group(1)
            if print_receipt:
                title = page.locator("main h1").inner_text()
                numbers = page.locator("main .docno").all_inner_texts()
                self.papers.append(print_here(page, self.number, title, numbers[0] if numbers else ""))
            page.get_by_role("link", name="接着办").click()
            page.locator("#idno, h2#no").first.wait_for()
        if page.locator("h2#no").count():
            self.number = page.locator(".fig.mono").first.inner_text()
            codes = page.locator("[aria-labelledby=codes] .mono")
            self.query_code = codes.first.inner_text() if codes.count() else self.query_code
        self.states.append("已登记")

    def accept_on_the_spot(self, by: str):
        """当场受理：the facts are asked, the proposed answers read, then the acceptance letter is printed."""
        page = self.people[by]
        page.goto(f"/register/{self.number}/done")
        self._ask_for_advice(page, PLAIN_SERVICE)
        page.get_by_role("button", name="当场受理并打印告知书").click()
        page.locator("main.paper").wait_for()
        self._stand(by)
        return self

    def refer_from_desk(self, by: str, organ: str):
        """移交检举控告专岗 from the page after registration; the registrar sees the case no more."""
        page = self.people[by]
        put(page, "移交给", organ)
        press(page, page.get_by_role("button", name="移交专岗"))
        return self

    # 信访件页上的动作

    def open(self, by: str):
        """The case page in front of this person, drawn anew where somebody else acted since."""
        page = self.people[by]
        fresh, self.last = self.last == by, by
        if fresh and page.url.endswith(f"/cases/{self.number}/"):
            return page
        answer = page.goto(f"/cases/{self.number}/")
        if answer.status != 200:
            raise Stuck(f"{by} 打不开 {self.number}：应答 {answer.status}", page)
        return page

    def find(self, by: str):
        """The case found by its number in the search box of the head bar, and opened."""
        page = self.people[by]
        page.goto("/")
        page.get_by_label("全局搜索").fill(self.number)
        page.keyboard.press("Enter")
        page.locator(f"#ttl, main a[href='/cases/{self.number}/'], .empty").first.wait_for()
        if not page.locator("#ttl").count():
            page.locator(f"main a[href='/cases/{self.number}/']").click()
        page.locator("#ttl").wait_for()
        self.last = by
        return self

    def begin(self, by: str, label: str):
        """Open the case and press one act of 现在可办. Raises Stuck with the reason where it is not open."""
        page = self.open(by)
        panel = page.locator("[aria-labelledby=c-acts]")
        offered = panel.locator("a.act", has=page.get_by_text(label, exact=True))
        if not offered.count():
            raise Stuck(f"{by} 现在不能“{label}”：{plain(panel.inner_text())}", page)
        if not offered.is_visible():
            panel.locator("details > summary", has_text="另有").click()
        offered.click()
        page.locator("form button.p[data-key=F9]").wait_for()
        return page

    def confirm(self, by: str):
        """Press the main button of the act's form; the state afterwards is noted."""
        page = self.people[by]
        said = press(page, page.locator("main form button.p[data-key=F9]"))
        self._stand(by)
        return said

    def act(self, by: str, label: str, **fields):
        """One act with its fields by label."""
        page = self.begin(by, label)
        for name, value in fields.items():
            put(page.locator("main form"), name, value)
        self.confirm(by)
        return self

    def classify(self, by: str, kind: str = "申诉求决", *, advised: str = "", **facts):
        """定类定途径：the facts by label, 看建议, and what it proposes is saved. `advised` must stand in the advice."""
        page = self.begin(by, "定类定途径")
        put(page.locator("main form"), "事项类别", kind)
        self._ask_for_advice(page, facts or (PLAIN_SERVICE if kind == "申诉求决" else {}))
        if advised not in page.locator("#advice").inner_text():
            raise Stuck(f"建议里没有“{advised}”：{plain(page.locator('#advice').inner_text())}", page)
        self.confirm(by)
        return self

    def _ask_for_advice(self, page, facts: dict) -> None:
        """Fill the facts in and press 看建议: the page comes back with the five answers proposed."""
        for label, value in facts.items():
            put(page.locator("main form"), label, value)
        with page.expect_navigation():
            page.get_by_role("button", name="看建议").click()
        page.locator("#advice [role=status]", has_text="系统建议").wait_for()

    def split(self, by: str, parts: dict[int, tuple[str, str]], excerpt: str = "") -> list["Walk"]:
        """拆分诉求：each claim of `parts` becomes a petition of that kind, with that excerpt; in order."""
        page = self.begin(by, "拆分诉求")
        form = page.locator("main form")
        for n, (claim, (kind, words)) in enumerate(parts.items(), 1):
            places = form.get_by_label("归到", exact=True).nth(claim - 1)
            places.get_by_label(f"新事项{n}", exact=True).check()
            put(form, f"新事项{n}类别", kind)
            put(form, f"新事项{n}摘录", words)
        put(form, "原件摘录", excerpt)
        said = self.confirm(by)
        found = re.findall(r"[0-9]+(?:-[0-9]+)+", said.split("新事项：")[1])
        return [Walk(self.people, number, wanted=self.wanted, states=["已登记"]) for number in found]

    def inquire(self, by: str, note: str, form: str = ""):
        """记录调查、听取意见."""
        fields = {"记录": note} | ({"方式": form} if form else {})
        return self.act(by, "记录调查、听取意见", **fields)

    def draft(self, by: str, facts: str, basis: str, answers, finding: str = "支持"):
        """起草处理意见：the same finding for every claim, an answer each (the last one serves the rest)."""
        page = self.begin(by, "起草处理意见")
        form = page.locator("main form")
        put(form, "事实和理由", facts)
        put(form, "法律法规依据", basis)
        for choice in form.get_by_label("结论", exact=True).all():
            choice.select_option(label=finding)
        for at, box in enumerate(form.get_by_label("处理意见", exact=True).all()):
            asked = form.locator("p.row:has(> .no) > span:not(.no)").nth(at).inner_text()
            box.fill(f"关于“{asked}”：{answers[min(at, len(answers) - 1)]}")
        self.confirm(by)
        return self

    def forward(self, by: str, to: str, reason: str = "", act: str = "转送", **fields):
        """转送 or 交办 to the organ of that short name."""
        target = "交办要求" if act == "交办" else "转送理由"
        return self.act(by, act, **({"去向单位": to} | ({target: reason} if reason else {}) | fields))

    def serve_all(self, by: str, means: str = "直接送达", **fields):
        """送达 every letter that waits, one after another."""
        for _ in range(20):
            page = self.open(by)
            waiting = page.locator("[aria-labelledby=c-papers] a[href*='/do/serve/']")
            if not waiting.count():
                return self
            waiting.first.click()
            page.get_by_label("送达方式").wait_for()
            for name, value in {"送达方式": means, **fields}.items():
                put(page.locator("main form"), name, value)
            self.confirm(by)
        raise Stuck("送达二十次还有文书待送达", self.people[by])

    def print_letters(self, by: str):
        """Print the original of every letter of the case that is not printed yet."""
        page = self.open(by)
        rows = page.locator("[aria-labelledby=c-papers] tbody tr", has=page.locator("a[href*='/letters/']"))
        listed = [
            (row.locator("a.t").inner_text(), row.locator("td[data-t=文号]").inner_text().strip(), row)
            for row in rows.all()
        ]
        links = [row.locator("a.t").get_attribute("href") for _, _, row in listed]
        done = {paper.number for paper in self.papers if paper.number}
        for (title, number, _), link in zip(listed, links, strict=True):
            if (number and number in done) or (self.wanted and title not in self.wanted):
                continue
            page.goto(link)
            self.papers.append(print_here(page, self.number, title, number))
        return self

    # 审批、督办、群众查询

    def approve(self, by: str, note: str = "同意。", verb: str = "批准"):
        """Decide on this case's request in the tray of 待审批."""
        page = self.people[by]
        page.goto("/")
        page.locator("#menu").get_by_role("link", name="待审批").click()
        row = page.locator("[aria-labelledby=a-wait] > .bd", has_text=self.number)
        row.get_by_label("意见").fill(note)
        self.last = by
        press(page, row.get_by_role("button", name=verb, exact=True))
        return self

    def order(self, by: str, problem: str, requirement: str):
        """下发督办单 from the board, for the organ in charge."""
        page = self.people[by]
        page.goto("/")
        page.locator("#menu").get_by_role("link", name="督查督办").click()
        page.get_by_role("link", name="新建督办单").click()
        put(page, "信访件编号", self.number)
        page.get_by_role("button", name="下一步").click()
        put(page, "存在问题", problem)
        put(page, "督办要求", requirement)
        self.last = by
        press(page, page.get_by_role("button", name="下发督办单"))
        return self

    def on_order(self, by: str, button: str, **fields):
        """One act on the open order of this case, reached from the case page."""
        page = self.open(by)
        page.get_by_role("link", name="查看督办单").first.click()
        card = page.locator("section.card", has=page.get_by_role("heading", name=button, exact=True))
        for name, value in fields.items():
            put(card, name, value)
        press(page, card.get_by_role("button", name=button, exact=True))
        return self

    def progress(self, phone_tail: str = "", **other) -> str:
        """What the petitioner reads with the code of the receipt; raises Stuck where nothing is found."""
        page = self.people.visitor()
        page.goto("/q")
        put(page, "查询码", self.query_code)
        if other:
            page.locator("main details summary").click()
        for label, value in ({"登记时手机号的后四位": phone_tail} if phone_tail else {} | other).items():
            put(page, label, value)
        page.get_by_role("button", name="查询", exact=True).click()
        page.locator(".now, .errsum").first.wait_for()
        if page.locator(".errsum").count():
            raise Stuck(plain(page.locator(".errsum").inner_text()), page)
        return plain(page.locator("main").inner_text())

    # 走到哪里

    def state(self, by: str) -> str:
        """The state as the case page shows it to this person."""
        return self.open(by).locator(".hero .tags .tag").first.inner_text()

    def _stand(self, by: str) -> None:
        page = self.people[by]
        if not re.search(rf"/cases/{self.number}/$", page.url):
            if "/register/" in page.url or "/letters/" in page.url:
                self.open(by)
            else:
                return
        found = page.locator(".hero .tags .tag").first.inner_text()
        if not self.states or self.states[-1] != found:
            self.states.append(found)


def _asked_with_a_category(answer) -> bool:
    return answer.url.endswith("/register/panel/") and bool(re.search(r"(^|&)cat=\w", answer.request.post_data or ""))

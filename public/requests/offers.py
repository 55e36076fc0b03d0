"""现在能提出什么、到哪一天为止、依据哪一条；不能提的不摆出来。"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from accounts.session.languages import as_written, day, fill
from petitions.act.states import Kind, State
from petitions.models import Deadline, Party, PartyRequest, Petition, Proceeding, Service
from petitions.parties.request import rules as requesting
from petitions.review import rules as reviewing
from public.progress import credentials
from public.requests.forms import AskForm, RecusalForm, ReviewForm, SupplementForm, WithdrawalForm
from rulebook.acts import Act
from rulebook.terms import OPINION, REVIEW_OPINION
from rulebook.timekeeping import today

# 文书 → 对它申请什么、哪条期限、依据
REMEDIES = {
    OPINION: (Act.REQUEST_REVIEW, "D08", _("《信访工作条例》第三十五条")),
    REVIEW_OPINION: (Act.REQUEST_RECHECK, "D10", _("《信访工作条例》第三十六条")),
}
TITLES = {
    Act.REQUEST_REVIEW: _("申请复查"),
    Act.REQUEST_RECHECK: _("申请复核"),
    Act.SUPPLEMENT: _("补充材料"),
    Act.REQUEST_RECUSAL: _("申请回避"),
    Act.REQUEST_WITHDRAWAL: _("申请撤回"),
}
OPEN_TO_REMEDY = (State.ISSUED, State.CLOSED, State.SETTLED)


@dataclass
class Offer:
    """One thing the petitioner may ask for: `act` upon `subject`, by the form that `make` builds."""

    act: Act
    title: str
    until: str
    button: str
    token: str
    key: str
    subject: Petition | Service
    make: Callable[..., AskForm]
    files: bool = False
    form: AskForm | None = None
    opened: bool = False
    last_day: date | None = field(default=None)

    def blank(self) -> "Offer":
        """With an empty form, as the page first shows it."""
        self.form = self.make(prefix=self.key)
        return self


def remedies(
    petition: Petition,
    party: Party,
    services: Iterable[Service],
    deadlines: Iterable[Deadline],
    proceedings: Iterable[Proceeding],
) -> list[Offer]:
    """复查、复核 of each opinion served on this party that nothing was asked against yet; late ones with an excuse."""
    asked = {one.service_id for one in proceedings if one.state not in ("refused", "withdrawn")}
    found = []
    for service in services:
        if service.letter.kind not in REMEDIES or service.served_on is None or service.pk in asked:
            continue
        act, term, article = REMEDIES[service.letter.kind]
        mine = [row for row in deadlines if row.term == term and row.scope_id == service.pk and row.ended_how != "void"]
        organs = _organs(petition, service, proceedings)
        service.petition = petition
        if not mine or not organs or petition.state not in OPEN_TO_REMEDY or reviewing.is_quashed(service):
            continue
        last = max(row.due_on for row in mine)
        found.append(_remedy(act, article, service, party, organs, last))
    return found


def _organs(petition: Petition, service: Service, proceedings: Iterable[Proceeding]) -> list:
    if service.letter.kind == OPINION:
        return reviewing.reviewers_of(petition.organ)
    decided = next((one for one in proceedings if one.letter_id == service.letter_id), None)
    return reviewing.recheckers_of(decided) if decided else []


def _remedy(act: Act, article: str, service: Service, party: Party, organs: list, last: date) -> Offer:
    late = last < today()
    told = {"what": TITLES[act], "article": article}
    told |= {"served": day(service.served_on, year=True), "last": day(last, year=True)}
    told["organ"] = format_html_join(_("或者"), "{}", ((as_written(organ.name),) for organ in organs))
    if late:
        until = _(
            "您 {served}收到意见书，30 日的申请期到 {last}已满（{article}，最后一天是节假日的已经顺延）。"
            "有正当理由的，仍可以向{organ}提出，由它决定是否准许。"
        )
    else:
        until = _(
            "您 {served}收到意见书，自这一天起 30 日内可以书面向{organ}{what}，最后一天是 {last}"
            "（{article}；最后一天是节假日的已经顺延）。在这里提交也是书面申请。"
        )
    key = f"s{service.pk}"
    return Offer(
        act=act,
        title=str(TITLES[act]),
        until=fill(until, **told),
        button=_("提交申请"),
        token=credentials.ask_token(party, act, service.pk),
        key=key,
        subject=service,
        make=lambda *args, **kwargs: ReviewForm(*args, organs=organs, late=late, **kwargs),
        last_day=last,
    )


def requests(petition: Petition, party: Party, due: date | None, own: Iterable[PartyRequest]) -> list[Offer]:
    """补充材料、申请撤回、申请回避: while the opinion is not yet signed; not again what still waits for an answer."""
    if petition.state not in requesting.STILL_OPEN or petition.kind == Kind.REPORT or not party.is_present:
        return []
    waiting = {one.kind for one in own if one.state == requesting.WAITING}
    last = _("（最迟 {day}作出）").format(day=day(due, year=True)) if due and due >= today() else ""
    petition_key = f"q{petition.pk}"
    found = [
        Offer(
            act=Act.SUPPLEMENT,
            title=str(TITLES[Act.SUPPLEMENT]),
            until=_("答复作出以前{last}都可以补充；补充的收进卷里，承办单位 5 个工作日内回应您。").format(last=last),
            button=_("提交补充材料"),
            token=credentials.ask_token(party, Act.SUPPLEMENT, petition.pk),
            key=f"{petition_key}s",
            subject=petition,
            make=SupplementForm,
            files=True,
        )
    ]
    if requesting.RECUSAL not in waiting:
        found.append(
            Offer(
                act=Act.REQUEST_RECUSAL,
                title=str(TITLES[Act.REQUEST_RECUSAL]),
                until=_(
                    "办理人员和这件事、和您有直接利害关系的，可以请他回避（《信访工作条例》第二十八条），答复作出以前都可以提。"
                    "5 个工作日内回应您，办理期限不因此延长。"
                ),
                button=_("提交申请"),
                token=credentials.ask_token(party, Act.REQUEST_RECUSAL, petition.pk),
                key=f"{petition_key}r",
                subject=petition,
                make=RecusalForm,
            )
        )
    if requesting.WITHDRAWAL not in waiting:
        for_all = party.role == Party.Role.REPRESENTATIVE
        found.append(
            Offer(
                act=Act.REQUEST_WITHDRAWAL,
                title=str(TITLES[Act.REQUEST_WITHDRAWAL]),
                until=_("答复作出以前可以书面撤回，在这里提交就是书面；承办单位核实以后办，5 个工作日内回应您。"),
                button=_("提交撤回申请"),
                token=credentials.ask_token(party, Act.REQUEST_WITHDRAWAL, petition.pk),
                key=f"{petition_key}w",
                subject=petition,
                make=lambda *args, **kwargs: WithdrawalForm(*args, for_all=for_all, **kwargs),
            )
        )
    return found

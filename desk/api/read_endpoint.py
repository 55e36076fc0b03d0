"""清单与详情：与页面同一组条件、同样的遮盖。"""

from typing import Any
from urllib.parse import urlencode

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from accounts.authority import require_holding
from accounts.models import ApiToken
from accounts.privacy import mask_text
from desk.api import register_endpoint
from desk.api.entry import Door, refusal
from desk.api.schemas import Detail, ListPage, NewPetition, PetitionShape, Refusal
from desk.casework.page import available_acts, contents
from desk.lists import keyset, list_rows
from desk.lists.filters import Filters, is_personal
from desk.lists.search_page import PERSONAL
from desk.lists.tabs import Tabs
from insight.search.petition_search import TOO_SHORT, matching
from petitions.act.states import STAGE, LegalPath, State
from petitions.record.timeline import sentence
from petitions.service.rating import veil
from rulebook.acts import Act
from rulebook.terms import BY_CODE
from rulebook.timekeeping import today

MOST = 100  # 每页最多几件
HIDDEN = ("tone",)  # 只管页面颜色
QUERY = {
    "view": "视图：open 全部在办、mine 我办理的、red 红灯、done 已办结、all 全部等，不写为全部在办",
    "q": "关键词，不含证件号、电话",
    "channel": "信访形式：visit、letter、call、web",
    "state": "状态，或 @环节（@reception、@handling、@check、@conclusion）",
    "lamp": "灯：r、y、g",
    "category": "内容分类的一级名称",
    "organ": "承办单位的键",
    "since": "收到日从（年-月-日）",
    "until": "收到日到（年-月-日）",
    "after": "从这个键往后（next 里已写好）",
    "before": "到这个键为止（previous 里已写好）",
    "size": f"每页几件，最多 {MOST}",
}


class PetitionList(Door):
    """看得见的信访件；登记新的一件。"""

    scopes = {"POST": ApiToken.Scope.REGISTER}

    @extend_schema(
        summary="清单",
        operation_id="petitions_list",
        parameters=[OpenApiParameter(name, str, description=words) for name, words in QUERY.items()],
        responses={200: ListPage, 403: Detail, 422: Refusal},
        tags=["信访件"],
    )
    def get(self, request):
        user, sent = request.user, request.query_params
        require_holding(user, Act.VIEW)
        if is_personal(sent.get("q", "")):
            return refusal(PERSONAL)
        filters, day = Filters.read(sent), today()
        chosen = Tabs(user, day).rows_of(filters)
        if filters.q:
            chosen, _ = matching(user, filters.q, among=chosen)
            if chosen is None:
                return refusal(TOO_SHORT)
        size = _size(sent.get("size", ""))
        place = {"after": sent.get("after", ""), "before": sent.get("before", "")}
        found = keyset.page(lambda: chosen, list_rows.shown, **place, size=size)
        return Response(
            {
                "results": [_row(petition, day) for petition in found.rows],
                "next": _address(request, filters, size, after=found.next) if found.next else None,
                "previous": _address(request, filters, size, before=found.prev) if found.prev else None,
            }
        )

    @extend_schema(
        summary="登记",
        operation_id="petitions_register",
        request=NewPetition,
        responses={201: PetitionShape, 403: Detail, 409: Refusal, 422: Refusal},
        tags=["信访件"],
    )
    def post(self, request):
        """同一外部来源、同一外部编号只登记一次，再来答 409。"""
        petition = register_endpoint.register(request.data, by=request.user)
        shown = self.petition(petition.number)
        return Response(
            picture(shown, request.user), status=201, headers={"Location": f"/api/petitions/{petition.number}/"}
        )


class PetitionDetail(Door):
    """一件信访事项。"""

    @extend_schema(
        summary="详情",
        operation_id="petitions_detail",
        responses={200: PetitionShape, 404: Detail},
        tags=["信访件"],
    )
    def get(self, request, number):
        return Response(picture(self.petition(number), request.user))


def _size(told: str) -> int:
    return min(max(int(told), 1), MOST) if told.isdecimal() and len(told) < 6 else keyset.PAGE


def _address(request, filters: Filters, size: int, **place) -> str:
    return f"{request.path}?{filters.query}&{urlencode({'size': size, **place})}"


def _row(petition, day) -> dict[str, Any]:
    return {name: value for name, value in list_rows.row(petition, day).items() if name not in HIDDEN}


def picture(petition, user) -> dict[str, Any]:
    """A case loaded by dossier.load as PetitionShape says; no query."""
    submission, state = petition.submission, State(petition.state)
    words = contents.words(petition)
    holder = petition.holder_user.name if petition.holder_user else ""
    return {
        "number": petition.number,
        "seq": petition.seq,
        "title": petition.title,
        "kind": {"code": petition.kind, "label": petition.get_kind_display()},
        "state": {"code": state.value, "label": state.label},
        "stage": {"code": STAGE[state].value, "label": STAGE[state].label},
        "path": {"code": petition.path, "label": LegalPath(petition.path).label if petition.path else ""},
        "channel": {"code": submission.channel, "label": submission.get_channel_display()},
        "category": str(petition.category or ""),
        "place": petition.place,
        "organ": petition.organ.name,
        "handler": petition.handler.name if petition.handler else "",
        "holder": holder or (petition.holder_organ.name if petition.holder_organ else ""),
        "waiting_for": petition.waiting_for,
        "received_on": petition.received_on,
        "registered_at": petition.registered_at,
        "due_on": petition.next_due_on,
        "due_term": petition.next_term,
        "confidential": petition.secrecy > 0,
        "external_source": submission.external_source,
        "external_id": submission.external_id,
        "words_title": words["title"],
        "words": words["text"],
        "claims": [_claim(claim) for claim in petition.claims.all()],
        "parties": [_party(party) for party in submission.parties.all()],
        "deadlines": [_deadline(row) for row in petition.deadlines.all()],
        "log": [_line(line) for line in veil.readable(petition.events.all(), user)],
        "acts": acts(petition, user),
    }


def acts(petition, user) -> list[dict[str, Any]]:
    """现在可办, as on the page: open ones first, then those closed now with their reason."""
    offered = available_acts.of(petition, user)
    return [
        {
            "act": str(entry["act"]),
            "label": entry["label"],
            "open": not entry["refusal"],
            "refused": entry["refusal"],
            "url": f"/api/petitions/{petition.number}/acts/{entry['act']}/",
        }
        for entry in (*offered.open, *offered.blocked, *offered.elsewhere)
    ]


def _claim(claim) -> dict[str, Any]:
    return {
        "number": claim.number,
        "text": mask_text(claim.text),
        "finding": claim.get_finding_display(),
        "answer": mask_text(claim.answer),
    }


def _party(party) -> dict[str, Any]:
    return {
        "role": party.get_role_display(),
        "name": party.shown_name,
        "id_number": party.masked_id,
        "id_status": party.get_id_status_display(),
        "phone": party.masked_phone,
        "address": party.masked_address,
    }


def _deadline(row) -> dict[str, Any]:
    term = BY_CODE[row.term]
    return {
        "term": row.term,
        "label": term.label,
        "article": term.article,
        "starts_on": row.starts_on,
        "due_on": row.due_on,
        "met_on": row.met_on,
        "ended": row.get_ended_how_display(),
    }


def _line(line) -> dict[str, Any]:
    said = getattr(line, "text", None)
    return {
        "seq": line.seq,
        "act": line.act,
        "sentence": sentence(line),
        "at": line.at,
        "by": line.by.name if line.by else line.get_actor_kind_display(),
        "organ": line.by_organ.short_name if line.by_organ else "",
        "note": mask_text(said.body) if said else "",
        "backfilled": line.backfilled,
    }

"""框架：每页左边的菜单、右上角的人和消息。岗位用不到的项目不出现，而不是变灰。"""

from django.utils.functional import SimpleLazyObject

from accounts.authority import holds, standing
from accounts.models import Notice
from desk.lists import queues
from desk.many_counts import label, tally_again
from routing.suggestions import suggestion_scope
from rulebook.acts import Act
from supervision.ladder import step_decision
from supervision.watch import heartbeat

UNREAD, STEPS = "unread", "steps"
OF_ORDERS = ("/supervision/cards/", "/supervision/call-ins/", "/supervision/circulars/")  # 从督办单进去的页
# 在督查督办之下，菜单里自成一项
APART = (*(f"/supervision/{part}/" for part in ("conference", "incidents", "orders", "sampling", "steps")), *OF_ORDERS)


def frame(request) -> dict:
    """Context of every staff page: menu, me, unread, messages_url, search_url, big, watch (how the watch stands, for
    who supervises). Empty for who is not signed in.

    Read only when a template draws it: a print-out or a fragment pays nothing. At most five queries with the user.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {
        "menu": SimpleLazyObject(lambda: _groups(request)),
        "me": SimpleLazyObject(lambda: _me(user)),
        "unread": SimpleLazyObject(lambda: label(counts(request)[UNREAD])),
        "messages_url": "/notices/",
        "search_url": "/search/" if holds(user, Act.VIEW) else "",
        "big": user.big_text,
        "watch": SimpleLazyObject(lambda: heartbeat.told(counts(request)) if holds(user, Act.ORDER) else {}),
    }


def settled(request):
    """The signed-in user, whose organ was read together with the posts and need not be asked for again."""
    user = request.user
    for seat in standing(user).seats:
        if seat.organ.pk == user.organ_id:
            user.organ = seat.organ
            break
    return user


def counts(request) -> dict[str, int]:
    """How much lies on each pile of the user, and unread messages: one query, kept for the request."""
    found = request.__dict__.get("_piles")
    if found is None:
        user = settled(request)
        found = request.__dict__["_piles"] = tally_again(user, "menu", lambda: _piles(user))
    return found


def _piles(user) -> dict:
    asked = {queue.key: queue.find(user) for queue in queues.of(user)}
    if holds(user, Act.ORDER):
        asked |= {STEPS: step_decision.before(user)} | heartbeat.asked()
    return asked | {UNREAD: Notice.objects.filter(user_id=user.pk).unread()}


def _me(user) -> dict:
    seats = standing(user).seats
    own = next((seat for seat in seats if seat.on_behalf_of_id is None), None)
    organ = own.organ.office if own else user.office
    return {
        "name": user.name or user.username,
        "organ": organ.name if organ else "",
        "post": own.title if own else "",
        "url": "/account/",
    }


def _groups(request) -> list[dict]:
    user = settled(request)
    piles = counts(request)
    waiting = [
        _item(request, queue.label, queue.address, queue.icon, count=label(piles[queue.key]))
        for queue in queues.of(user)
    ]
    groups = [
        (
            "",
            [
                item
                for item in (
                    _item(request, "工作台", "/", "home"),
                    queues.leads(user) and _item(request, "掌上", "/lead/", "phone"),
                    holds(user, Act.REGISTER) and _item(request, "登记台", "/register/?ch=visit", "pen"),
                    holds(user, Act.REGISTER) and _item(request, "接待大厅", "/hall/", "users"),
                    holds(user, Act.ANNOUNCE) and _item(request, "领导接访", "/receptions/", "cal"),
                    holds(user, Act.VIEW) and _item(request, "信访件", "/cases/", "folder"),
                    suggestion_scope.takes_part(user) and _item(request, "人民建议", "/suggestions/", "bulb"),
                )
                if item
            ],
        ),
        ("待我处理", waiting),
        (
            "督查",
            [
                item
                for item in (
                    _supervises(user) and _item(request, "督查督办", "/supervision/", "flag"),
                    holds(user, Act.VIEW) and user.organ_id and _item(request, "应办期限", "/owed/", "cal"),
                    _sees_orders(user) and _item(request, "督办单", "/supervision/orders/", "doc"),
                    _proposes(user) and _item(request, "三项建议", "/proposals/", "chat"),
                    _confers(user) and _item(request, "联席会议", "/supervision/conference/", "users"),
                    holds(user, Act.SAMPLE) and _item(request, "质量评查", "/supervision/sampling/", "scale"),
                    holds(user, Act.ORDER)
                    and _item(request, "待签发督办", "/supervision/steps/", "pen", count=label(piles[STEPS])),
                    holds(user, Act.KEEP_ORDER) and _item(request, "秩序事件", "/supervision/incidents/", "users"),
                )
                if item
            ],
        ),
        (
            "查询",
            [
                item
                for item in (
                    holds(user, Act.VIEW) and _item(request, "综合查询", "/search/", "search"),
                    _item(request, "法定途径", "/paths/", "map"),
                    holds(user, Act.VIEW) and _item(request, "发文登记", "/letters/", "doc"),
                    holds(user, Act.POST) and _item(request, "邮寄", "/post/", "mail"),
                )
                if item
            ],
        ),
        (
            "管理",
            [
                item
                for item in (
                    holds(user, Act.ALLOT) and _item(request, "人员交接", "/handover/", "users"),
                    holds(user, Act.ALLOW_EXPORT) and _item(request, "批准导出", "/exports/", "down"),
                    holds(user, Act.MANAGE_USERS) and _item(request, "用户管理", "/config/users/", "users"),
                    holds(user, Act.CONFIGURE) and _item(request, "放假安排", "/config/calendars/", "cal"),
                    holds(user, Act.CONFIGURE) and _item(request, "分类与去向", "/config/models/", "scale"),
                    holds(user, Act.MANAGE_USERS) and _item(request, "未发出的消息", "/config/messages/", "send"),
                    holds(user, Act.AUDIT) and _item(request, "账户记录", "/config/account-log/", "doc"),
                )
                if item
            ],
        ),
    ]
    return [{"title": title, "items": items} for title, items in groups if items]


def _supervises(user) -> bool:
    return holds(user, Act.ORDER) or holds(user, Act.URGE)


def _sees_orders(user) -> bool:
    return _supervises(user) or holds(user, Act.ANSWER_ORDER)


def _confers(user) -> bool:
    return holds(user, Act.LIST_FOR_CONFERENCE) or holds(user, Act.DECIDE_AT_CONFERENCE)


def _proposes(user) -> bool:
    return any(holds(user, act) for act in (Act.ORDER, Act.PROPOSE, Act.ANSWER_PROPOSAL, Act.HOLD_RESPONSIBLE))


def _item(request, text: str, url: str, icon: str, count=None) -> dict:
    return {"label": text, "url": url, "icon": icon, "count": count, "current": _is_here(request, url)}


def _is_here(request, url: str) -> bool:
    """The item whose page this is: a saved view counts as itself, a case or an order as its list."""
    path, _, query = url.partition("?")
    if query.startswith("view="):
        return request.path == path and request.GET.get("view") == query.removeprefix("view=")
    if path == "/cases/":
        own_view = request.GET.get("view") in queues.BY_KEY
        return request.path.startswith("/cases/") and not (request.path == "/cases/" and own_view)
    if path == "/supervision/" and request.path.startswith(APART):
        return False
    if path == "/supervision/orders/" and request.path.startswith(OF_ORDERS):
        return True
    return request.path == path if path == "/" else request.path.startswith(path)

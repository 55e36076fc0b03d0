"""导出督查清单、督办单清单：一次一个视图，没有信访人的姓名；检举控告和保密件照职权不在其中。"""

from django.views.decorators.http import require_GET

from accounts import export_sheet
from accounts.authority import require_holding
from petitions.models import Petition
from rulebook.acts import Act
from rulebook.timekeeping import local_date, today
from supervision.board import board_counts, board_figures, case_list
from supervision.board.views import supervisors_only
from supervision.ladder.climb import ladders_on
from supervision.models import Order, OrderState
from supervision.orders import order_list as orders

BOARD_HEADS = (
    ("编号", 24),
    ("信访事项", 48),
    ("形式", 8),
    ("承办单位", 18),
    ("责任人", 10),
    ("状态", 14),
    ("灯", 8),
    ("收到日", 12),
    ("届满日", 12),
    ("剩余天数", 10),
    ("阶梯", 12),
    ("督办单", 24),
    ("督办状态", 12),
)
ORDER_HEADS = (
    ("文号", 24),
    ("信访件编号", 24),
    ("信访事项", 48),
    ("责任单位", 18),
    ("督办单位", 18),
    ("类型", 10),
    ("状态", 12),
    ("事由", 36),
    ("下发日", 12),
    ("签收日", 12),
    ("下一次报告", 12),
    ("反馈期限", 12),
    ("反馈日", 12),
    ("退回次数", 10),
    ("办结日", 12),
)
LAMPS = {"r": "红灯", "y": "黄灯", "g": "绿灯"}


@require_GET
def cases(request):
    """The board's list under the filters of the address."""
    user, day = request.user, today()
    supervisors_only(user)
    require_holding(user, Act.EXPORT)
    scope, asked = case_list.scope_of(user), case_list.Asked.read(request.GET)
    counted, _ = board_counts.of_board(user, ladders_on(day), day)
    found = case_list.chosen(scope, asked, counted, user)
    found = case_list.rows(
        found.filter(pk__in=Petition.objects.visible_to(user, Act.EXPORT).values("pk")), open_only=asked.is_open_only
    )
    rows = found.order_by("step", "pk")[: export_sheet.MOST].iterator(chunk_size=500)
    view = f"督查清单　{case_list.VIEWS[asked.view]}"
    lines = (_case(petition, counted, day) for petition in rows)
    made = export_sheet.write("督查清单", BOARD_HEADS, lines, user=user, view=view)
    return export_sheet.sent(made, "supervision", day, user=user, view=view, narrowed=asked.is_filtered)


@require_GET
def order_list(request):
    """The orders of the view and filter of the address."""
    user, day = request.user, today()
    require_holding(user, Act.EXPORT)
    asked = orders.Asked.read(request.GET)
    found = orders.chosen(orders.seen_by(user), asked, day).among(Petition.objects.visible_to(user, Act.EXPORT))
    found = found.select_related("petition", "to__office", "issuer").newest_first()
    found = found.defer("problem", "requirement", "answer", "petition__excerpt", "petition__accused_text")
    view = f"督办单　{orders.VIEWS[asked.view]}"
    lines = (_order(order) for order in found[: export_sheet.MOST].iterator(chunk_size=500))
    made = export_sheet.write("督办单", ORDER_HEADS, lines, user=user, view=view)
    return export_sheet.sent(made, "orders", day, user=user, view=view, narrowed=bool(asked.organ))


def _case(petition, counted, day) -> list:
    due, order = petition.next_due_on, petition.open_order
    rung = case_list.rung_of(petition, counted)
    return [
        petition.number,
        export_sheet.plain(petition.title),
        petition.submission.get_channel_display(),
        petition.organ.short_name,
        petition.holder_user.name if petition.holder_user else "",
        petition.get_state_display(),
        LAMPS[board_figures.lamp(petition.rule_set_id, petition.next_term, due, day)],
        petition.received_on,
        due,
        (due - day).days if due else None,
        f"L{rung.level} {rung.label}" if rung else "",
        order["number"] if order else "",
        OrderState(order["state"]).label if order else "",
    ]


def _order(order: Order) -> list:
    return [
        order.number,
        order.petition.number,
        export_sheet.plain(order.petition.title),
        order.to.short_name,
        order.issuer.short_name,
        order.get_card_display(),
        order.get_state_display(),
        order.get_ground_display(),
        _day(order.issued_at),
        _day(order.signed_at),
        order.next_report_on,
        order.due_on,
        _day(order.answered_at),
        order.returns,
        _day(order.closed_at),
    ]


def _day(moment):
    return local_date(moment) if moment else None

"""批量导入用户：选文件、看结果、确认。"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from accounts.models import AccountEvent
from accounts.session.sealed_payload import Stale, seal, unseal
from accounts.staff import acts as actions
from accounts.staff import roster
from accounts.staff.account_log import record
from accounts.staff.forms import RosterForm

PURPOSE = "roster"


@never_cache
def user_import(request):
    """Choose a file; then a preview with the faults beside the rows; nothing is written before the confirmation."""
    actions.managed_organs(request.user)
    if request.method == "POST" and "sealed" in request.POST:
        return _confirm(request)
    form = RosterForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            values = roster.read(file.name, file.read())
        except roster.Unreadable as fault:
            form.add_error("file", str(fault))
        else:
            rows = roster.check(values, by=request.user)
            context = {
                "rows": rows,
                "columns": roster.COLUMNS,
                "good": sum(not row.errors for row in rows),
                "sealed": seal(PURPOSE, values),
            }
            return render(request, "accounts/user_import_preview.html", context)
    return render(request, "accounts/user_import.html", {"form": form, "columns": roster.COLUMNS})


def roster_template(request):
    """An empty table with the right columns."""
    actions.managed_organs(request.user)
    sample = ",".join(roster.COLUMNS) + "\r\n"
    answer = HttpResponse("\ufeff" + sample, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="users.csv"'
    return answer


def _confirm(request):
    try:
        values = unseal(PURPOSE, request.POST["sealed"])
    except Stale as reason:
        messages.error(request, str(reason))
        return redirect("user-import")
    made, refused = [], []
    for row in roster.check(values, by=request.user):
        if row.errors:
            refused.append(row)
            continue
        try:
            made.append(
                actions.create_user(
                    by=request.user,
                    username=row.values["用户名"],
                    name=row.values["姓名"],
                    organ=row.organ,
                    roles=row.roles,
                    title=row.values.get("岗位名称", ""),
                    phone=row.values.get("办公电话", ""),
                )
            )
        except ValidationError as refusal:
            row.errors += refusal.messages
            refused.append(row)
    record(AccountEvent.What.IMPORTED, None, by=request.user, made=len(made), refused=len(refused))
    context = {"made": made, "refused": refused, "title": f"已导入 {len(made)} 人"}
    return render(request, "accounts/passwords.html", context)

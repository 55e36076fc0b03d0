"""用户管理（系统管理员）：只见机构和人，不见信访件。"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.models import Appointment
from accounts.staff import acts as actions
from accounts.staff.forms import AppointmentForm, NewUserForm, PersonForm
from rulebook.timekeeping import today

A_PAGE = 50


def user_list(request):
    """People of the organs I manage; q, organ (code) and state narrow it."""
    organs = actions.managed_organs(request.user)
    asked = {key: request.GET.get(key, "").replace("\0", "").strip() for key in ("q", "organ", "state")}
    rows = actions.managed_users(request.user).matching(asked["q"])
    organ = organs.filter(code=asked["organ"]).first() if asked["organ"] else None
    if organ is not None:
        rows = rows.working_in(organ)
    if asked["state"] in ("on", "off"):
        rows = rows.filter(is_active=asked["state"] == "on")
    rows = rows.order_by("organ__path", "username")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    roles: dict[int, list[str]] = {}
    held = Appointment.objects.current_on(today()).filter(user__in=[user.pk for user in page])
    for user_id, name in held.order_by("pk").values_list("user_id", "post__role__name"):
        roles.setdefault(user_id, []).append(name)
    for user in page:
        user.role_names = roles.get(user.pk, [])
    query = request.GET.copy()
    query.pop("page", None)
    context = {"page": page, "asked": asked, "organs": organs.order_by("path"), "query": query.urlencode()}
    return render(request, "accounts/users.html", context)


@never_cache
def user_create(request):
    """A new user with posts; the one-time password is on the answer and nowhere else."""
    organs = actions.managed_organs(request.user).in_force_on(today()).order_by("path")
    form = NewUserForm(request.POST or None, organs=organs)
    if request.method == "POST" and form.is_valid():
        try:
            user, password = actions.create_user(by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return render(request, "accounts/passwords.html", {"made": [(user, password)], "title": "用户已建立"})
    return render(request, "accounts/user_create.html", {"form": form})


def user_edit(request, pk):
    """Particulars, posts and the latest lines of one user."""
    user = get_object_or_404(actions.managed_users(request.user), pk=pk)
    organs = actions.managed_organs(request.user)
    organs = organs.filter(Q(pk=user.organ_id) | Q(pk__in=organs.in_force_on(today()))).order_by("path")
    known = {"name": user.name, "organ": user.organ_id, "phone": user.phone, "email": user.email}
    form = PersonForm(request.POST or None, organs=organs, initial=known)
    if request.method == "POST" and form.is_valid():
        ended = actions.change_user(user, by=request.user, **form.cleaned_data)
        messages.success(request, "已保存。原单位的岗位已终止，请在新单位重新任职" if ended else "已保存")
        return redirect("user-edit", user.pk)
    return _edit_page(request, user, form, AppointmentForm())


@require_POST
def user_appoint(request, pk):
    """One more post for the user, in their organ."""
    user = get_object_or_404(actions.managed_users(request.user), pk=pk)
    form = AppointmentForm(request.POST)
    if form.is_valid():
        try:
            actions.appoint(user, form.cleaned_data["role"], form.cleaned_data["title"], by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "已任职，即时生效")
            return redirect("user-edit", user.pk)
    known = {"name": user.name, "organ": user.organ_id, "phone": user.phone, "email": user.email}
    organs = actions.managed_organs(request.user).order_by("path")
    return _edit_page(request, user, PersonForm(organs=organs, initial=known), form)


@require_POST
def user_unappoint(request, pk, appointment):
    """End one post of the user."""
    user = get_object_or_404(actions.managed_users(request.user), pk=pk)
    row = get_object_or_404(actions.current_appointments(user).select_related("user__organ"), pk=appointment)
    actions.end_appointment(row, by=request.user)
    messages.success(request, "任职已终止，即时生效")
    return redirect("user-edit", user.pk)


@require_POST
def user_switch(request, pk):
    """Disable or enable, as the button says."""
    user = get_object_or_404(actions.managed_users(request.user), pk=pk)
    if request.POST.get("to") == "on":
        actions.enable(user, by=request.user)
        messages.success(request, f"“{user.name}”已启用")
    else:
        actions.disable(user, by=request.user)
        messages.success(request, f"“{user.name}”已停用，已登录的也随即退出")
    return redirect("user-edit", user.pk)


@require_POST
@never_cache
def user_reset(request, pk):
    """A one-time password on the answer and nowhere else."""
    user = get_object_or_404(actions.managed_users(request.user), pk=pk)
    password = actions.reset_password(user, by=request.user)
    return render(request, "accounts/passwords.html", {"made": [(user, password)], "title": "密码已重置"})


def organ_list(request):
    """The organs I manage, read only: they change with the city pack."""
    q = request.GET.get("q", "").replace("\0", "").strip()
    organs = actions.managed_organs(request.user).select_related("parent", "review_organ", "successor")
    if q:
        organs = organs.filter(Q(name__icontains=q) | Q(short_name__icontains=q) | Q(code__iexact=q))
    organs = organs.annotate(people=Count("user", filter=Q(user__is_active=True))).order_by("path")
    page = Paginator(organs, A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {"page": page, "q": q, "today": today(), "query": query.urlencode()}
    return render(request, "accounts/organs.html", context)


def _edit_page(request, user, form, appointing):
    context = {
        "person": user,
        "form": form,
        "appointing": appointing,
        "appointments": actions.current_appointments(user),
        "events": user.account_events.newest_first().select_related("by")[:20],
        "is_self": user.pk == request.user.pk,
    }
    status = 422 if form.is_bound or appointing.is_bound else 200
    return render(request, "accounts/user_edit.html", context, status=status)

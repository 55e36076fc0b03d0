"""Shapes of input for accounts; rules are in actions.py, delegating.py and roster.py."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.validators import RegexValidator

from accounts.models import Organ, Role, User
from accounts.staff.roster import USERNAME


class DayInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class OrganChoice(forms.ModelChoiceField):
    """Organs by full name, sections under their office."""

    def label_from_instance(self, organ: Organ) -> str:
        return organ.name


class PersonChoice(forms.ModelChoiceField):
    """People by name and organ."""

    def label_from_instance(self, user: User) -> str:
        return f"{user.name}（{user.organ.short_name}）"


class SignInForm(AuthenticationForm):
    """用户名和密码。"""

    error_messages = {
        "invalid_login": "用户名或密码不对，或账号已停用。连续输错 5 次将锁定 15 分钟。",
        "inactive": "账号已停用，请联系本单位系统管理员。",
    }


class NewPasswordForm(PasswordChangeForm):
    """改密码：新旧不能相同。"""

    error_messages = PasswordChangeForm.error_messages | {"same": "新密码不能与原密码相同"}

    def clean_new_password1(self):
        new = self.cleaned_data["new_password1"]
        if self.user.check_password(new):
            raise forms.ValidationError(self.error_messages["same"], code="same")
        return new


class PreferencesForm(forms.ModelForm):
    """我的偏好。"""

    class Meta:
        model = User
        fields = ["single_keys", "big_text"]
        help_texts = {
            "single_keys": "在清单中用 J、K、X 等单个字母移动、选择；使用语音输入的可以关掉",
            "big_text": "全部页面用大字",
        }


class PersonForm(forms.Form):
    """Particulars of a user, without the user name."""

    name = forms.CharField(label="姓名", max_length=50, error_messages={"required": "没有写姓名"})
    organ = OrganChoice(
        label="单位", queryset=Organ.objects.none(), empty_label="请选择", error_messages={"required": "没有选单位"}
    )
    phone = forms.CharField(label="办公电话", max_length=40, required=False)
    email = forms.EmailField(label="电子邮箱", required=False, help_text="只用于收提醒邮件，可不填")

    def __init__(self, *args, organs, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organ"].queryset = organs


class NewUserForm(PersonForm):
    """新建用户，连同岗位。"""

    username = forms.CharField(
        label="用户名",
        validators=[RegexValidator(rf"^{USERNAME.pattern}$", "用户名应为 3 至 30 个字母、数字、点、横线，以字母开头")],
        error_messages={"required": "没有写用户名"},
    )
    title = forms.CharField(label="岗位名称", max_length=60, required=False, help_text="如“来访接待岗”；不填用角色名称")
    roles = forms.ModelMultipleChoiceField(
        label="角色",
        queryset=Role.objects.order_by("pk"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "至少选一个角色"},
    )
    field_order = ["username", "name", "organ", "title", "phone", "email", "roles"]


class AppointmentForm(forms.Form):
    """增加一个岗位。"""

    role = forms.ModelChoiceField(
        label="角色",
        queryset=Role.objects.order_by("pk"),
        empty_label="请选择",
        error_messages={"required": "没有选角色"},
    )
    title = forms.CharField(label="岗位名称", max_length=60, required=False, help_text="不填用角色名称")


class RosterForm(forms.Form):
    """要导入的文件。"""

    file = forms.FileField(
        label="文件",
        help_text=".xlsx 或 .csv，不超过 1 MB，一次最多 200 人",
        error_messages={"required": "没有选文件", "empty": "文件是空的"},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith((".xlsx", ".csv")):
            raise forms.ValidationError("只收 .xlsx 或 .csv 文件")
        if file.size > 1024 * 1024:
            raise forms.ValidationError("文件超过 1 MB，请分成几份")
        return file


class DelegationForm(forms.Form):
    """交人代理。"""

    post = forms.ModelChoiceField(
        label="岗位", queryset=None, empty_label=None, error_messages={"required": "没有选岗位"}
    )
    to = PersonChoice(
        label="代理人", queryset=User.objects.none(), empty_label="请选择", error_messages={"required": "没有选代理人"}
    )
    since = forms.DateField(label="起", widget=DayInput(), error_messages={"required": "没有写起日"})
    until = forms.DateField(label="止", widget=DayInput(), error_messages={"required": "没有写止日"})
    reason = forms.CharField(
        label="事由", max_length=100, help_text="如“出差”“休假”", error_messages={"required": "没有写事由"}
    )

    def __init__(self, *args, posts, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = posts
        self.fields["to"].queryset = colleagues

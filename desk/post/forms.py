"""一批一张表：单号一列，签收和退回各一行。逐行的错误写在那一行。"""

from django import forms

from desk.casework.forms.base import day
from desk.casework.reveal import ReasonForm
from petitions.service.rules import LONGEST_NUMBER, Outcome, Receiver
from rulebook.timekeeping import today

MOST_LINES = 20_000  # 字符
RETURNED = "returned-"
RESULTS = [
    ("", "——"),
    ("签收", list(Receiver.choices)),
    (
        "退回",
        [(f"{RETURNED}{outcome.value}", f"退回：{outcome.label}") for outcome in Outcome if outcome != Outcome.FAILED],
    ),
]


class RowForm(forms.Form):
    """A form with a few fields for each item; `row(item)` gives those of one."""

    def __init__(self, *args, items, **kwargs) -> None:
        self.items = items
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today()
        for item in items:
            self.add_row(item)

    def rows(self):
        """(item, its bound fields) in the order of the batch."""
        return [(item, [self[name] for name in self.names(item)]) for item in self.items]

    def refuse(self, refused: dict[int, str]) -> None:
        """Put each refusal beside its row; what went is no longer asked."""
        for item in self.items:
            if item.pk in refused:
                self.add_error(self.names(item)[0], refused[item.pk])


class NumbersForm(RowForm):
    """Tracking numbers, typed one by one or pasted as a column."""

    on = day("交邮日")
    column = forms.CharField(
        label="粘贴一列单号",
        required=False,
        max_length=MOST_LINES,
        strip=False,
        help_text="每行一个，依次填入下面还空着的格；空行跳过那一件",
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )

    def add_row(self, item) -> None:
        """One number."""
        widget = forms.TextInput(attrs={"autocomplete": "off", "aria-label": f"{item.service.petition.number} 单号"})
        self.fields[f"tracking_{item.pk}"] = forms.CharField(
            label=f"{item.service.petition.number} 的邮寄单号", required=False, max_length=LONGEST_NUMBER, widget=widget
        )

    def names(self, item) -> list[str]:
        """The one field of a row."""
        return [f"tracking_{item.pk}"]

    def clean(self):
        """The pasted column goes into the empty rows, line by line; one that is left over is an error."""
        told = super().clean()
        lines = [line.strip() for line in told.get("column", "").rstrip().splitlines()]
        empty = [item for item in self.items if not told.get(self.names(item)[0], "")]
        if len(lines) > len(empty):
            self.add_error("column", f"粘贴了 {len(lines)} 行，还空着的只有 {len(empty)} 件，请核对")
            return told
        for item, line in zip(empty, lines, strict=False):
            told[self.names(item)[0]] = line
        given = [told.get(self.names(item)[0]) for item in self.items]
        if not any(given) and not self.errors:
            self.add_error("column", "请填写单号，或者粘贴一列")
        return told

    def refuse(self, refused: dict[int, str]) -> None:
        """What was pasted now stands in its own row, so that only the refused numbers are put right."""
        self.data = self.data.copy()
        self.data["column"] = ""
        for item, number in self.told().items():
            self.data[self.names(item)[0]] = number
        super().refuse(refused)

    def told(self) -> dict:
        """Item → its number, of the rows that have one."""
        named = {item: self.cleaned_data.get(self.names(item)[0], "") for item in self.items}
        return {item: number for item, number in named.items() if number}


class ResultsForm(RowForm):
    """What became of each letter: signed for by whom and when, or returned and why."""

    on = day("签收、退回日", help_text="各行没有另填日期的，按这一天")

    def add_row(self, item) -> None:
        """Result, day and name of one letter."""
        number = item.service.petition.number
        self.fields[f"result_{item.pk}"] = forms.ChoiceField(
            label=f"{number} 的结果",
            required=False,
            choices=RESULTS,
            widget=forms.Select(attrs={"aria-label": f"{number} 结果"}),
        )
        own = day(f"{number} 的日期", required=False)
        own.widget.attrs["aria-label"] = f"{number} 日期"
        self.fields[f"on_{item.pk}"] = own
        self.fields[f"by_{item.pk}"] = forms.CharField(
            label=f"{number} 的代收人或者拒收理由",
            required=False,
            max_length=40,
            widget=forms.TextInput(attrs={"autocomplete": "off", "aria-label": f"{number} 代收人或者拒收理由"}),
        )

    def names(self, item) -> list[str]:
        """The three fields of a row."""
        return [f"result_{item.pk}", f"on_{item.pk}", f"by_{item.pk}"]

    def clean(self):
        """At least one row is told."""
        told = super().clean()
        if not self.errors and not any(told.get(self.names(item)[0]) for item in self.items):
            self.add_error("on", "请至少选择一件的结果")
        return told

    def told(self) -> dict:
        """Item → the arguments of its act, of the rows that say something."""
        found = {}
        for item in self.items:
            result, on, words = (self.cleaned_data.get(name) for name in self.names(item))
            if not result:
                continue
            day = {"on": on or self.cleaned_data["on"]}
            if result.startswith(RETURNED):
                found[item] = day | {"outcome": result.removeprefix(RETURNED), "reason": words}
            else:
                found[item] = day | {"receiver": result, "received_by": "" if result == Receiver.SELF else words}
        return found


class PrintForm(ReasonForm):
    """What to print and why the addresses are needed."""

    shape = forms.ChoiceField(
        label="打印什么",
        choices=[("c5", "C5 信封，一人一个"), ("a4", "A4 地址签，一页十六个")],
        widget=forms.RadioSelect,
        initial="c5",
    )

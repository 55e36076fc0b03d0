"""上传一张放假安排：选文件或者粘贴；有错的行留在框里改，不用重来。"""

from django import forms

from rulebook.city.rules_pack import FIRST_YEAR, LAST_YEAR, LONGEST_SOURCE, CalendarTable, decoded, read_calendar

LARGEST = 64 * 1024  # 字节：一年的表不到两千
SHOWN = 10  # 一次最多说这么多处错


class TableForm(forms.Form):
    """One year's table. A chosen file takes the place of what stands in the box; `table` once it is valid."""

    year = forms.IntegerField(
        label="年份",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        error_messages={
            "required": "没有写年份",
            "invalid": "年份应为四位数字",
            "min_value": f"年份应在 {FIRST_YEAR} 年以后",
            "max_value": f"年份应在 {LAST_YEAR} 年以前",
        },
    )
    source = forms.CharField(
        label="依据",
        max_length=LONGEST_SOURCE,
        help_text="文件名称，如“国务院办公厅关于某年部分节假日安排的通知”",
        error_messages={"required": "没有写依据的文件"},
    )
    provisional = forms.BooleanField(label="尚未正式公布，先暂定", required=False)
    file = forms.FileField(label="文件", required=False, help_text="CSV，不超过 64 KB")
    text = forms.CharField(
        label="表",
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 8}),
        help_text="每行一天：日期,休/班,名称。第一行是表头。选了文件的，以文件为准",
    )

    def __init__(self, data=None, files=None, **kwargs):
        self.unread = ""
        if data is not None and (chosen := (files or {}).get("file")) is not None:
            data = data.copy()
            data["text"] = self._text_of(chosen)
        super().__init__(data, files, **kwargs)

    def _text_of(self, chosen) -> str:
        if chosen.size > LARGEST:
            self.unread = "文件超过 64 KB，不像一年的放假安排"
            return ""
        text = decoded(chosen.read())
        if text is None:
            self.unread = "这不是 CSV 文本文件，请在表格软件里另存为 CSV 再选"
        return text or ""

    def clean(self):
        told = super().clean()
        if self.unread:
            self.add_error("file", self.unread)
        elif not (told.get("text") or "").strip():
            self.add_error("file", "没有选文件，也没有粘贴表的内容")
        elif "year" in told and "source" in told:
            self._read(told)
        return told

    def _read(self, told) -> None:
        self.table: CalendarTable
        self.table, complaints = read_calendar(
            told["text"].encode(), told["year"], told["source"], provisional=told["provisional"], named="表"
        )
        for complaint in complaints[:SHOWN]:
            self.add_error("text", complaint)
        if len(complaints) > SHOWN:
            self.add_error("text", f"另有 {len(complaints) - SHOWN} 处")


class ConfirmForm(forms.Form):
    """发布前的确认；`newest` 是看的时候最新的一版。"""

    newest = forms.IntegerField(widget=forms.HiddenInput)
    sure = forms.BooleanField(
        label="已与文件原文核对，发布后不能修改，只能再发一版",
        error_messages={"required": "请先与文件原文核对，并勾选这一项"},
    )

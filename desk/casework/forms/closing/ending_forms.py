"""办结前后：四个到位、阶段性情况、办结报告、归档。"""

import re
from typing import Any

from django import forms

from desk.casework.forms.base import ActForm, long_text
from petitions.closing import archive, closing_report
from petitions.closing.execution import rules as executing
from petitions.models import End

NOT_CONCERNED = "不涉及"
# 一行一件：名称，页数；中间用逗号、顿号、空格都行
PAPER = re.compile(r"^(?P<title>.+?)[\s,，、:：]+(?P<pages>\d{1,4})\s*页?$")


class RecordEnds(ActForm):
    """Four ends, each with its words or with the tick that it does not apply."""

    article = "《信访工作条例》第二十七条：四个到位"
    effect = "不改变任何期限；要反馈办结报告的件，记录以后才能办结。"
    confirm = "记录"
    layout = tuple((f"end_{kind}", "c12 up") for kind in End.Kind.values)

    def prepare(self) -> None:
        """What was recorded, else what the opinion planned."""
        told = closing_report.ends_of(self.petition)
        opinion = self.petition.latest_opinion
        planned = (opinion.four_ends if opinion else None) or {}
        for kind, label in End.Kind.choices:
            known = told.get(kind)
            words = long_text(label, required=False, rows=2, most=1000)
            words.initial = known.words if known else planned.get(kind, "")
            self.fields[f"end_{kind}"] = words
            self.fields[f"none_{kind}"] = forms.BooleanField(
                label=f"{label[-6:]}：{NOT_CONCERNED}", required=False, initial=known is not None and not known.applies
            )

    def clean(self) -> dict[str, Any]:
        """Either words or the tick, for each."""
        for kind in End.Kind.values:
            words, none = self.cleaned_data.get(f"end_{kind}", ""), self.cleaned_data.get(f"none_{kind}")
            if not words and not none:
                self.add_error(f"end_{kind}", "请写明情况；不涉及的，勾选“不涉及”")
            if words and none:
                self.add_error(f"end_{kind}", "已经写明情况，请去掉“不涉及”的勾")
        return self.cleaned_data

    def details(self) -> dict[str, Any]:
        """Words by kind; an empty text is 不涉及."""
        return {"ends": {kind: self.cleaned_data[f"end_{kind}"] for kind in End.Kind.values}}


class ReportProgress(ActForm):
    article = "《信访工作条例》第二十二条第一款第三项；阶段性情况参照北京市信访条例第四十六条"
    effect = "指定的反馈期限不因此完成，办结以后仍须反馈办结报告。"
    confirm = "反馈交办机关"
    report = long_text("阶段性情况", rows=6, help_text="办到哪一步、为什么不能按期办结、拟何时办结")
    says = "report"


class ReportBack(ActForm):
    """The report of an assigned case, from what the file already says."""

    article = "《信访工作条例》第二十二条第一款第三项、第二十七条"
    effect = "交办反馈期限就此完成；出具办结报告，编号后交回交办机关。"
    confirm = "出具办结报告"
    facts = long_text("调查情况", rows=6)
    handling = long_text("处理情况", rows=3)
    execution = long_text("落实情况", rows=4, help_text="四个到位照已经记录的写入报告，送达情况由送达记录得出")
    says = "handling"
    previews = True

    def prepare(self) -> None:
        """The opinion's facts, how it ended, how far execution has come."""
        opinion = self.petition.latest_opinion
        self.fields["facts"].initial = opinion.facts if opinion else ""
        self.fields["handling"].initial = closing_report.handling_in_words(self.petition)
        self.fields["execution"].initial = closing_report.execution_in_words(self.petition)


class Archive(ActForm):
    """How long the volume is kept, what paper lies in it, and how many pages there are of what cannot be counted."""

    article = "《档案法》第十三条、第十四条；保管期限按城市规则（待核）"
    effect = "归档后只可查阅；档号每单位每年从 1 起，不跳号。"
    confirm = "归档并出目录"
    retention = forms.ChoiceField(label="保管期限", required=False, help_text="照城市规则，可以更长")
    papers = forms.CharField(
        label="卷内纸件",
        required=False,
        max_length=2000,
        help_text="一行一件，名称在前、页数在后，例如：调查笔录原件，3；排在目录最前",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    layout = (("retention", "c4"),)

    def prepare(self) -> None:
        """The rules' class first; a page count for each material that does not tell; a reason where it is early."""
        self.fields["retention"].choices = [(one.value, one.label) for one in reversed(archive.allowed(self.petition))]
        self.fields["papers"].initial = "\n".join(f"{title}，{pages}" for title, pages in archive.PAPERS)
        uncounted = archive.uncounted(self.petition)
        self.layout = (*self.layout, *((f"pages{piece.attachment.pk}", "c6 up") for piece in uncounted))
        for piece in uncounted:
            self.fields[f"pages{piece.attachment.pk}"] = forms.IntegerField(
                label=f"“{piece.title}”的页数", min_value=1, max_value=9999
            )
        if owed := executing.undone(self.petition):
            self.fields["reason"] = long_text(
                "先归档的理由", rows=2, help_text=f"还有 {len(owed)} 项落实任务没有完成；归档以后落实任务继续"
            )
            self.says = "reason"

    def clean_papers(self) -> list[tuple[str, int]]:
        """(title, pages) of every line; where the field was not sent at all, what every volume holds."""
        if self.add_prefix("papers") not in self.data:
            return list(archive.PAPERS)
        found = []
        for line in filter(None, map(str.strip, self.cleaned_data["papers"].splitlines())):
            read = PAPER.match(line)
            if read is None or not int(read["pages"]):
                raise forms.ValidationError(f"“{line}”没有写明页数，请写成“调查笔录原件，3”的样子")
            found.append((read["title"], int(read["pages"])))
        return found

    def details(self) -> dict[str, Any]:
        """Retention, papers, pages by attachment, and the reason where one was asked for."""
        told = self.cleaned_data
        pages = {int(name[5:]): count for name, count in told.items() if name.startswith("pages")}
        return {
            "retention": told["retention"],
            "papers": told["papers"],
            "pages": pages,
            "reason": told.get("reason", ""),
        }

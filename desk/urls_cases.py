"""一件事的地址：详情、办理动作、文书、材料、审批。"""

from django.urls import path, re_path, register_converter

from desk.casework import person, reveal, views
from desk.casework.act import approval_tray
from desk.casework.page import counting_sheet
from desk.casework.papers import archive_index, letter_views, materials, sealed_copies


class CaseNumber:
    """A case number: digits, Latin letters and hyphens."""

    regex = "[0-9A-Za-z-]+"

    def to_python(self, value):
        """As it stands."""
        return value

    def to_url(self, value):
        """As it stands."""
        return value


register_converter(CaseNumber, "case")

urlpatterns = [
    path("cases/<case:number>/", views.case, name="case"),
    path("cases/<case:number>/do/<slug:act>/", views.act, name="case-act"),
    path("cases/<case:number>/do/<slug:act>/writing/", views.writing, name="case-writing"),
    path("cases/<case:number>/why/", counting_sheet.sheet, name="case-reckoning"),
    path("cases/<case:number>/why/<int:pk>/", counting_sheet.why, name="case-why"),
    path("cases/<case:number>/similar/", views.similar, name="case-similar"),
    path("cases/<case:number>/like/", views.like, name="case-like"),
    path("cases/<case:number>/reveal/", reveal.reveal, name="case-reveal"),
    path("cases/<case:number>/roll/", reveal.roll, name="case-roll"),
    path("cases/<case:number>/letters/<int:pk>/", letter_views.letter, name="case-letter"),
    path("cases/<case:number>/letters/<int:pk>/pdf/", letter_views.pdf, name="case-letter-pdf"),
    path("cases/<case:number>/letters/<int:pk>/print/", letter_views.print_original, name="case-letter-print"),
    path("cases/<case:number>/letters/<int:pk>/editable/", letter_views.editable_copy, name="case-letter-editable"),
    path("cases/<case:number>/letters/<int:pk>/reprint/", letter_views.reprint, name="case-letter-reprint"),
    path("cases/<case:number>/letters/<int:pk>/sealed/", sealed_copies.keep, name="case-letter-sealed"),
    path("cases/<case:number>/letters/<int:pk>/sealed/<int:copy>/", sealed_copies.download, name="case-letter-scan"),
    path("cases/<case:number>/attachments/", materials.add, name="case-materials"),
    path("cases/<case:number>/attachments/<int:pk>/", materials.download, name="case-material"),
    path("cases/<case:number>/attachments/<int:pk>/text/", materials.transcript, name="case-transcript"),
    path("cases/<case:number>/volume/", archive_index.volume, name="case-volume"),
    path("people/<int:pk>/", person.person, name="person"),
    re_path(r"^people/(?P<pk>\d+)/(?P<verb>join|part)/$", person.rule, name="person-rule"),
    path("people/<int:pk>/undo/<int:ruling>/", person.undo, name="person-undo"),
    path("approvals/", approval_tray.tray, name="approvals"),
    path("approvals/<int:pk>/approve/", approval_tray.decide, {"verb": "approve"}, name="approval-approve"),
    path("approvals/<int:pk>/reject/", approval_tray.decide, {"verb": "reject"}, name="approval-reject"),
    path("approvals/<int:pk>/withdraw/", approval_tray.decide, {"verb": "withdraw"}, name="approval-withdraw"),
]

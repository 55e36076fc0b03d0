"""一件事的地址：详情、办理动作、文书、材料、审批。"""

from django.urls import path, re_path, register_converter

from desk.casework import filing, letters, materials, person, reckoning, reveal, sealed, tray, views


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
    path("cases/<case:number>/why/", reckoning.sheet, name="case-reckoning"),
    path("cases/<case:number>/why/<int:pk>/", reckoning.why, name="case-why"),
    path("cases/<case:number>/similar/", views.similar, name="case-similar"),
    path("cases/<case:number>/like/", views.like, name="case-like"),
    path("cases/<case:number>/reveal/", reveal.reveal, name="case-reveal"),
    path("cases/<case:number>/roll/", reveal.roll, name="case-roll"),
    path("cases/<case:number>/letters/<int:pk>/", letters.letter, name="case-letter"),
    path("cases/<case:number>/letters/<int:pk>/pdf/", letters.pdf, name="case-letter-pdf"),
    path("cases/<case:number>/letters/<int:pk>/print/", letters.print_original, name="case-letter-print"),
    path("cases/<case:number>/letters/<int:pk>/editable/", letters.editable_copy, name="case-letter-editable"),
    path("cases/<case:number>/letters/<int:pk>/reprint/", letters.reprint, name="case-letter-reprint"),
    path("cases/<case:number>/letters/<int:pk>/sealed/", sealed.keep, name="case-letter-sealed"),
    path("cases/<case:number>/letters/<int:pk>/sealed/<int:copy>/", sealed.download, name="case-letter-scan"),
    path("cases/<case:number>/attachments/", materials.add, name="case-materials"),
    path("cases/<case:number>/attachments/<int:pk>/", materials.download, name="case-material"),
    path("cases/<case:number>/attachments/<int:pk>/text/", materials.transcript, name="case-transcript"),
    path("cases/<case:number>/volume/", filing.volume, name="case-volume"),
    path("people/<int:pk>/", person.person, name="person"),
    re_path(r"^people/(?P<pk>\d+)/(?P<verb>join|part)/$", person.rule, name="person-rule"),
    path("people/<int:pk>/undo/<int:ruling>/", person.undo, name="person-undo"),
    path("approvals/", tray.tray, name="approvals"),
    path("approvals/<int:pk>/approve/", tray.decide, {"verb": "approve"}, name="approval-approve"),
    path("approvals/<int:pk>/reject/", tray.decide, {"verb": "reject"}, name="approval-reject"),
    path("approvals/<int:pk>/withdraw/", tray.decide, {"verb": "withdraw"}, name="approval-withdraw"),
]

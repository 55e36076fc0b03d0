"""登记台的地址。编号可以进地址，查询码和个人信息不行。"""

from django.urls import path

from desk.registration import after_registration, views

urlpatterns = [
    path("register/", views.register, name="register"),
    path("register/panel/", views.compare, name="register-panel"),
    path("register/draft/", views.autosave, name="register-autosave"),
    path("register/drafts/", views.draft_list, name="register-drafts"),
    path("register/drafts/<str:key>/drop/", views.draft_drop, name="register-draft-drop"),
    path("register/dayend/", after_registration.day_end, name="register-dayend"),
    path("register/<str:number>/done", after_registration.done, name="register-done"),
    path("register/<str:number>/triage", after_registration.triage, name="register-triage"),
    path("register/<str:number>/refer", after_registration.refer, name="register-refer"),
]

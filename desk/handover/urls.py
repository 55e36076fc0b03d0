"""人员交接的地址：只带人员键和信访件键，不带姓名。"""

from django.urls import path

from desk.handover import views

urlpatterns = [
    path("", views.people, name="handover"),
    path("<int:pk>/", views.of_person, name="handover-of"),
]

"""邮寄的地址。批号可以进地址，姓名、住址、邮寄单号不行。"""

from django.urls import path

from desk.post import views

urlpatterns = [
    path("", views.waiting, name="post"),
    path("<int:pk>/", views.batch, name="post-batch"),
    path("<int:pk>/numbers/", views.numbers, name="post-numbers"),
    path("<int:pk>/results/", views.results, name="post-results"),
    path("<int:pk>/print/", views.printing, name="post-print"),
]

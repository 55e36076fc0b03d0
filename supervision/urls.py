from django.urls import path

from supervision import views

app_name = "supervision"
urlpatterns = [
    path("supervision/", views.board, name="board"),
    path("supervision/urge/", views.urge, name="urge"),
    path("supervision/orders/new/", views.new_order, name="new-order"),
    path("supervision/orders/<int:pk>/", views.order, name="order"),
]

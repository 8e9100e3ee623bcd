from __future__ import annotations

from django.urls import path

from reconsideration.views import cases, filing, positions, reviewing

app_name = "reconsideration"
urlpatterns = [
    path("position/", positions.my_position, name="my_position"),
    path("mine/", filing.mine, name="mine"),
    path("new/", filing.file, name="file"),
    path("queue/", reviewing.queue, name="queue"),
    path("opm/", reviewing.queue_of_opm, name="opm_queue"),
    path("<int:pk>/", cases.show, name="request"),
    path("<int:pk>/to-opm/", cases.to_opm, name="to_opm"),
    path("<int:pk>/cancel/", cases.cancel, name="cancel"),
    path("<int:pk>/documents/<int:document>/", cases.document, name="document"),
    path("<int:pk>/take-up/", reviewing.take_up, name="take_up"),
    path("<int:pk>/decide/", reviewing.decide, name="decide"),
    path("<int:pk>/moot/", reviewing.moot, name="moot"),
    path("<int:pk>/pay/", reviewing.settle, name="settle_pay"),
    path("<int:pk>/opm/take-up/", reviewing.take_up_for_opm, name="opm_take_up"),
    path("<int:pk>/opm/decide/", reviewing.decide_for_opm, name="opm_decide"),
]

from __future__ import annotations

from django.urls import URLPattern, path

from performance.views import (
    appraisal,
    circumstances,
    general_expectations,
    packets,
    scorecard,
    systems,
)

urlpatterns: list[URLPattern] = [
    path("systems/", systems.systems, name="systems"),
    path("systems/new/", systems.new_system, name="new_system"),
    path("systems/<int:pk>/cover/", systems.cover, name="cover_group"),
    path(
        "general-expectations/",
        general_expectations.general_expectations,
        name="general_expectations",
    ),
    path("people/<int:pk>/circumstances/", circumstances.circumstances, name="circumstances"),
    path("people/<int:pk>/scorecard/", scorecard.scorecard, name="scorecard"),
    path("plans/<int:pk>/appraisals/new/", appraisal.new, name="new_appraisal"),
    path("appraisals/<int:pk>/", appraisal.appraisal, name="appraisal"),
    path("appraisals/<int:pk>/write/", appraisal.write, name="write_appraisal"),
    path("appraisals/<int:pk>/sign/", appraisal.sign, name="sign_appraisal"),
    path("appraisals/<int:pk>/give/", appraisal.give, name="give_appraisal"),
    path("people/<int:pk>/packets/", packets.packets, name="packets"),
    path("people/<int:pk>/packets/send/", packets.send, name="send_packet"),
    path("people/<int:pk>/packets/receive/", packets.receive, name="receive_packet"),
    path("packets/<int:pk>/", packets.packet, name="packet"),
    path("packets/<int:pk>/file/", packets.packet_file, name="packet_file"),
    path("packets/<int:pk>/paper/", packets.packet_paper, name="packet_paper"),
]

from django.urls import path

from certificates.views import checking, claiming, correcting, keys, own, papers, print, renewal, transcript, verify

app_name = "certificates"
urlpatterns = [
    path("certificates/<slug:module>/name/", claiming.name, name="name"),
    path("certificates/<slug:module>/name/<int:enrolment>/", claiming.name, name="name-of"),
    path("certificates/<str:code>/", own.certificate, name="certificate"),
    path("certificates/<str:code>/status", papers.status, name="status"),
    path("certificates/<str:code>/papers/", papers.order, name="papers"),
    path("certificates/<str:code>/correction/", correcting.correction, name="correction"),
    path("certificates/<str:code>/correction/withdraw/", correcting.withdraw, name="withdraw-correction"),
    path("certificates/<str:code>/renew/", renewal.renew, name="renew"),
    path("certificates/<str:code>/last-day.ics", renewal.last_day, name="last-day"),
    path("certificates/<str:code>/print/", print.paper_page, name="print"),
    path("certificates/<str:code>/papers/<slug:language>/<slug:name>.pdf", papers.file, name="file"),
    path("transcript/", transcript.page, name="transcript"),
    path("transcript/<slug:name>.csv", transcript.table, name="transcript-table"),
    path("transcript/<int:pk>/", transcript.paper, name="transcript-paper"),
    path("transcript/<int:pk>/status", transcript.status, name="transcript-status"),
    path("transcript/<int:pk>/<slug:name>.pdf", transcript.file, name="transcript-file"),
    path("verify/", verify.form, name="verify"),
    path("verify/file/", checking.file, name="verify-file"),
    path("verify/keys/", keys.page, name="keys"),
    path("verify/<path:code>/", verify.result, name="verified"),
]

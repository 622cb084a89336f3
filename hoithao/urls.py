"""Addresses of meetings, programmes and workshops."""

from django.urls import path

from hoithao.views import (
    agenda,
    ballots,
    device,
    frames,
    heat,
    meetings,
    programmes,
    runner,
    scores,
    whole,
    workshop_papers,
    workshop_record,
    workshops,
)

app_name = "hoithao"
urlpatterns = [
    path("", meetings.MeetingList.as_view(), name="meeting_list"),
    path("moi/", meetings.MeetingCreate.as_view(), name="meeting_create"),
    path("tron-buoi/", whole.MeetingWhole.as_view(), name="meeting_whole"),
    path("<int:pk>/", meetings.MeetingDetail.as_view(), name="meeting_detail"),
    path("<int:pk>/sua/", meetings.MeetingEdit.as_view(), name="meeting_edit"),
    path("<int:pk>/chuong-trinh/", agenda.AgendaEdit.as_view(), name="agenda_edit"),
    path("<int:pk>/khong-hop/", meetings.MeetingCancel.as_view(), name="meeting_cancel"),
    path("<int:pk>/dinh-chinh/", meetings.AddendumCreate.as_view(), name="addendum_create"),
    path("<int:pk>/vao-hop/", runner.Resume.as_view(), name="resume"),
    path("<int:pk>/buoc/<slug:step>/", runner.Run.as_view(), name="run"),
    path("worker.js", device.Worker.as_view(), name="worker"),
    path("may/mat-mang/", device.Offline.as_view(), name="offline"),
    path("may/cai-dat.webmanifest", device.Manifest.as_view(), name="manifest"),
    path("<int:pk>/da-gui/", device.CameThrough.as_view(), name="came_through"),
    path("<int:pk>/ghi/", runner.MeetingSave.as_view(), name="meeting_save"),
    path("<int:pk>/bo/<slug:what>/<int:row>/", runner.TakeBack.as_view(), name="take_back"),
    path("<int:pk>/y-kien/<int:row>/", runner.ContributionEdit.as_view(), name="contribution_edit"),
    *ballots.urlpatterns,
    *scores.urlpatterns,
    *frames.urlpatterns,
    *heat.urlpatterns,
    *programmes.urlpatterns,
    *workshops.urlpatterns,
    *workshop_papers.urlpatterns,
    *workshop_record.urlpatterns,
]

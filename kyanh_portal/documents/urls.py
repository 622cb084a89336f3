"""Addresses of papers."""

from django.urls import path

from kyanh_portal.documents import register, views

app_name = "documents"
urlpatterns = [
    path("", views.DocumentList.as_view(), name="list"),
    path("di/so/", register.Register.as_view(), name="register"),
    path("di/so/xlsx/", register.RegisterFile.as_view(form="xlsx"), name="register_xlsx"),
    path("di/so/pdf/", register.RegisterFile.as_view(form="pdf"), name="register_pdf"),
    path("ban-giay/", views.SheetMark.as_view(), name="sheet_mark"),
    path("<int:pk>/", views.DocumentDetail.as_view(), name="detail"),
    path("<int:pk>/pdf/", views.DocumentPdf.as_view(), name="pdf"),
    path("<int:pk>/docx/", views.DocumentFile.as_view(form="docx"), name="docx"),
    path("<int:pk>/kiem-tra/", views.DocumentVerify.as_view(), name="verify"),
    path("du-thao/<slug:kind>/<int:pk>/pdf/", views.DraftFile.as_view(form="pdf"), name="draft_pdf"),
    path("du-thao/<slug:kind>/<int:pk>/docx/", views.DraftFile.as_view(form="docx"), name="draft_docx"),
]

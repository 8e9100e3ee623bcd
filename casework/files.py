"""Files in forms and pages: any number sent at once, and one downloaded."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse

from casework.models import Case, Document
from casework.services.documents import LARGEST, MOST, Upload


class SeveralFiles(forms.FileInput):
    """A file field that takes more than one."""

    allow_multiple_selected = True


class Files(forms.FileField):
    """Any number of files, read whole."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        files = [one for one in (data if isinstance(data, list) else [data]) if one]
        for one in files:
            super().clean(one, initial)
            if one.size > LARGEST:
                raise forms.ValidationError(f"“{one.name}” is larger than 5 MB.")
        if len(files) > MOST:
            raise forms.ValidationError(f"At most {MOST} files at a time.")
        return files


def documents_field() -> Files:
    """The field for the employee's documents."""
    return Files(
        label="Documents",
        required=False,
        help_text=f"PDF, PNG, JPEG or plain text, at most {MOST} files of up to 5 MB each.",
        widget=SeveralFiles(
            attrs={
                "class": "maxhr-files",
                "accept": ".pdf,.png,.jpg,.jpeg,.txt",
                "aria-describedby": "id_documents_helptext",
            }
        ),
    )


def uploads_of(form: forms.Form) -> list[Upload]:
    """The files of a valid form, as the services take them."""
    return [
        Upload(
            name=one.name or "document",
            media_type=(one.content_type or "").partition(";")[0],
            data=one.read(),
        )
        for one in form.cleaned_data.get("documents") or []
    ]


def documents_of(case: Case) -> list[Document]:
    """The documents of a case without their bytes, the first first."""
    return list(
        Document.objects.filter(subject=case.subject)
        .select_related("added_by", "content")
        .defer("content__data")
        .order_by("id")
    )


def download(document: Document) -> HttpResponse:
    """A document to be saved, never shown in the page."""
    return HttpResponse(
        bytes(document.content.data),
        headers={
            "Content-Type": "application/octet-stream",
            "Content-Disposition": _attachment(document.name),
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


def _attachment(name: str) -> str:
    """The header of a download, whatever the name holds."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in " .-_") else "_" for c in name)
    return f'attachment; filename="{plain or "document"}"'

"""What is typed or uploaded on the lab's page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from scenarios.reading import LONGEST_NAME
from scenarios.simulation import MOST_BYTES


class LabForm(forms.Form):
    """A scenario, written or uploaded; a file takes the place of the text."""

    text = forms.CharField(
        label="The scenario",
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={
                "class": "usa-textarea lab-text",
                "rows": 24,
                "spellcheck": "false",
                "autocomplete": "off",
                "autocapitalize": "off",
                "wrap": "off",
            }
        ),
    )
    file = forms.FileField(
        label="Or upload a file",
        help_text=f"YAML in UTF-8, at most {MOST_BYTES // 1000} kB.",
        required=False,
        allow_empty_file=True,
        max_length=255,
        widget=forms.FileInput(attrs={"class": "usa-file-input", "accept": ".yaml,.yml"}),
    )
    explain = forms.CharField(required=False, max_length=LONGEST_NAME)

    def clean_file(self) -> str | None:
        upload: UploadedFile[Any] | None = self.cleaned_data["file"]
        if upload is None:
            return None
        if (upload.size or 0) > MOST_BYTES:
            raise forms.ValidationError(f"The file is larger than {MOST_BYTES // 1000} kB.")
        try:
            return bytes(upload.read()).decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError("The file is not text in UTF-8.") from None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        text = cleaned.get("file") or cleaned.get("text") or ""
        # Browsers send every line break as two characters.
        cleaned["scenario"] = text.replace("\r\n", "\n")
        if not self.errors and not text.strip():
            self.add_error("text", "Write a scenario, upload one, or start from an example.")
        return cleaned

"""The field of a form for a file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.utils import flatatt
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from amparo.vault.ingest import BlobEmpty
from amparo.web.fields import as_validation
from amparo.web.uploads.arriving import EmptyUpload, SealedUpload
from amparo.web.uploads.files import UploadGone


class UploadInput(forms.FileInput):
    """A file input, and beside it the hidden number of a file that was sent ahead."""

    put_url = ""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        extra = {"data-upload-url": self.put_url, "data-upload-field": f"{name}_id"} if self.put_url else {}
        chooser = super().render(name, None, {**(attrs or {}), **extra}, renderer)
        # A form that is shown again names the file that it brought: it waits, and need not be sent twice.
        waiting = value.upload_id if isinstance(value, SealedUpload) else value
        hidden = flatatt({"type": "hidden", "name": f"{name}_id", "value": waiting or ""})
        return format_html("{}<input{}>", chooser, hidden)

    def value_from_datadict(self, data: Any, files: MultiValueDict[str, UploadedFile[Any]], name: str) -> Any:
        found = files.get(name) if files else None
        return found if found is not None else data.get(f"{name}_id") or None

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False


class UploadField(forms.Field):
    """A file of a form; cleans to the number of an upload that waits, or None."""

    widget = UploadInput

    @property
    def put_url(self) -> str:
        return str(self.widget.put_url)

    @put_url.setter
    def put_url(self, url: str) -> None:
        self.widget.put_url = url
        self.widget.attrs |= {"data-upload-url": url}

    def to_python(self, value: Any) -> UUID | None:
        if isinstance(value, EmptyUpload):
            raise as_validation(BlobEmpty())
        if isinstance(value, SealedUpload):
            return value.upload_id
        if value in self.empty_values:
            return None
        try:
            return UUID(str(value))
        except ValueError as error:
            raise as_validation(UploadGone()) from error

"""One tree of errors. Each names itself by a code, and says what happened and what to do next.

Errors carry ids, states and limits, never personal data: they end up in pages and in logs.
Texts are marked with `N_` and translated by the web floor, which knows the reader's language.
"""

from __future__ import annotations

from typing import ClassVar


def N_(text: str) -> str:
    """Mark a text for translation without translating it now."""
    return text


Field = str | int


class AppError(Exception):
    """Base of all errors that Amparo raises on purpose.

    `status` is the HTTP status that a page answers with: 404 you may not know it exists,
    403 you may see but not do, 409 the state forbids it, 422 the input can't be used.
    """

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 422
    template: ClassVar[str] = N_("Something could not be done.")
    hint_template: ClassVar[str] = ""

    def __init__(self, **fields: Field) -> None:
        self.fields: dict[str, Field] = fields
        super().__init__(self.code)

    def message(self) -> str:
        """The untranslated sentence with its parameters filled in."""
        return self.template % self.fields if self.fields else self.template

    def hint(self) -> str:
        """The untranslated sentence that says what to do next; empty where there is nothing to add."""
        return self.hint_template % self.fields if self.fields else self.hint_template

    def __str__(self) -> str:
        return f"{self.code}: {self.message()}"


class NotFound(AppError):
    """Missing, or hidden from this reader: the two answer alike."""

    code = "not_found"
    status = 404
    template = N_("There is nothing here that you can see.")
    hint_template = N_("Check the code, or ask the lead of the case.")


class Refused(AppError):
    """The reader may know of the thing, but may not do this to it."""

    code = "refused"
    status = 403
    template = N_("Your role does not allow this.")
    hint_template = N_("Ask your supervisor who can do it.")


class Forbidden(AppError):
    """The state of the record does not allow the act now."""

    code = "forbidden_now"
    status = 409
    template = N_("This can't be done in the present state of the record.")
    hint_template = N_("Reload the page to see how it stands now.")


class Changed(AppError):
    """Somebody else changed the record while it was being edited."""

    code = "changed_meanwhile"
    status = 409
    template = N_("Somebody else changed this record while you were writing.")
    hint_template = N_("Compare both versions below and save again. Nothing you typed is lost.")


class Invalid(AppError):
    """Input that can't be used; `field` names the form field."""

    code = "invalid"
    status = 422
    template = N_("Some answers need another look.")

    @property
    def field(self) -> str:
        return str(self.fields.get("field", ""))

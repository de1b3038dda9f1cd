"""Files on their way in and out. Plain bytes never rest: they are sealed as they are read.

A page that takes a file is marked with `takes_files`, which says what the file will belong to and asks
the policy for it. Then two ways lead in, both to an `Upload` that waits to be claimed by a command:

- with JavaScript the chosen file is sent at once as the raw body of a PUT; the form's secret comes in a header;
- without it the form itself carries the file. Its secret would come in the body, too late to refuse the
  body; so the form's address carries a ticket instead: signed, for this person, this owner and twelve
  hours. Another site can't know it, which is all that a form's secret proves.

Both are checked before the first byte of a file is read. Every other page refuses files.
"""

from amparo.web.uploads.arriving import (
    RefusingHandler,
    SealedUpload,
    SealingHandler,
    prepare,
    receive_put,
    take_form,
    takes_files,
)
from amparo.web.uploads.field import UploadField, UploadInput
from amparo.web.uploads.files import (
    NoFilesHere,
    NothingToShow,
    Received,
    Reception,
    StoredBlob,
    TicketEnded,
    UploadGone,
    free_bytes,
    store,
)
from amparo.web.uploads.kinds import is_shown
from amparo.web.uploads.sending import can_preview, pieces, preview, send_preview, sha256_of, stream
from amparo.web.uploads.tickets import TICKET_AGE, read_ticket, ticket_for, upload_options
from amparo.web.uploads.unclaimed import UNCLAIMED_AGE, Waiting, claim, discard, discard_all, hold, sweep, waiting

__all__ = [
    "TICKET_AGE",
    "UNCLAIMED_AGE",
    "NoFilesHere",
    "NothingToShow",
    "Received",
    "Reception",
    "RefusingHandler",
    "SealedUpload",
    "SealingHandler",
    "StoredBlob",
    "TicketEnded",
    "UploadField",
    "UploadGone",
    "UploadInput",
    "Waiting",
    "can_preview",
    "claim",
    "discard",
    "discard_all",
    "free_bytes",
    "hold",
    "is_shown",
    "pieces",
    "prepare",
    "preview",
    "read_ticket",
    "receive_put",
    "send_preview",
    "sha256_of",
    "store",
    "stream",
    "sweep",
    "take_form",
    "takes_files",
    "ticket_for",
    "upload_options",
    "waiting",
]

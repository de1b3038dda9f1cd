"""What can go wrong with keys and sealed words. None of these names a person."""

from __future__ import annotations

from amparo.kernel.errors import N_, AppError


class Locked(AppError):
    code = "vault.locked"
    status = 503
    template = N_("Amparo is locked: nobody has given the passphrase since it was started.")
    hint_template = N_("The system keeper starts it again with the passphrase.")


class WrongPassphrase(AppError):
    code = "vault.wrong_passphrase"
    template = N_("This passphrase does not open the keyring.")
    hint_template = N_("Type the seven words from the recovery sheet, with single spaces, in small letters.")


class MachineBusy(AppError):
    code = "vault.machine_busy"
    status = 503
    template = N_("This machine is too busy or too slow to open the keyring now.")
    hint_template = N_("The passphrase was not judged. Let other work on the machine end, and try again.")


class KeyringMissing(AppError):
    code = "vault.keyring_missing"
    template = N_("The keyring file is missing.")
    hint_template = N_("Put the disk with the keyring back, or restore the keyring from its own backup.")


class KeyringDamaged(AppError):
    code = "vault.keyring_damaged"
    template = N_("The keyring file is damaged or not a keyring.")
    hint_template = N_("Restore the keyring from its own backup.")


class FieldAltered(AppError):
    """A sealed field does not open under its key: changed, moved from another row, or cut."""

    code = "vault.field_altered"
    status = 500
    template = N_("A sealed part of record %(row)s (%(field)s) was altered in storage and is not shown.")
    hint_template = N_("Run “amparo verify” and tell the system keeper. Do not write over the record.")


class TooLong(AppError):
    code = "vault.too_long"
    template = N_("This text is too long: at most %(limit)s characters fit here.")
    hint_template = N_("Shorten it, or put the rest into a note or a file.")

"""Every write about people, their names, contacts and protected addresses."""

from amparo.people.commands.conflicts import check_colleague, check_person, declare_person, save_own_details
from amparo.people.commands.joining import ask_to_join, join_persons, keep_apart, part_persons
from amparo.people.commands.persons import (
    add_contact,
    add_name,
    add_person,
    change_contact,
    change_person,
    drop_lookups,
    end_contact,
    hand_over_identity,
    mark_erased,
    open_address,
    open_names,
    set_address,
    withdraw_name,
)
from amparo.people.commands.photos import add_photo, open_photo, remove_photo

__all__ = [
    "add_contact",
    "add_name",
    "add_person",
    "add_photo",
    "ask_to_join",
    "change_contact",
    "change_person",
    "check_colleague",
    "check_person",
    "declare_person",
    "drop_lookups",
    "end_contact",
    "hand_over_identity",
    "join_persons",
    "keep_apart",
    "mark_erased",
    "open_address",
    "open_names",
    "open_photo",
    "part_persons",
    "remove_photo",
    "save_own_details",
    "set_address",
    "withdraw_name",
]

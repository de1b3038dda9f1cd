"""Pages of people."""

from amparo.people.views.conflicts import declare, own_details
from amparo.people.views.joining import answer_joining, ask_to_join, compare, open_pair, part, same
from amparo.people.views.persons import (
    add,
    add_contact,
    add_name,
    change,
    change_contact,
    end_contact,
    open_address,
    open_names,
    person,
    set_address,
    withdraw_name,
)
from amparo.people.views.photos import add_photo, look, picture, remove_photo

__all__ = [
    "add",
    "add_contact",
    "add_name",
    "add_photo",
    "answer_joining",
    "ask_to_join",
    "change",
    "change_contact",
    "compare",
    "declare",
    "end_contact",
    "look",
    "open_address",
    "open_names",
    "open_pair",
    "own_details",
    "part",
    "person",
    "picture",
    "remove_photo",
    "same",
    "set_address",
    "withdraw_name",
]

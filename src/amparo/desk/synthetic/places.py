"""The invented country: three offices in three districts, their streets, courts, stations and markets."""

from __future__ import annotations

from dataclasses import dataclass

CALLING_CODE = "999"


@dataclass(frozen=True, slots=True)
class Place:
    """One office and what lies around it."""

    key: str
    office: str
    district: str
    court: str
    station: str
    prosecution: str
    hospital: str
    shelter: str
    streets: tuple[str, ...]
    villages: tuple[str, ...]


PLACES = (
    Place(
        "harbour", "Harbour", "Harbour District", "District Court of Harbour", "Harbour Central Station",
        "Prosecution Office Harbour", "Harbour Teaching Hospital", "House of the Seven Boats",
        ("Rope Street", "Lantern Lane", "Customs Quay", "Net Makers' Row", "Old Ferry Road", "Tide Street"),
        ("Southpier", "Gull Point", "Salt Flats", "Cannery Quarter"),
    ),
    Place(
        "lakeside", "Lakeside", "Lakeside District", "Magistrates' Court of Lakeside", "Lakeside Rural Station",
        "Prosecution Office Lakeside", "Lakeside General Hospital", "House at the Reeds",
        ("Kiln Road", "Mill Track", "Reed Lane", "Brickfield Way", "Quarry Road", "Canal Street"),
        ("Claybank", "Upper Kilns", "Reedham", "Three Chimneys"),
    ),
    Place(
        "hillside", "Hillside", "Hillside District", "Family and Children's Court of Hillside",
        "Hillside Women's and Children's Desk", "Prosecution Office Hillside", "Hillside Health Centre",
        "House on the Terrace",
        ("School Lane", "Orchard Street", "Bell Tower Road", "Terrace Row", "Spring Street", "Goat Path"),
        ("Upper Orchard", "Stonebridge", "Bellfield", "Pine Saddle"),
    ),
)  # fmt: skip

AGENCIES = (
    "Sister House Network (invented)",
    "Legal Aid of the Coast (invented)",
    "Child Line 999 (invented)",
)
ROOMS = (
    "Evidence room, shelf A2",
    "Evidence room, shelf B1",
    "Evidence room, safe 1",
    "Evidence room, cold box",
)

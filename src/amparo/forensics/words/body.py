"""What the drawings and the parts of the body are called. Sides are always the person's own."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amparo.forensics.words import Labels

_VIEWS: Labels = {
    "front": pgettext_lazy("of a body", "Front"),
    "back": pgettext_lazy("of a body", "Back"),
    "face": _("Face"),
    "head_right": _("Head, right side"),
    "head_left": _("Head, left side"),
    "hands_back": _("Hands, backs"),
    "hands_palm": _("Hands, palms"),
    "genital_female": _("Female genitals"),
    "genital_male": _("Male genitals"),
    "anal": _("Anus"),
}
# The drawings of a child are called as those of an adult: a record has only one of the two.
VIEW_LABELS: Labels = {**_VIEWS, **{f"child_{code}": label for code, label in _VIEWS.items()}}

_SINGLE: Labels = {
    "head": _("head"),
    "neck": _("neck"),
    "belly": _("belly"),
    "hips": _("hips"),
    "back_of_head": _("back of the head"),
    "nape": _("nape"),
    "lower_back": _("lower back"),
    "nose": _("nose"),
    "mouth": _("mouth"),
    "chin": _("chin"),
    "throat": _("throat"),
    "mons": _("pubic area"),
    "pubic_area": _("pubic area"),
    "clitoris": _("clitoris and hood"),
    "urethra": _("opening of the urethra"),
    "vestibule": _("vaginal opening"),
    "fourchette": _("posterior fourchette"),
    "perineum": _("perineum"),
    "anus": _("anus"),
    "penile_shaft": _("shaft of the penis"),
    "glans": _("glans"),
    "meatus": _("opening of the urethra"),
    "anal_opening": _("anus"),
    "cleft": _("cleft"),
}
_SIDED: dict[str, tuple[str | Promise, str | Promise]] = {
    "chest": (_("right side of the chest"), _("left side of the chest")),
    "upper_arm": (_("right shoulder and upper arm"), _("left shoulder and upper arm")),
    "forearm": (_("right forearm"), _("left forearm")),
    "hand": (_("right hand"), _("left hand")),
    "thigh": (_("right thigh"), _("left thigh")),
    "knee": (_("right knee"), _("left knee")),
    "lower_leg": (_("right lower leg"), _("left lower leg")),
    "foot": (_("right foot"), _("left foot")),
    "upper_back": (_("right upper back"), _("left upper back")),
    "buttock": (_("right buttock"), _("left buttock")),
    "forehead": (_("right forehead"), _("left forehead")),
    "eye": (_("right eye"), _("left eye")),
    "ear": (_("right ear"), _("left ear")),
    "cheek": (_("right cheek"), _("left cheek")),
    "temple": (_("right temple"), _("left temple")),
    "crown": (_("crown, right side"), _("crown, left side")),
    "occiput": (_("back of the head, right side"), _("back of the head, left side")),
    "jaw": (_("right jaw"), _("left jaw")),
    "neck": (_("right side of the neck"), _("left side of the neck")),
    "thumb": (_("right thumb"), _("left thumb")),
    "fingers": (_("fingers of the right hand"), _("fingers of the left hand")),
    "back_of_hand": (_("back of the right hand"), _("back of the left hand")),
    "palm": (_("right palm"), _("left palm")),
    "wrist": (_("right wrist"), _("left wrist")),
    "labium_minus": (_("right labium minus"), _("left labium minus")),
    "labium_majus": (_("right labium majus"), _("left labium majus")),
    "scrotum": (_("right side of the scrotum"), _("left side of the scrotum")),
    "anal_skin": (_("skin right of the anus"), _("skin left of the anus")),
}
REGION_LABELS: Labels = {
    **_SINGLE,
    **{f"right_{code}": pair[0] for code, pair in _SIDED.items()},
    **{f"left_{code}": pair[1] for code, pair in _SIDED.items()},
}

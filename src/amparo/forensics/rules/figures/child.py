"""The outlines of a child of about six years: a larger head, a rounder face, shorter limbs, smaller hands.

They have codes of their own, so that a finding always stays on the drawing that it was put on.
"""

from __future__ import annotations

from amparo.forensics.rules.figures.outline import Hand, Region, View, both, hands, pair, profile
from amparo.forensics.words import Anatomy

# ---- the whole body ---------------------------------------------------------------------------------------------

_BODY = (
    "M0,74 C4,74 8,72 8,64 C8,72 11,76 17,78 C27,81 36,82 40,91 C44,101 44,112 46,124 C48,136 52,144 54,156"
    " C56,168 58,178 60,188 C63,195 67,202 66,210 C65,217 61,222 58,222 C54,222 53,215 52,209 C51,202 50,197 48,190"
    " C45,176 41,162 39,150 C36,138 34,128 32,116 C32,130 31,142 31,152 C31,164 33,174 34,186 C36,202 35,220 33,236"
    " C31,248 29,256 28,266 C28,278 30,290 28,302 C26,318 23,332 22,343 C21,349 26,354 27,359 C27,364 19,365 13,364"
    " C9,363 8,356 9,346 C9,332 7,318 7,304 C7,292 9,282 9,270 C8,252 5,226 1,208 L0,206"
)
_HEAD = "M0,4 C17,4 27,16 27,35 C27,46 25,54 19,61 C14,67 7,70 0,70"
_NECK = "M8,64 C8,70 10,74 14,77"
_FRONT_LINES = (
    *both(_NECK, "M27,88 C18,90 9,92 4,90", "M28,188 C19,198 9,204 2,206", "M24,262 C22,273 15,273 13,262"),
    "M0,160 L0,164",
)
_BACK_LINES = (
    *both(_NECK, "M22,98 C12,101 10,116 15,124", "M24,218 C16,223 8,222 2,215", "M13,268 L25,268"),
    "M0,86 L0,174",
    "M0,186 L0,208",
)


def _limbs(*, front: bool) -> tuple[Region, ...]:
    return (
        *pair("upper_arm", 32, 78, 24, 68, front=front),
        *pair("forearm", 36, 146, 36, 44, front=front),
        *pair("hand", 36, 190, 38, 36, front=front),
        *pair("thigh", 0, 214, 38, 42, front=front),
        *pair("knee", 0, 256, 38, 24, front=front),
        *pair("lower_leg", 0, 280, 38, 60, front=front),
        *pair("foot", 0, 340, 38, 28, front=front),
    )


def _front() -> View:
    regions = (
        Region("head", -30, 2, 60, 68),
        Region("neck", -18, 70, 36, 8),
        *pair("chest", 0, 78, 32, 50, front=True),
        Region("belly", -32, 128, 64, 54),
        Region("hips", -36, 182, 72, 32),
        *_limbs(front=True),
    )
    return View("child_front", -80, -6, 160, 378, both(_BODY, _HEAD), _FRONT_LINES, regions, "right")


def _back() -> View:
    regions = (
        Region("back_of_head", -30, 2, 60, 68),
        Region("nape", -18, 70, 36, 8),
        *pair("upper_back", 0, 78, 32, 52, front=False),
        Region("lower_back", -32, 130, 64, 48),
        *pair("buttock", 0, 178, 38, 36, front=False),
        *_limbs(front=False),
    )
    return View("child_back", -80, -6, 160, 378, both(_BODY, _HEAD), _BACK_LINES, regions, "left")


# ---- head and hands ---------------------------------------------------------------------------------------------

_FACE = "M0,8 C42,8 66,38 66,80 C66,104 64,124 52,142 C40,160 18,170 0,170"
_FACE_LINES = (
    *both(
        "M14,98 C20,89 35,89 42,98 C36,106 20,106 14,98",
        "M13,84 C21,78 34,78 43,84",
        "M0,126 C5,128 9,127 11,123",
        "M0,146 C6,143 11,143 16,147 C11,152 6,153 0,153",
        "M65,92 C72,86 77,92 76,104 C75,115 70,124 63,121",
        "M22,165 L22,192",
    ),
    "M0,108 L0,119",
)


def _face() -> View:
    regions = (
        *pair("forehead", 0, 6, 68, 70, front=True),
        *pair("eye", 8, 76, 44, 32, front=True),
        Region("nose", -8, 76, 16, 56),
        *pair("ear", 60, 82, 20, 44, front=True),
        *pair("cheek", 8, 108, 52, 26, front=True),
        Region("mouth", -28, 134, 56, 22),
        Region("chin", -44, 156, 88, 18),
        Region("throat", -34, 174, 68, 24),
    )
    return View("child_face", -90, 0, 180, 200, both(_FACE), _FACE_LINES, regions, "right")


_PROFILE = (
    "M-22,196 C-23,184 -28,174 -38,164 C-56,146 -70,120 -68,90 C-65,42 -32,8 8,8 C44,8 66,32 66,66"
    " C66,75 61,82 63,89 C65,96 71,102 71,107 C71,111 64,110 62,113 C60,117 65,121 64,125 C64,128 60,129 60,132"
    " C62,135 63,139 60,143 C57,149 56,157 47,162 C38,166 28,164 19,160 C12,166 9,180 11,196"
)
_PROFILE_LINES = (
    "M-8,98 C-16,90 -24,96 -22,109 C-20,122 -12,130 -7,123 C-4,117 -2,104 -8,98",
    "M42,95 C47,89 54,90 58,95 C53,102 46,102 42,95",
    "M40,82 C46,77 54,77 60,81",
    "M60,132 C55,133 51,134 48,137",
)
_PROFILE_PARTS = (
    ("temple", 0, 4, 68, 78), ("crown", -70, 4, 70, 76), ("occiput", -70, 80, 42, 72), ("ear", -28, 84, 28, 48),
    ("cheek", 0, 92, 50, 44), ("jaw", -8, 136, 70, 30), ("neck", -44, 148, 60, 50),
)  # fmt: skip
_HAND = Hand(
    outline=(
        "M-22,196 C-23,180 -27,168 -34,157 C-44,145 -58,135 -64,123 C-69,112 -60,105 -52,110 C-45,115 -40,121 -34,123"
        " C-37,108 -40,92 -41,74 C-42,61 -26,59 -25,71 C-23,82 -21,92 -18,102 C-18,86 -18,70 -17,56 C-16,44 -1,44 0,56"
        " C0,72 0,86 1,100 C3,88 5,76 7,66 C9,54 23,56 22,68 C21,80 18,92 17,104 C20,96 24,88 28,82 C34,72 46,78 43,88"
        " C40,102 37,118 36,134 C35,152 27,168 25,196"
    ),
    nails=("M-35,70 L-32,70", "M-10,53 L-7,53", "M13,63 L16,63", "M36,83 L39,84"),
    creases=("M-33,128 C-16,121 14,121 34,135", "M-30,144 C-14,143 2,157 4,188"),
    parts=(
        ("thumb", -70, 102, 36, 50),
        ("fingers", -44, 42, 92, 62),
        ("", -36, 104, 74, 62),
        ("wrist", -36, 166, 74, 32),
    ),
)


# ---- genital views ----------------------------------------------------------------------------------------------


def _female() -> View:
    outline = both(
        "M0,24 C26,24 50,36 52,68 C54,106 36,148 0,188",
        "M0,56 C7,60 14,76 14,98 C14,122 9,140 0,150",
    )
    lines = (
        *both("M0,66 C4,69 7,74 5,80 C3,84 0,85 0,85", "M0,114 C6,116 8,123 7,130 C6,137 3,140 0,140"),
        "M-2,99 C-2,96 2,96 2,99 C2,102 -2,102 -2,99",
        "M-5,202 C-5,195 5,195 5,202 C5,209 -5,209 -5,202",
    )
    regions = (
        Region("mons", -54, 18, 108, 38),
        Region("clitoris", -14, 56, 28, 34),
        Region("urethra", -14, 90, 28, 18),
        Region("vestibule", -8, 108, 16, 34),
        Region("fourchette", -14, 142, 28, 16),
        *pair("labium_minus", 8, 64, 8, 78, front=True),
        *pair("labium_majus", 16, 56, 38, 100, front=True),
        Region("perineum", -36, 158, 72, 34),
        Region("anus", -22, 192, 44, 24),
    )
    return View("child_genital_female", -90, 4, 180, 222, outline, lines, regions, "right", is_genital=True)


def _male() -> View:
    outline = (
        *both("M11,76 C30,84 42,104 41,128 C40,152 22,166 0,166"),
        *both("M0,30 C8,30 12,36 12,46 L12,96 C13,104 13,110 10,118 C7,125 4,130 0,130"),
    )
    lines = (
        *both("M12,102 C8,99 4,98 0,98", "M0,122 C1,124 1,127 0,129"),
        "M0,134 L0,166",
    )
    regions = (
        Region("pubic_area", -54, 12, 108, 24),
        Region("penile_shaft", -14, 36, 28, 62),
        Region("glans", -15, 98, 30, 24),
        Region("meatus", -9, 122, 18, 12),
        *pair("scrotum", 8, 74, 38, 94, front=True),
    )
    return View("child_genital_male", -90, 4, 180, 192, outline, lines, regions, "right", is_genital=True)


def _anal() -> View:
    outline = both("M0,22 C36,16 72,44 72,94 C72,142 40,168 0,166")
    lines = (
        "M-8,98 C-8,87 8,87 8,98 C8,109 -8,109 -8,98",
        "M0,26 L0,84",
        "M0,112 L0,164",
        *both("M8,92 L15,85", "M10,98 L19,98", "M8,104 L15,111"),
    )
    regions = (
        Region("anal_opening", -14, 84, 28, 28),
        *pair("anal_skin", 14, 72, 24, 54, front=False),
        Region("perineum", -28, 112, 56, 56),
        Region("cleft", -24, 20, 48, 52),
        *pair("buttock", 38, 24, 36, 140, front=False),
    )
    return View("child_anal", -95, 6, 190, 182, outline, lines, regions, "left", is_genital=True)


def views(anatomy: Anatomy) -> tuple[View, ...]:
    """All drawings, the body first and the genital ones last."""
    female = (_female(),) if anatomy is not Anatomy.MALE else ()
    male = (_male(),) if anatomy is not Anatomy.FEMALE else ()
    sides = tuple(profile("child_head", side, _PROFILE, _PROFILE_LINES, _PROFILE_PARTS) for side in ("right", "left"))
    both_hands = (hands("child_hands_back", _HAND, backs=True), hands("child_hands_palm", _HAND, backs=False))
    return (_front(), _back(), _face(), *sides, *both_hands, *female, *male, _anal())

"""The outlines of an adult: plain, and alike for everybody."""

from __future__ import annotations

from amparo.forensics.rules.figures.outline import Hand, Region, View, both, hands, pair, profile
from amparo.forensics.words import Anatomy

# ---- the whole body ---------------------------------------------------------------------------------------------

_BODY = (
    "M0,74 C4,74 8,72 9,64 C9,72 12,76 18,79 C29,84 41,85 46,95 C51,105 51,120 53,134 C55,148 59,158 62,172"
    " C65,188 68,202 70,214 C72,222 76,231 75,241 C74,249 70,255 66,255 C62,255 61,247 60,240 C59,232 58,224 57,216"
    " C53,198 48,182 45,166 C42,152 39,138 37,124 C36,140 31,154 30,168 C30,182 36,196 38,212 C41,230 41,252 38,274"
    " C36,292 33,306 32,322 C32,336 35,348 32,364 C30,386 25,404 23,420 C22,428 28,434 30,440 C30,446 21,447 14,446"
    " C10,445 9,436 10,424 C10,404 8,386 8,368 C8,352 10,340 10,324 C9,302 5,268 1,240 L0,238"
)
_HEAD = "M0,8 C13,8 21,18 21,34 C21,42 19,50 15,57 C11,64 5,68 0,68"
_NECK = "M9,64 C9,70 11,75 15,78"
_FRONT_LINES = (
    *both(_NECK, "M30,90 C20,92 10,94 4,92", "M30,212 C20,226 10,236 2,238", "M27,316 C24,330 17,330 14,316"),
    "M0,178 L0,182",
)
_BACK_LINES = (
    *both(_NECK, "M24,104 C12,108 10,128 16,138", "M26,252 C18,258 8,256 2,248", "M14,326 L28,326"),
    "M0,88 L0,200",
    "M0,214 L0,240",
)


def _limbs(*, front: bool) -> tuple[Region, ...]:
    return (
        *pair("upper_arm", 37, 82, 23, 86, front=front),
        *pair("forearm", 42, 168, 38, 48, front=front),
        *pair("hand", 42, 216, 42, 44, front=front),
        *pair("thigh", 0, 248, 44, 68, front=front),
        *pair("knee", 0, 316, 44, 20, front=front),
        *pair("lower_leg", 0, 336, 44, 84, front=front),
        *pair("foot", 0, 420, 44, 30, front=front),
    )


def _front() -> View:
    regions = (
        Region("head", -25, 6, 50, 64),
        Region("neck", -20, 70, 40, 12),
        *pair("chest", 0, 82, 37, 62, front=True),
        Region("belly", -37, 144, 74, 60),
        Region("hips", -42, 204, 84, 44),
        *_limbs(front=True),
    )
    return View("front", -95, -4, 190, 466, both(_BODY, _HEAD), _FRONT_LINES, regions, "right")


def _back() -> View:
    regions = (
        Region("back_of_head", -25, 6, 50, 64),
        Region("nape", -20, 70, 40, 12),
        *pair("upper_back", 0, 82, 37, 66, front=False),
        Region("lower_back", -37, 148, 74, 56),
        *pair("buttock", 0, 204, 42, 44, front=False),
        *_limbs(front=False),
    )
    return View("back", -95, -4, 190, 466, both(_BODY, _HEAD), _BACK_LINES, regions, "left")


# ---- head and hands ---------------------------------------------------------------------------------------------

_FACE = "M0,10 C38,10 60,36 60,78 C60,104 54,128 43,146 C32,163 16,174 0,174"
_EAR = "M59,76 C66,70 71,76 70,88 C69,100 64,110 57,108"
_FACE_LINES = (
    *both(
        "M15,82 C21,75 34,75 40,82 C34,88 21,88 15,82",
        "M12,68 C20,62 34,61 43,67",
        "M0,120 C5,122 10,121 13,117",
        "M0,141 C9,136 18,138 24,142 C17,150 8,152 0,152",
        _EAR,
        "M26,166 L26,192",
    ),
    "M0,84 L0,112",
)


def _face() -> View:
    regions = (
        *pair("forehead", 0, 6, 60, 54, front=True),
        *pair("eye", 8, 60, 44, 32, front=True),
        Region("nose", -8, 60, 16, 66),
        *pair("ear", 54, 66, 22, 46, front=True),
        *pair("cheek", 8, 92, 46, 40, front=True),
        Region("mouth", -30, 126, 60, 28),
        Region("chin", -40, 154, 80, 22),
        Region("throat", -36, 176, 72, 22),
    )
    return View("face", -90, 0, 180, 200, both(_FACE), _FACE_LINES, regions, "right")


_PROFILE = (
    "M-24,196 C-26,182 -30,172 -40,160 C-58,140 -64,112 -62,84 C-59,40 -30,10 8,10 C40,10 58,30 60,58"
    " C60,66 58,72 62,80 C66,90 74,98 74,104 C74,108 66,108 64,110 C62,116 66,120 66,124 C66,127 62,128 62,131"
    " C64,135 65,138 62,142 C58,150 60,160 50,165 C40,169 30,166 22,162 C14,166 12,180 14,196"
)
_PROFILE_LINES = (
    "M-6,86 C-14,78 -22,84 -20,98 C-18,112 -10,120 -5,112 C-2,106 0,92 -6,86",
    "M40,74 C46,70 52,72 55,76 C51,81 44,81 40,74",
    "M38,62 C44,57 52,57 58,61",
    "M62,131 C56,132 52,133 49,135",
)
_PROFILE_PARTS = (
    ("temple", 0, 6, 64, 60), ("crown", -64, 6, 64, 62), ("occiput", -64, 68, 38, 76), ("ear", -26, 74, 30, 50),
    ("cheek", 4, 84, 44, 50), ("jaw", -8, 134, 72, 34), ("neck", -44, 150, 62, 48),
)  # fmt: skip

_HAND = Hand(
    outline=(
        "M-24,196 C-25,176 -28,164 -34,152 C-44,138 -60,126 -66,112 C-70,102 -60,96 -53,102 C-46,108 -40,116 -33,118"
        " C-36,96 -39,66 -41,46 C-42,36 -30,34 -28,44 C-25,60 -22,76 -18,90 C-18,68 -18,44 -17,26 C-16,16 -5,16 -4,26"
        " C-2,48 -2,68 0,90 C2,72 5,52 8,36 C10,26 21,28 20,38 C18,58 16,78 16,96 C20,84 26,70 31,60 C35,52 45,56 43,64"
        " C38,84 36,108 35,126 C34,148 28,166 27,196"
    ),
    nails=("M-35,44 L-33,44", "M-12,26 L-9,26", "M12,37 L16,37", "M36,64 L39,65"),
    creases=("M-33,120 C-16,112 14,112 33,126", "M-30,136 C-14,134 2,150 4,186"),
    parts=(
        ("thumb", -70, 92, 36, 50),
        ("fingers", -44, 14, 92, 82),
        ("", -36, 96, 74, 66),
        ("wrist", -36, 162, 74, 36),
    ),
)


# ---- genital views ----------------------------------------------------------------------------------------------


def _female() -> View:
    outline = both(
        "M0,14 C30,14 58,26 60,60 C62,100 44,150 0,196",
        "M0,50 C10,54 20,72 20,96 C20,124 12,146 0,158",
    )
    lines = (
        *both("M0,62 C6,66 9,72 6,80 C4,84 0,86 0,86", "M0,112 C8,114 11,124 10,132 C8,142 4,146 0,147"),
        "M-2,98 C-2,95 2,95 2,98 C2,101 -2,101 -2,98",
        "M-6,204 C-6,196 6,196 6,204 C6,212 -6,212 -6,204",
    )
    regions = (
        Region("mons", -60, 12, 120, 38),
        Region("clitoris", -20, 50, 40, 38),
        Region("urethra", -20, 88, 40, 20),
        Region("vestibule", -12, 108, 24, 40),
        Region("fourchette", -20, 148, 40, 16),
        *pair("labium_minus", 12, 66, 10, 82, front=True),
        *pair("labium_majus", 22, 50, 40, 110, front=True),
        Region("perineum", -40, 164, 80, 30),
        Region("anus", -24, 194, 48, 26),
    )
    return View("genital_female", -90, 4, 180, 222, outline, lines, regions, "right", is_genital=True)


def _male() -> View:
    # The scrotum first: what is drawn later lies before it.
    outline = (
        *both("M17,74 C40,84 56,108 54,140 C52,168 28,184 0,184"),
        *both("M0,12 C12,12 18,20 18,34 L18,104 C20,112 22,120 18,130 C14,140 6,143 0,143"),
    )
    lines = (
        *both("M18,106 C12,102 6,101 0,101", "M0,134 C1,136 1,139 0,141"),
        "M0,146 L0,184",
    )
    regions = (
        Region("pubic_area", -60, 8, 120, 20),
        Region("penile_shaft", -20, 28, 40, 74),
        Region("glans", -22, 102, 44, 30),
        Region("meatus", -10, 132, 20, 14),
        *pair("scrotum", 10, 74, 48, 112, front=True),
    )
    return View("genital_male", -90, 4, 180, 192, outline, lines, regions, "right", is_genital=True)


def _anal() -> View:
    outline = both("M0,16 C40,10 84,40 84,96 C84,150 46,180 0,178")
    lines = (
        "M-10,100 C-10,86 10,86 10,100 C10,114 -10,114 -10,100",
        "M0,20 L0,84",
        "M0,116 L0,176",
        *both("M10,92 L18,84", "M12,100 L22,100", "M10,108 L18,116"),
    )
    regions = (
        Region("anal_opening", -16, 84, 32, 32),
        *pair("anal_skin", 16, 70, 26, 60, front=False),
        Region("perineum", -30, 116, 60, 60),
        Region("cleft", -26, 16, 52, 54),
        *pair("buttock", 42, 20, 44, 150, front=False),
    )
    return View("anal", -95, 6, 190, 182, outline, lines, regions, "left", is_genital=True)


def views(anatomy: Anatomy) -> tuple[View, ...]:
    """All drawings, the body first and the genital ones last."""
    female = (_female(),) if anatomy is not Anatomy.MALE else ()
    male = (_male(),) if anatomy is not Anatomy.FEMALE else ()
    sides = tuple(profile("head", side, _PROFILE, _PROFILE_LINES, _PROFILE_PARTS) for side in ("right", "left"))
    both_hands = (hands("hands_back", _HAND, backs=True), hands("hands_palm", _HAND, backs=False))
    return (_front(), _back(), _face(), *sides, *both_hands, *female, *male, _anal())

"""Where the marks of a drawing stand. Pure geometry: the same input gives the same picture.

Across, everything is a percentage of the width, so that the axis stretches; down, everything is in pixels.
Right to left is `100 - x` and nothing else. Words (dates, durations) come from a `Speech`.
"""

from __future__ import annotations

from amparo.web.drawing.axis import (
    LANE_WIDTH,
    PHONE_WIDTH,
    Anchor,
    Label,
    Scale,
    Speech,
    Tick,
    Tone,
    text_width,
)
from amparo.web.drawing.curves import CurveDrawing, CurveInput, CurvePoint, curve_drawing
from amparo.web.drawing.custody import CustodyPath, Hold, PendingHandover, SealKind, SealMark, custody_path
from amparo.web.drawing.gains import Gains, Mean, group_gains
from amparo.web.drawing.grids import DotInput, Dots, Grid, GridCell, GridRow, Tile, Tiles, dots, level
from amparo.web.drawing.profile import DomainInput, Profile, Score, restoration_profile
from amparo.web.drawing.small import Bar, Glyph, SmallBars, WindowBar, medical_window, small_bars, track_glyph
from amparo.web.drawing.spans import SpanInput, SpanPoint, Spans, span_lines
from amparo.web.drawing.tracks import (
    CROWDED,
    Lane,
    Listed,
    Mark,
    MarkKind,
    PlacedMark,
    PlacedSpan,
    PlacedWait,
    Span,
    Timeline,
    TrackInput,
    Wait,
    four_tracks,
)

Drawing = (
    Timeline
    | CustodyPath
    | WindowBar
    | Profile
    | Glyph
    | SmallBars
    | Gains
    | CurveDrawing
    | Dots
    | Grid
    | Tiles
    | Spans
)

__all__ = [
    "CROWDED",
    "LANE_WIDTH",
    "PHONE_WIDTH",
    "Anchor",
    "Bar",
    "CurveDrawing",
    "CurveInput",
    "CurvePoint",
    "CustodyPath",
    "DomainInput",
    "DotInput",
    "Dots",
    "Drawing",
    "Gains",
    "Glyph",
    "Grid",
    "GridCell",
    "GridRow",
    "Hold",
    "Label",
    "Lane",
    "Listed",
    "Mark",
    "MarkKind",
    "Mean",
    "PendingHandover",
    "PlacedMark",
    "PlacedSpan",
    "PlacedWait",
    "Profile",
    "Scale",
    "Score",
    "SealKind",
    "SealMark",
    "SmallBars",
    "Span",
    "SpanInput",
    "SpanPoint",
    "Spans",
    "Speech",
    "Tick",
    "Tile",
    "Tiles",
    "Timeline",
    "Tone",
    "TrackInput",
    "Wait",
    "WindowBar",
    "curve_drawing",
    "custody_path",
    "dots",
    "four_tracks",
    "group_gains",
    "level",
    "medical_window",
    "restoration_profile",
    "small_bars",
    "span_lines",
    "text_width",
    "track_glyph",
]

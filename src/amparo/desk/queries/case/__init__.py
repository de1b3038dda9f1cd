"""One case as the reader may see it: the four tracks drawn, then its people, promises, notes and rooms."""

from amparo.desk.queries.case.closing import CHECK_LABELS, closing_sheet
from amparo.desk.queries.case.drawing import SPANS
from amparo.desk.queries.case.page import case_sheet

__all__ = [
    "CHECK_LABELS",
    "SPANS",
    "case_sheet",
    "closing_sheet",
]

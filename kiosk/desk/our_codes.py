"""What the codes of our own papers look like, so that the camera believes them by what they say, wherever they stand."""

from __future__ import annotations

from kiosk.desk.understand import CASE_CODE
from kiosk.paper.code import PREFIX, well_formed
from scanner.barcodes import ContentForm, ContentForms

# application forms and slips that name the case; signed receipts and slips (their signature is checked when the desk opens them)
OUR_CODES = ContentForms(
    ContentForm(prefix="YH1:", pattern=CASE_CODE.pattern),
    ContentForm(prefix=f"{PREFIX}:", pattern=r".+", check=well_formed),
)

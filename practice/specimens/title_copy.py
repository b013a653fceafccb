"""Bank-sealed copy of a mortgaged title (C03): a black-and-white copy of either title with the bank's red seal."""

from __future__ import annotations

import numpy as np

from practice.specimens import property_title_new, property_title_old
from practice.specimens.base import Kind, Raw
from practice.specimens.ornaments import round_seal
from practice.specimens.sheet import Sheet


def _copy_of(original: Kind, *, old: bool) -> Kind:
    def paint(sheet: Sheet, raw: Raw) -> None:
        original.paint(sheet, raw)
        grey = np.asarray(sheet.image.convert("L"))
        sheet.paint(np.repeat(grey[:, :, None], 3, axis=2))
        width, height = original.size_mm
        sheet.text("此复印件与原件一致(样本)", width * 0.06, height * 0.93, 4.0)
        round_seal(sheet, "虚构银行深圳样本支行", "业务专用章", width * 0.3, height * 0.88, 17.0)

    def leaves(raw: Raw) -> list[tuple[str, Raw]]:
        return [(original.page, raw)] if str(raw["cert_no"]).startswith("深房地字") is old else []

    return Kind("C03", original.page, "抵押房产证复印件(盖银行章)", original.size_mm, original.printed, paint, leaves)


KINDS = (_copy_of(property_title_old.KINDS[0], old=True), _copy_of(property_title_new.KINDS[0], old=False))

"""Papers at the edges of what may come: long names, many materials, many reasons, every language."""

from __future__ import annotations

from dataclasses import replace

from kiosk.paper.model import MaterialLine, MaterialState, Paper, PaperKind, ReasonLine
from kiosk.texts import LANGUAGES

LONG_NAME = "阿卜杜热西提·麦麦提伊敏·吐尔逊江·买买提艾力"


def many_materials(count: int) -> tuple[MaterialLine, ...]:
    states = list(MaterialState)
    return tuple(
        MaterialLine(
            f"C{i:02d}",
            f"集体宿舍证明(单位章、居委会章)及产权或租赁证明第{i}件",
            states[i % 5],
            "不动产登记部门",
            "2014年4月12日",
        )
        for i in range(count)
    )


def many_reasons(count: int) -> tuple[ReasonLine, ...]:
    about = "不动产权证书 坐落 南山区桃源街道虚构西路21号例林居3栋1502 / 居民户口簿 住址 南山区桃源街道虚构西路21号例林居5栋1502"
    return tuple(
        ReasonLine(
            "R-ADDR-DIFF",
            "户籍地址与申报房产地址不一致，请更正申请类别或补充说明",
            about,
            "先在网上更正，再带上述原件来。",
            i % 3 != 2,
        )
        for i in range(count)
    )


def variants(paper: Paper) -> dict[str, Paper]:
    return {
        "receipt": paper,
        "referral": replace(paper, kind=PaperKind.REFER, reasons=many_reasons(1), category=""),
        "training reprint": replace(paper, practice=True, copy_no=12),
        "long name": replace(paper, child_name=LONG_NAME, school="南山区虚构外国语学校(集团)样例湾实验部小学部"),
        "longest name": replace(paper, child_name=(LONG_NAME * 3)[:50]),
        "many materials": replace(paper, materials=many_materials(14)),
        "many reasons": replace(paper, kind=PaperKind.SLIP, materials=many_materials(13), reasons=many_reasons(9)),
        **{language: replace(paper, language=language, reasons=many_reasons(2)) for language in LANGUAGES},
    }

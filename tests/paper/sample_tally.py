"""A tally with a line of every kind."""

from __future__ import annotations

from kiosk.paper.tally_model import TallyLine, TallyPaper, TallySection

CHAIN = ("记录链最后一条：第 1843 条，校验值", "3f" * 32)


def tally(**changes: object) -> TallyPaper:
    base: dict[str, object] = {
        "title": "2024年5月18日验核日结单",
        "facts": (
            ("日期", "2024年5月18日(星期六)"),
            ("学校", "南山区虚构小学"),
            ("桌位", "2号桌（X01-3FA29C1B）"),
            ("制单", "2024年5月18日 17:20 经办号 031"),
        ),
        "verdict": "各项数字互相核对一致",
        "differences": (),
        "sections": (
            TallySection(
                "到场家庭",
                (
                    TallyLine("办理的申请", "61"),
                    TallyLine("出回执", "44", True),
                    TallyLine("退回", "11", True),
                    TallyLine("待区核定", "4", True),
                    TallyLine("挂起，未决定", "2", True),
                ),
            ),
            TallySection(
                "单据",
                (
                    TallyLine("用掉的单据编号", "60"),
                    TallyLine("起止编号", "NS2024-X01-3FA29C1B-000124 – NS2024-X01-3FA29C1B-000183", True),
                    TallyLine("重印次数", "3"),
                ),
            ),
            TallySection(
                "退回原因（按单计）", (TallyLine("网上填报信息与原件不一致,请更正填报（R-DECL-DIFF）", "7", True),)
            ),
        ),
        "chain": CHAIN,
        "note": "以上各数由本机记录链逐条数出，不含姓名和证件号码。",
    }
    return TallyPaper(**{**base, **changes})  # type: ignore[arg-type]


DIFFERENCES = (
    "编号跳过了：000131, 000132。请查这些编号的纸在不在，并告诉管理员",
    "决定了但没有打印出来：NS2024-X01-3FA29C1B-000140。请重印交给家长",
)

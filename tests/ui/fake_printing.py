"""Printing without a printer: answers at once, on the caller's thread or later when the test says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from kiosk.desk.printing_port import PrintNews, TallyNews
from kiosk.paper.press import ChoiceError, PrinterChoice
from kiosk.paper.tally_model import TallyLine, TallyPaper, TallySection
from kiosk.texts import Text, text

TODAY = date(2024, 5, 18)
DIFFERENCES = (
    "编号跳过了：000131, 000132。请查这些编号的纸在不在，并告诉管理员",
    "2 家的原件还没有确认交还。请找到原件，当面交还后确认",
)


def paper(day: date, *differences: str, language: str = "zh_CN") -> TallyPaper:
    return TallyPaper(
        title=f"{day.year}年{day.month}月{day.day}日验核日结单",
        facts=(
            ("日期", day.isoformat()),
            ("学校", "南山区虚构小学"),
            ("桌位", "2号桌（X01-02）"),
            ("制单", "17:20 经办号 031"),
        ),
        verdict=f"有 {len(differences)} 处要看" if differences else "各项数字互相核对一致",
        differences=differences,
        sections=(
            TallySection(
                "到场家庭",
                (
                    TallyLine("办理的申请", "61"),
                    TallyLine("出回执", "44", True),
                    TallyLine("退回", "11", True),
                    TallyLine("待区核定", "4", True),
                    TallyLine("挂起，未决定", "2", True),
                    TallyLine("不在名单上的来访", "3"),
                ),
            ),
            TallySection(
                "单据",
                (
                    TallyLine("用掉的单据编号", "60"),
                    TallyLine("起止编号", "NS2024-X01-02-000124 – NS2024-X01-02-000183", True),
                    TallyLine("打印出来的单据", "59"),
                    TallyLine("重印次数", "3"),
                ),
            ),
            TallySection(
                "退回原因（按单计）",
                (
                    TallyLine("网上填报信息与原件不一致,请更正填报（R-DECL-DIFF）", "7", True),
                    TallyLine("缺少规定材料（R-MISSING）", "5", True),
                ),
            ),
            TallySection("人工改判（机器判为不一致）", (TallyLine("机器看错了（MISREAD），经办号 031", "4"),)),
            TallySection("原件", (TallyLine("当面交还的原件", "312"),)),
            TallySection(
                "上传平台",
                (TallyLine("今日记录", "1843"), TallyLine("平台已收", "1840", True), TallyLine("等待上传", "3", True)),
            ),
        ),
        chain=("记录链最后一条：第 1843 条，校验值", "3f" * 32),
        note="以上各数由本机记录链逐条数出，不含姓名和证件号码。",
        language=language,
    )


@dataclass
class FakePrinting:
    chosen: PrinterChoice = field(default_factory=PrinterChoice)
    differences: tuple[str, ...] = ()
    known: tuple[PrinterChoice, ...] = (PrinterChoice("ipp://localhost:631/printers/office"),)
    print_ends: PrintNews = field(default_factory=lambda: PrintNews("printed", text("tally.printed")))
    asked: list[str] = field(default_factory=list)

    def tally(self, day: date | None, language: str, done: Callable[[TallyNews], None]) -> None:
        wanted = day or TODAY
        earlier = TODAY - timedelta(days=1) if wanted == TODAY else None
        later = TODAY if wanted < TODAY else None
        self.asked.append(f"tally {wanted}")
        done(TallyNews(wanted, paper(wanted, *self.differences), earlier=earlier, later=later))

    def print_tally(self, day: date, language: str, done: Callable[[PrintNews], None]) -> None:
        self.asked.append(f"print {day}")
        done(PrintNews("printing", text("tally.printing")))
        done(self.print_ends)

    def choice(self) -> PrinterChoice:
        return self.chosen

    def queues(self, done: Callable[[tuple[PrinterChoice, ...]], None]) -> None:
        done(self.known)

    def test_page(self, choice: PrinterChoice, language: str, done: Callable[[PrintNews], None]) -> None:
        self.asked.append(f"test {choice.uri}")
        done(self.print_ends)

    def choose(self, choice: PrinterChoice) -> Text | None:
        try:
            choice.sheet  # noqa: B018 - raises for what is unknown
        except ChoiceError as problem:
            return text(f"printing.problem.{problem.what}")
        self.chosen = choice
        return None

"""A desk without a desk: every state a window must be able to show, and a record of what the window asked for.

``FakeDesk`` implements kiosk.desk.view.DeskPort: ``publish`` sends a view as the desk's thread would; answers change the view the
way the real desk does (the next waiting row moves up), so that a case can be walked through with keys alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import numpy as np
from fake_family import family_of
from paper_pictures import DESK_CORNERS, crop, desk_frame, page

from kiosk.desk.conflicts_view import ConflictSide, ConflictsView, ConflictView, SettlingReason
from kiosk.desk.devices_port import CameraChoice, Glimpse
from kiosk.desk.flow_view import SiblingView, TodayRow, TodayView, VisitorChoice, VisitorView, WalkInChoice, WalkInView
from kiosk.desk.people_view import Door, PeopleView, PersonChoice
from kiosk.desk.view import (
    Candidate,
    CaseView,
    ChecklistItem,
    ComparisonRow,
    DecisionView,
    DeskView,
    DeviceView,
    DocumentView,
    HeaderView,
    ItemState,
    Light,
    Notice,
    PaperView,
    Phase,
    PreviewView,
    QuestionView,
    ReasonChoice,
    ReasonView,
    RowVerdict,
)
from kiosk.texts import Text, text
from scanner.types import Frame
from ui.practice.port import PracticeFamily, PracticePaper


def said(sentence: str) -> Text:
    """A sentence that is its own key: the fake desk needs no catalogue."""
    return Text(sentence)


def header(**changes: object) -> HeaderView:
    base = HeaderView(
        school="南山区虚构小学",
        desk="2号桌",
        staff="李老师",
        practice=False,
        network=DeviceView(Light.OK, said("在线")),
        camera=DeviceView(Light.OK, said("正常")),
        printer=DeviceView(Light.OK, said("正常")),
        reader=DeviceView(Light.OK, said("正常")),
        waiting_events=0,
        waiting_images=0,
        seen_today=23,
        expected_today=61,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def row(
    doc_id: str, field: str, label: str, declared: str, read: str, verdict: RowVerdict, why: str = "", printed: str = ""
) -> ComparisonRow:
    waiting = verdict in (RowVerdict.ASK, RowVerdict.MISMATCH)
    picture = crop(printed or read, blur=1.3 if verdict is RowVerdict.ASK else 0.6, seal=verdict is RowVerdict.ASK)
    return ComparisonRow(doc_id, field, said(label), declared, read, picture, verdict, said(why), waiting)


HOUSEHOLD = "A01:household"
FATHER = "A03:father"
ADDRESS = "南山区粤海街道虚构路18号样例花园三栋二单元1502"


@lru_cache
def household() -> DocumentView:
    why_name = "姓名有一个字没有把握，请看原件"
    why_address = "原件是5栋，填报是3栋"
    rows = (
        row(HOUSEHOLD, "members[child].name", "儿童姓名", "陈试远", "陈试远", RowVerdict.MATCH, "逐字一致"),
        row(
            HOUSEHOLD,
            "members[child].id_no",
            "证件号码",
            "440000200802140135",
            "440000200802140135",
            RowVerdict.MATCH,
            "校验码正确",
        ),
        row(HOUSEHOLD, "members[mother].name", "母亲姓名", "林例禾", "林例木", RowVerdict.ASK, why_name, "林例禾"),
        row(
            HOUSEHOLD,
            "address",
            "户口地址",
            ADDRESS,
            "广东省深圳市南山区粤海街道虚构路18号样例花园5栋2单元1502室",
            RowVerdict.MISMATCH,
            why_address,
        ),
        row(
            HOUSEHOLD,
            "members[child].birth_date",
            "出生日期",
            "2008-02-14",
            "2008年2月14日",
            RowVerdict.MATCH,
            "写法不同，日期一致",
        ),
        row(HOUSEHOLD, "head_name", "户主", "陈拟山", "陈拟山", RowVerdict.MATCH, "逐字一致"),
    )
    return DocumentView(
        HOUSEHOLD,
        "居民户口簿 · 3/4 页",
        page("常住人口登记卡", ["姓名  陈试远", "出生日期  2008年2月14日", "公民身份号码  440000200802140135"]),
        rows,
    )


@lru_cache
def father() -> DocumentView:
    rows = (
        row(FATHER, "name", "姓名", "陈拟山", "陈拟山", RowVerdict.MATCH, "逐字一致"),
        row(FATHER, "id_no", "证件号码", "440000197803120174", "440000197803120174", RowVerdict.MATCH, "校验码正确"),
    )
    return DocumentView(
        FATHER, "父亲身份证 · 正反面", page("居民身份证", ["姓名  陈拟山", "公民身份号码  440000197803120174"]), rows
    )


def checklist(**states: ItemState) -> tuple[ChecklistItem, ...]:
    """``states`` overrides by material code, ``A03=ItemState.VERIFIED``."""
    rows = (
        ChecklistItem("G01", "学位申请表", ItemState.VERIFIED, said("二维码与申请号一致"), None, None),
        ChecklistItem(
            "A01", "居民户口簿（全家）", ItemState.ATTENTION, said("儿童是深圳户籍"), said("3/4 页"), HOUSEHOLD
        ),
        ChecklistItem("A03", "父亲身份证", ItemState.VERIFIED, said("到场的监护人"), said("2/2 页"), FATHER),
        ChecklistItem("A04", "出生医学证明", ItemState.EXPECTED, said("每个儿童都要"), None, None),
        ChecklistItem(
            "C01|C02",
            "房产证或不动产权证书",
            ItemState.WAIVED_BY_DATA,
            said("不动产登记部门 4月15日已比对：权利人、坐落一致"),
            None,
            None,
        ),
        ChecklistItem("E01", "计划生育证明", ItemState.WAIVED_BY_DATA, said("卫计部门 4月15日已比对"), None, None),
    )
    return tuple(replace(item, state=states.get(item.material.split("|")[0], item.state)) for item in rows)


REASONS = (
    ReasonView(
        "R-ADDR-DIFF",
        "户口簿地址的楼栋号与网上填报不同：原件是5栋，填报是三栋。请先在网上更正，或带能说明的材料。",
        "居民户口簿",
        True,
    ),
    ReasonView("R-MISSING", "缺少出生医学证明原件。", "出生医学证明", True),
)
HOLD_REASONS = (
    ReasonChoice("FETCH", said("家长去取材料")),
    ReasonChoice("COPY", said("需要复印或更正")),
    ReasonChoice("QUEUE", said("排队让一让")),
    ReasonChoice("OTHER", said("其他")),
)
MISMATCH_REASONS = (
    ReasonChoice("R-DECL-DIFF", said("网上填报与原件不一致")),
    ReasonChoice("R-ADDR-DIFF", said("住址与申请类别不符")),
    ReasonChoice("R-COPY", said("出示的是复印件")),
)
OVERRIDE_REASONS = (
    ReasonChoice("O-NOTATION", said("只是写法不同，意思一样")),
    ReasonChoice("O-MISREAD", said("机器读错了，原件上是一致的")),
    ReasonChoice("O-OTHER-PAPER", said("另有原件可以证明")),
)


def case(**changes: object) -> CaseView:
    """A case at work: a row that asks, a row that differs, a question."""
    base = CaseView(
        application_no="NS2014X01000001",
        child="陈试远",
        category="深户本区 · 自有住房",
        checklist=checklist(),
        documents=(household(), father()),
        current_doc=HOUSEHOLD,
        current_row=2,
        questions=(QuestionView("seal:A01", said("户口簿上有户口专用章（红色原章）吗？"), None),),
        decision=DecisionView(
            decision="PENDING",
            outstanding=(said("请看图 2 处"), said("户口簿 1 页"), said("出生医学证明")),
            reasons=REASONS,
            allowed=("RETURN",),
        ),
        paper=None,
        next_step=said("请看图：母亲姓名"),
        can_undo=True,
        mismatch_reasons=MISMATCH_REASONS,
        override_reasons=OVERRIDE_REASONS,
        hold_reasons=HOLD_REASONS,
    )
    return _seen_by_family(replace(base, **changes))  # type: ignore[arg-type]


def _seen_by_family(view: CaseView) -> CaseView:
    """With what the family may see of it, unless a test says what that is."""
    known = view.family is not None and view.family.visit == f"visit-{view.application_no}"
    given = view.family.notice.given if known and view.family is not None else "screen"
    return replace(view, family=family_of(view, given=given))


def clean_case(**changes: object) -> CaseView:
    """Everything settled: only the decision is left."""
    document = household()
    settled = tuple(
        replace(r, verdict=RowVerdict.CONFIRMED if r.needs_person else r.verdict, needs_person=False)
        for r in document.rows
    )
    done = checklist(A01=ItemState.VERIFIED_BY_PERSON, A04=ItemState.VERIFIED)
    base = case(
        checklist=done,
        documents=(replace(document, rows=settled, title="居民户口簿 · 4/4 页"), father()),
        current_row=None,
        questions=(QuestionView("seal:A01", said("户口簿上有户口专用章（红色原章）吗？"), True),),
        decision=DecisionView("RECEIPT", (), (), allowed=("RECEIPT", "RETURN", "REFER")),
        next_step=said("材料齐全，可以出回执"),
    )
    return _seen_by_family(replace(base, **changes))  # type: ignore[arg-type]


def states() -> dict[str, tuple[DeskView, PreviewView | None]]:
    """Every state by name, with the camera picture that goes with it."""
    head = header()
    receipt = PaperView("NS2014-X01-02-0024", "printed", said("回执已打印，2 份"), "回执/NS2014-X01-02-0024.pdf", 2)
    slip = PaperView(
        "NS2014-X01-02-0025", "failed", said("打印机缺纸，退回单还没有印出来。请加纸后按“重印”，内容已保存。"), "", 0
    )
    checking = DeskView(Phase.CHECKING, head, case=case())
    return {
        "01-empty": (DeskView(Phase.FINDING, head), preview("searching", "把二维码放到摄像头下")),
        "02-candidates": (DeskView(Phase.CANDIDATES, head, candidates=CANDIDATES, query="csy"), None),
        "03-just-opened": (
            DeskView(Phase.CHECKING, head, case=opened()),
            preview("seen", "有反光：请把纸向左倾斜", paper=True),
        ),
        "04-ask": (checking, preview("hold_still", "别动，马上拍", paper=True)),
        "05-mismatch": (
            DeskView(Phase.CHECKING, head, case=case(current_row=3, next_step=said("请看图：户口地址"))),
            preview("captured", "拍好了，请拿走", paper=True),
        ),
        "06-question": (
            DeskView(
                Phase.CHECKING,
                head,
                case=clean_case(questions=case().questions, decision=case().decision, next_step=said("请看公章")),
            ),
            preview("searching", "放上出生医学证明"),
        ),
        "07-reading": (
            DeskView(Phase.CHECKING, head, case=case(reading=True)),
            preview("captured", "拍好了，请放下一份", paper=True),
        ),
        "08-ready": (DeskView(Phase.CHECKING, head, case=clean_case()), preview("searching", "材料都看过了")),
        "09-receipt": (
            DeskView(Phase.DECIDED, head, case=clean_case(paper=receipt, next_step=said("交还原件，叫下一个家庭"))),
            None,
        ),
        "10-return": (
            DeskView(
                Phase.DECIDED,
                header(printer=DeviceView(Light.BAD, said("缺纸"))),
                case=case(
                    paper=slip,
                    decision=DecisionView("RETURN", (), REASONS),
                    next_step=said("加纸后按 Ctrl+P 重印"),
                ),
            ),
            None,
        ),
        "11-practice": (
            replace(checking, header=header(practice=True)),
            preview("hold_still", "别动，马上拍", paper=True),
        ),
        "12-offline": (
            replace(
                checking,
                header=header(
                    network=DeviceView(Light.WARN, said("断网，照常办理")), waiting_events=37, waiting_images=12
                ),
                notice=Notice(1, "info", said("网络断了。可以照常验核，结果存在本机，连上后自动上传。")),
            ),
            preview("searching", "放上出生医学证明"),
        ),
        "13-camera-lost": (
            replace(
                checking,
                header=header(camera=DeviceView(Light.BAD, said("断开"))),
                notice=Notice(2, "error", said("摄像头断开了。请把插头重新插好，程序会自己接上；已核的内容都在。")),
            ),
            preview("stopped", "请检查摄像头插头"),
        ),
        "15-sign-in": (people_at(Door.SIGN_IN), None),
        "16-locked": (
            people_at(
                Door.LOCKED,
                number="031",
                name="李例明",
                case_kept=True,
                said=said("编号或密码不对，请稍等再试"),
                said_serial=3,
                wait_s=30,
            ),
            None,
        ),
        "17-revoked": (people_at(Door.REVOKED), None),
        "18-locked-without-pins": (people_at(Door.LOCKED, with_pins=False, choices=(), case_kept=True), None),
        "19-it": (
            DeskView(
                Phase.FINDING,
                head,
                people=replace(people_at(Door.OPEN).people, may_work=False, roles=("it",), name="何维"),
            ),
            None,
        ),
        "24-supervisor": (  # the own PIN makes room for the message
            replace(
                people_at(Door.OPEN, number="007", name="王拟", roles=("supervisor",), may_change_pin=True),
                header=head,
                notice=Notice(24, "error", said("摄像头断开了。请把插头重新插好，程序会自己接上；已核的内容都在。")),
            ),
            None,
        ),
        "14-supplement": (
            DeskView(
                Phase.CHECKING,
                head,
                case=opened(earlier=(said("4月19日 已退回：户口簿地址与填报不同"), said("家长已于4月21日在网上更正"))),
            ),
            preview("searching", "放上户口簿"),
        ),
        "20-walk-in": (DeskView(Phase.FINDING, head, query="陈拟无", walk_in=WALK_IN), None),
        "37-walk-in-noted": (DeskView(Phase.FINDING, head, walk_in_noted=True), None),
        "17-today": (DeskView(Phase.FINDING, head, today=TODAY), None),
        "18-today-empty": (DeskView(Phase.FINDING, head, today=TodayView(())), None),
        "21-who-came": (
            DeskView(Phase.CHECKING, head, case=opened(visitor=VISITOR)),
            preview("searching", "放上户口簿"),
        ),
        "22-came-mother": (
            DeskView(
                Phase.CHECKING,
                head,
                case=case(visitor=replace(VISITOR, who="mother"), siblings=TWINS),
            ),
            preview("searching", "放上出生医学证明"),
        ),
        "23-carried-over": (
            DeskView(
                Phase.CHECKING,
                head,
                case=case(
                    documents=(replace(father(), carried=said("4月19日已验原件")),),
                    current_doc=FATHER,
                    current_row=None,
                    questions=(),
                    checklist=checklist(A01=ItemState.EXPECTED),
                    earlier=(said("2014-04-19 已退回：户口簿地址与填报不同"),),
                    note=said("4月19日已验的 3 份不用再出示；要再看原件，选中它按 Del"),
                ),
            ),
            preview("searching", "放上户口簿"),
        ),
        "19-resumed": (
            DeskView(
                Phase.CHECKING,
                head,
                case=opened(note=said("04-19 09:32 暂存：家长去取材料。当时还差：出生医学证明")),
            ),
            preview("searching", "放上出生医学证明"),
        ),
        "15-siblings": (
            replace(checking, case=case(application_no="NS2014X01000090", siblings=TWINS)),
            preview("searching", "放上出生医学证明"),
        ),
        "16-next-child": (
            DeskView(
                Phase.DECIDED,
                head,
                case=clean_case(
                    paper=receipt, siblings=TWINS, next_child="欧**昇", originals=("居民户口簿", "父亲身份证")
                ),
            ),
            None,
        ),
    }


CHOICES = (
    PersonChoice("007", "王*"),
    PersonChoice("031", "李*明"),
    PersonChoice("032", "赵*"),
    PersonChoice("T0417", "阿*"),
    PersonChoice("900", "何*"),
)


def people_at(door: Door, **changes: object) -> DeskView:
    """The desk as windows see it while nobody works there (or IT does)."""
    people = PeopleView(door=door, choices=CHOICES, with_pins=True)
    head = header(staff="", waiting_events=37, waiting_images=12)
    return DeskView(Phase.FINDING, head, people=replace(people, **changes))  # type: ignore[arg-type]


WALK_IN = WalkInView(
    "陈拟无",
    tuple(
        WalkInChoice(code, text(f"flow.walk_in.{code}.title"), text(f"flow.walk_in.{code}.tell"))
        for code in ("OTHER_SCHOOL", "NOT_DELIVERED", "NOT_APPLIED", "OTHER")
    ),
)
TODAY = TodayView(
    (
        TodayRow(
            "NS2014X01000017", "程*雨", "HELD", "09:32", said("家长去取材料"), ("ns2014x01000017", "程样雨", "cyy")
        ),
        TodayRow("NS2014X01000090", "欧**昂", "OPEN", "09:51", None, ("ns2014x01000090", "oyla")),
        TodayRow("NS2014X01000032", "陈*怡", "RETURN", "09:40", None, ("ns2014x01000032", "csy")),
        TodayRow("NS2014X01000044", "杨*", "REFER", "09:11", None, ("ns2014x01000044", "ys")),
        TodayRow("NS2014X01000001", "陈*远", "RECEIPT", "09:02", None, ("ns2014x01000001", "csy")),
    ),
    walk_ins=2,
)
VISITOR = VisitorView(
    "",
    "father",
    (
        VisitorChoice("father", said("父亲")),
        VisitorChoice("mother", said("母亲")),
        VisitorChoice("proxy", said("代办人")),
    ),
)
TWINS = (
    SiblingView("NS2014X01000090", "欧**昂", "OPEN", said("正在办"), True),
    SiblingView("NS2014X01000091", "欧**昇", "RETURN", said("已退回"), False),
)
CANDIDATES = (
    Candidate("NS2014X01000001", "陈*远", "南山区虚构小学", None),
    Candidate("NS2014X01000017", "程*雨", "南山区虚构小学", said("4月19日来过：已退回，缺出生医学证明")),
    Candidate("NS2014X01000032", "陈*怡", "南山区虚构小学", None),
)


def opened(**changes: object) -> CaseView:
    """A case just opened: nothing shown yet."""
    fresh = {"A01": ItemState.EXPECTED, "A03": ItemState.EXPECTED}
    base = case(
        checklist=tuple(replace(item, progress=None, doc_id=None) for item in checklist(**fresh)),
        documents=(),
        current_doc=None,
        current_row=None,
        questions=(),
        decision=DecisionView(
            "PENDING",
            (said("户口簿"), said("父亲身份证"), said("出生医学证明")),
            REASONS,
            allowed=("RETURN", "REFER"),
        ),
        next_step=said("放上户口簿，一页一页来"),
        can_undo=False,
    )
    return _seen_by_family(replace(base, **changes))  # type: ignore[arg-type]


@lru_cache
def _frame(paper: bool) -> np.ndarray:
    return desk_frame(household().page_jpeg if paper else None)


def preview(state: str, hint: str, *, paper: bool = False, index: int = 1) -> PreviewView:
    frame = Frame(_frame(paper), 0.0, index)
    return PreviewView(frame, DESK_CORNERS if paper else None, state, said(hint))


def conflicts() -> ConflictsView:
    """One application that waits, one that was settled here and not confirmed, one that is settled."""
    mine = ConflictSide(
        "a",
        "2号桌",
        True,
        "031 李*明",
        "04-19 09:12",
        "RECEIPT",
        text("elsewhere.outcome.RECEIPT"),
        "NS2014-X01-02-0024",
    )
    theirs = ConflictSide(
        "b", "9号桌", False, "032 赵*", "04-19 10:40", "RETURN", text("elsewhere.outcome.RETURN"), "NS2014-X01-09-0007",
        ("缺少出生医学证明原件。", "户口簿地址的楼栋号与网上填报不同：原件是5栋，填报是三栋。"),
    )  # fmt: skip
    pending = text("elsewhere.pending", desk="9号桌", outcome=theirs.outcome, number=theirs.paper_no)
    done = text(
        "elsewhere.settled.mine_stands", who="032 赵*", desk="2号桌", outcome=mine.outcome, number=mine.paper_no,
        withdrawn=theirs.paper_no,
    )  # fmt: skip
    codes = ("COMPLETE", "LATER", "MISTAKE", "AGREED")
    return ConflictsView(
        (
            ConflictView("NS2014X01000001", "陈*远", mine, (theirs,), "open"),
            ConflictView("NS2014X01000017", "程*雨", mine, (theirs,), "pending", pending),
            ConflictView("NS2014X01000032", "陈*怡", mine, (theirs,), "settled", done, mine.paper_no),
        ),
        tuple(SettlingReason(code, text(f"conflicts.reason.{code}")) for code in codes),
    )


class FakePeople:
    """kiosk.desk.people_view.PeoplePort that remembers what it was asked; PINs too, as a test may."""

    def __init__(self, calls: list[tuple[object, ...]]) -> None:
        self.calls = calls

    def sign_in(self, number: str, pin: str) -> None:
        self.calls.append(("sign_in", number, pin))

    def resume(self) -> None:
        self.calls.append(("resume",))

    def lock(self, *, idle: bool = False) -> None:
        self.calls.append(("lock", "idle" if idle else "by_hand"))

    def confirm_second(self, number: str, pin: str) -> None:
        self.calls.append(("confirm_second", number, pin))

    def cancel_second(self) -> None:
        self.calls.append(("cancel_second",))

    def change_pin(self, old: str, new: str) -> None:
        self.calls.append(("change_pin", old, new))

    def show_overrides(self, on: bool) -> None:
        self.calls.append(("show_overrides", on))


class FakeConflicts:
    """kiosk.desk.conflicts_view.ConflictsPort that remembers what it was asked."""

    def __init__(self, calls: list[tuple[object, ...]]) -> None:
        self.calls = calls

    def show(self, on: bool) -> None:
        self.calls.append(("show_conflicts", on))

    def settle(self, application_no: str, stands: str, reason: str = "") -> None:
        self.calls.append(("settle", application_no, stands, reason))

    def print_again(self, paper_no: str) -> None:
        self.calls.append(("print_again", paper_no))


class FakeDesk:
    """Keeps every call in ``calls`` as (name, arguments)."""

    def __init__(self, view: DeskView | None = None) -> None:
        self.view = view or DeskView(Phase.FINDING, header())
        self.calls: list[tuple[object, ...]] = []
        self.people = FakePeople(self.calls)
        self.conflicts = FakeConflicts(self.calls)
        self.shown: PreviewView | None = None
        self._listeners: list[Callable[[DeskView], None]] = []

    def publish(self, view: DeskView) -> None:
        self.view = view
        for listener in list(self._listeners):
            listener(view)

    def subscribe(self, listener: Callable[[DeskView], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        listener(self.view)
        return lambda: self._listeners.remove(listener)

    @property
    def listeners(self) -> int:
        return len(self._listeners)

    def preview(self) -> PreviewView | None:
        return self.shown

    # ── intents ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def find(self, query: str) -> None:
        self.calls.append(("find", query))

    def open_case(self, application_no: str) -> None:
        self.calls.append(("open_case", application_no))

    def shoot(self) -> None:
        self.calls.append(("shoot",))

    def show_document(self, doc_id: str) -> None:
        self.calls.append(("show_document", doc_id))

    def show_child(self, application_no: str) -> None:
        self.calls.append(("show_child", application_no))

    def answer_field(self, doc_id: str, field: str, answer: str, reason_code: str = "") -> None:
        self.calls.append(("answer_field", doc_id, field, answer, reason_code))
        verdicts = {"match": RowVerdict.CONFIRMED, "mismatch": RowVerdict.REFUSED, "unreadable": RowVerdict.UNREADABLE}
        now = self.view.case
        if now is None:
            return
        documents = tuple(_answered(d, doc_id, field, verdicts[answer]) for d in now.documents)
        shown = next(d for d in documents if d.doc_id == doc_id)
        waiting = next((n for n, r in enumerate(shown.rows) if r.needs_person), None)
        self.publish(replace(self.view, case=replace(now, documents=documents, current_row=waiting)))

    def answer_question(self, question_id: str, answer: bool) -> None:
        self.calls.append(("answer_question", question_id, answer))
        now = self.view.case
        if now is not None:
            asked = tuple(replace(q, answer=answer) if q.question_id == question_id else q for q in now.questions)
            self.publish(replace(self.view, case=replace(now, questions=asked)))

    def discard_document(self, doc_id: str) -> None:
        self.calls.append(("discard_document", doc_id))

    def undo(self) -> None:
        self.calls.append(("undo",))

    def decide(self, outcome: str) -> None:
        self.calls.append(("decide", outcome))

    def reprint(self) -> None:
        self.calls.append(("reprint",))

    def suspend(self, note: str = "") -> None:
        self.calls.append(("suspend", note))

    def finish(self) -> None:
        self.calls.append(("finish",))

    def hold(self, reason: str, note: str = "", everyone: bool = True) -> None:
        self.calls.append(("hold", reason, note, everyone))

    def note_walk_in(self, reason: str) -> None:
        self.calls.append(("note_walk_in", reason))

    def name_visitor(self, who: str) -> None:
        self.calls.append(("name_visitor", who))

    def show_today(self, on: bool = True) -> None:
        self.calls.append(("show_today", on))

    def speak(self, language: str) -> None:
        self.calls.append(("speak", language))

    def notice_given(self, how: str, language: str) -> None:
        self.calls.append(("notice_given", how, language))


def _answered(document: DocumentView, doc_id: str, field: str, verdict: RowVerdict) -> DocumentView:
    if document.doc_id != doc_id:
        return document
    rows = tuple(replace(r, verdict=verdict, needs_person=False) if r.field == field else r for r in document.rows)
    return replace(document, rows=rows)


class FakePractice:
    """ui.practice.port.PracticePort that remembers what it was asked."""

    def __init__(self) -> None:
        self.calls: list[tuple[object, ...]] = []
        self.family = ""

    def families(self) -> tuple[PracticeFamily, ...]:
        return (PracticeFamily("F01", "陈家：材料齐全"), PracticeFamily("F06", "黄家：楼栋号不同"))

    def papers(self, family_id: str) -> tuple[PracticePaper, ...]:
        titles = ("户口簿首页", "户口簿儿童页", "父亲身份证正面", "父亲身份证反面", "出生医学证明", "学位申请表")
        return tuple(PracticePaper(f"{family_id}-{n}", title) for n, title in enumerate(titles))

    def present(self, family_id: str) -> None:
        self.calls.append(("present", family_id))

    def lay(self, paper_id: str) -> None:
        self.calls.append(("lay", paper_id))

    def take_away(self) -> None:
        self.calls.append(("take_away",))

    def playing(self) -> str:
        return self.family

    def play(self, family_id: str, on: bool) -> None:
        self.calls.append(("play", family_id, on))
        self.family = family_id if on else ""


class FakeDevices:
    """kiosk.desk.devices_port.DevicesPort that remembers what it was asked; two cameras, one of them in use."""

    def __init__(self) -> None:
        self.calls: list[tuple[object, ...]] = []
        self.check: object = None

    def retry(self, device: str) -> None:
        self.calls.append(("retry", device))

    def cameras(self) -> tuple[CameraChoice, ...]:
        return (CameraChoice("webcam:0", "HD Webcam", True), CameraChoice("webcam:2", "Document Camera", False))

    def look_round(self, on: bool) -> None:
        self.calls.append(("look_round", on))

    def glimpse(self, spec: str) -> Glimpse | None:
        return Glimpse(_frame(True)) if spec == "webcam:2" else None

    def choose_camera(self, spec: str) -> None:
        self.calls.append(("choose_camera", spec))

    def without_camera(self) -> None:
        self.calls.append(("without_camera",))

    def print_waiting(self, paper_no: str) -> None:
        self.calls.append(("print_waiting", paper_no))

    def waiting_came_out(self, paper_no: str) -> None:
        self.calls.append(("waiting_came_out", paper_no))

    def readiness(self):  # a ReadinessPort, or none
        return self.check

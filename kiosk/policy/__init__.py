"""Service packs and the engine that applies them: pure, the same at the desk, on the platform and in a replay."""

from kiosk.policy.case_input import Answers, CaseFormatError, CaseInput, Document, Evidence
from kiosk.policy.engine import evaluate
from kiosk.policy.evaluation import (
    CrossCheck,
    Decision,
    Evaluation,
    FieldVerdict,
    MaterialOutcome,
    MaterialState,
    Need,
    Question,
    ReasonGiven,
    Waiver,
)
from kiosk.policy.expected import compare_fields, expected_sets, field_class, field_label
from kiosk.policy.loader import PackError, builtin_packs, load_pack, load_packs
from kiosk.policy.local_text import LocalText
from kiosk.policy.pack import Pack
from kiosk.policy.period import Period, period_of
from kiosk.policy.report import to_expected_json
from kiosk.policy.vocabulary import unknown_words

__all__ = [
    "Answers",
    "CaseFormatError",
    "CaseInput",
    "CrossCheck",
    "Decision",
    "Document",
    "Evaluation",
    "Evidence",
    "FieldVerdict",
    "LocalText",
    "MaterialOutcome",
    "MaterialState",
    "Need",
    "Pack",
    "PackError",
    "Period",
    "Question",
    "ReasonGiven",
    "Waiver",
    "builtin_packs",
    "compare_fields",
    "evaluate",
    "expected_sets",
    "field_class",
    "field_label",
    "load_pack",
    "load_packs",
    "period_of",
    "to_expected_json",
    "unknown_words",
]

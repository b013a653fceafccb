"""The record is the hypothesis: expected values scored against what the recogniser saw (design.md §4)."""

from scanner.judge.ctc import Evidence, evidence_of, log_likelihoods
from scanner.judge.verdict import Judgement, Question, alphabet_of, judge

__all__ = ["Evidence", "Judgement", "Question", "alphabet_of", "evidence_of", "judge", "log_likelihoods"]

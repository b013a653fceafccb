"""Sentences for the codes of the platform and of the store; a code of a later version gets a general one."""

from __future__ import annotations

from kiosk.texts import Text, catalogue, text


def refusal_text(code: str) -> Text:
    """Why the platform refused, by the code of wire.Problem."""
    return _known(f"sync.problem.{code}")


def store_text(code: str) -> Text:
    """What is wrong with the store, by the code of a StoreProblem."""
    return _known(f"store.problem.{code}")


def _known(key: str) -> Text:
    return text(key if key in catalogue("zh_CN") else "sync.problem.other")

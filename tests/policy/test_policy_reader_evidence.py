"""How the reader's evidence becomes verdicts: never above what the rules allow."""

from typing import Any

import pytest
from family_data import codes, decide, document, family

from kiosk.policy import Answers


def _with_evidence(material: str, field: str, **evidence: Any) -> dict[str, Any]:
    data = family("F01")
    document(data, material)["evidence"] = {field: evidence}
    return data


def _verdict(data: dict[str, Any], field: str) -> tuple[str, str, bool]:
    found = next(v for v in decide(data).field_verdicts if v.field == field)
    return found.machine_verdict.value, found.settled, found.proposal


@pytest.mark.parametrize("said", ["cannot_tell", "not_found"])
def test_what_the_reader_cannot_tell_is_a_question(said: str):
    data = _with_evidence("A04", "cert_no", verdict=said, text="")
    assert _verdict(data, "cert_no") == ("ask", "ask", False)
    assert decide(data).decision().decision == "PENDING"


def test_what_the_reader_matched_matches_whatever_it_read():
    data = _with_evidence("A04", "cert_no", verdict="match", text="H44990OO12")
    document(data, "A04")["fields"]["cert_no"] = "H44990OO12"
    assert _verdict(data, "cert_no") == ("match", "match", False)


def test_a_difference_the_reader_found_is_a_proposal_that_a_person_confirms():
    data = _with_evidence("A04", "cert_no", verdict="mismatch", text="H449900047")
    document(data, "A04")["fields"]["cert_no"] = "H449900047"
    evaluation = decide(data)
    assert [v.field for v in evaluation.to_confirm] == ["cert_no"]
    assert codes(evaluation) == ["R-DECL-DIFF"]
    confirmed = decide(data, Answers(fields={("F01-D03", "cert_no"): "mismatch"}))
    assert not confirmed.to_confirm
    assert codes(confirmed) == ["R-DECL-DIFF"]


def test_a_difference_of_look_alikes_only_is_a_question_even_if_the_reader_is_certain():
    data = family("F09")
    paper = document(data, "A04")
    paper["fields"]["child_name"] = "欧阳例昴"
    paper["evidence"] = {"child_name": {"verdict": "mismatch", "text": "欧阳例昴"}}
    assert _verdict(data, "child_name")[0] == "ask"


def test_a_rare_character_outside_the_readers_reach_stays_a_question():
    data = family("F02")
    document(data, "A03")["evidence"] = {
        "name": {"verdict": "match", "text": "林淼"},
        "id_no": {"verdict": "match", "text": ""},
    }
    found = next(v for v in decide(data).field_verdicts if v.doc_id == "F02-D02" and v.field == "name")
    assert found.machine_verdict == "ask"


def test_another_building_read_by_the_machine_is_named_on_the_slip():
    data = family("F06")
    title = document(data, "C02")
    title["evidence"] = {
        "location": {"verdict": "mismatch", "text": title["fields"]["location"]},
        "cert_no": {"verdict": "match", "text": ""},
        "obligees[father].id_no": {"verdict": "match", "text": ""},
        "obligees[mother].id_no": {"verdict": "match", "text": ""},
    }
    evaluation = decide(data)
    assert [(r.code, r.about) for r in evaluation.decision().reasons] == [
        ("R-ADDR-DIFF", "C02 坐落 3栋1502 / A01 住址 5栋1502")
    ]
    assert [v.field for v in evaluation.to_confirm] == ["location"]


def test_an_expiry_only_a_machine_read_is_asked_not_held_against_the_family():
    data = family("F01")
    paper = document(data, "A03")
    paper["fields"]["valid_to"] = "2009-07-01"
    paper["evidence"] = {"name": {"verdict": "match"}, "id_no": {"verdict": "match"}}
    assert [q.id for q in decide(data).questions] == ["check:0:X-DOC-VALID:F01-D02"]

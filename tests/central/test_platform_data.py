"""Importing, and the database's migrations."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from desk_world import application

from central.cli import main
from central.database import Database
from central.importing import ImportProblem, records_in
from central.tables import Table


def test_the_migrations_make_the_tables_the_program_uses(tmp_path: Path) -> None:
    database = Database.embedded(tmp_path)
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Table.metadata) == []
    database.close()


def test_families_become_applications_with_their_own_departments_answers() -> None:
    child = {"application_no": "A1", "school": {"code": "X01", "name": "虚构小学"}, "child": {"name": "陈试远"}}
    family = {
        "id": "F01",
        "policy": "NS2014",
        "applications": [child, {**child, "application_no": "A2"}],
        "department_results": [
            {"application": 1, "about": "C01", "result": "matched", "detail": "一致"},
            {"application": 0, "about": "E01", "result": "conflict", "detail": "不一致"},
        ],
    }
    first, second = records_in({"families": [family]})
    assert (first.application_no, first.pack, first.family_id) == ("A1", "NS2014", "F01")
    assert first.department_results == [{"about": "E01", "result": "conflict", "detail": "不一致"}]
    assert second.department_results[0]["about"] == "C01"


@pytest.mark.parametrize("content", [{}, [], [{"name": "陈试远"}], {"families": [{}]}, {"families": 7}, "text"])
def test_a_file_of_another_shape_is_refused_without_repeating_its_values(content: object) -> None:
    if content == []:
        assert records_in(content) == []
        return
    with pytest.raises(ImportProblem) as problem:
        records_in(content)
    assert "陈试远" not in str(problem.value)


def test_the_command_line_says_what_went_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = ["--data", str(tmp_path / "platform")]
    assert main(["import", str(tmp_path / "absent.json"), *data]) == 1
    assert main(["enrol-code", "--school", "X99", *data]) == 1
    assert "unknown_school" in capsys.readouterr().err
    file = tmp_path / "applications.json"
    file.write_text(json.dumps([application("A1")]), encoding="utf-8")
    assert main(["import", str(file), *data]) == 0
    assert capsys.readouterr().out == "new 1, changed 0, unchanged 0\n"
    file.write_text(json.dumps([application("A1", "X02")]), encoding="utf-8")
    assert main(["import", str(file), *data]) == 1, "an import does not move a child to another school"
    assert main(["results", "--json", *data]) == 0

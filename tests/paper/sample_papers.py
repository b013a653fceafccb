"""Papers of two fictitious families: F01 gets a receipt, F06 a return slip."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.paper.build import DeskFacts, ServiceFacts, build_paper
from kiosk.paper.model import Paper
from kiosk.paper.signing import Ed25519Signer

NAMES = {
    "G01": "学位申请表(系统打印、家长签名)",
    "A01": "居民户口簿(全家)",
    "A03": "父母/监护人身份证件",
    "A04": "出生医学证明",
    "B01": "结婚证",
    "C01": "房地产证(旧)",
    "C02": "不动产权证书",
    "E01": "计划生育证明",
}
DESK = DeskFacts(desk_id="X01-02", desk_name="2号桌", school="南山区虚构小学", clerk_no="T0007")
AUDIT_HEAD = "3f" * 32


def service(year: str, day: str, **more: Any) -> ServiceFacts:
    facts: dict[str, Any] = {
        "district": "南山区",
        "year": year,
        "service": "小一学位申请",
        "material_names": NAMES,
        "supplement_days": [day],
        "supplement_hours": "9:00–17:00",
        "result": f"{year}年6月20日起,在网上申请系统用申请号查看",
        "review_phone": "0755-0000 0000(虚构)",
    }
    return ServiceFacts(**{**facts, **more})


def decided(decision: str, paper_no: str, materials: dict[str, str], **more: Any) -> dict[str, Any]:
    lines = [{"material": code, "state": state} for code, state in materials.items()]
    return {"decision": decision, "paper_no": paper_no, "category": None, "materials": lines, "reasons": [], **more}


def receipt(**more: Any) -> Paper:
    return build_paper(
        decided(
            "RECEIPT",
            "NS2014-X01-02-000123",
            {"G01": "VERIFIED", "A01": "VERIFIED", "A03": "VERIFIED", "A04": "VERIFIED_BY_PERSON"}
            | {"C01|C02": "WAIVED_BY_DATA", "E01": "WAIVED_BY_DATA"},
            category="深户本区+学区购房",
        ),
        {"application_no": "NS2014X01000001", "child": {"name": "陈试远", "id_no": "440000200802140135"}},
        service("2014", "2014-04-24"),
        DESK,
        at=datetime(2014, 4, 19, 14, 5),
        audit_head=AUDIT_HEAD,
        department_results=[
            {"about": "C01", "result": "matched", "department": "不动产登记部门", "answered_on": "2014-04-12"},
            {"about": "E01", "result": "matched", "department": "卫计部门", "answered_on": "2014-04-11"},
        ],
        **more,
    )


def slip() -> Paper:
    return build_paper(
        decided(
            "RETURN",
            "NS2024-X01-02-000045",
            {
                "G01": "VERIFIED",
                "A01": "RETURNED",
                "A03": "VERIFIED",
                "A04": "VERIFIED",
                "B01": "WAIVED_BY_DATA",
                "C01|C02": "RETURNED",
            },
            reasons=[
                {
                    "code": "R-ADDR-DIFF",
                    "text": "户籍地址与申报房产地址不一致,请更正申请类别或补充说明",
                    "about": "C02 坐落 3栋1502 / A01 住址 5栋1502",
                    "curable": True,
                }
            ],
        ),
        {"application_no": "NS2024X01000006", "child": {"name": "梁例沐", "id_no": "440000201803220465"}},
        service("2024", "2024-05-25"),
        DESK,
        at=datetime(2024, 5, 18, 10, 42),
        audit_head=AUDIT_HEAD,
        department_results=[
            {"about": "B01", "result": "matched", "department": "民政部门", "answered_on": "2024-05-17"}
        ],
    )


def desk_signer() -> Ed25519Signer:
    """The same key in every run, so that a failure can be looked at again."""
    return Ed25519Signer(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))

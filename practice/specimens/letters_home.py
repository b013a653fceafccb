"""Papers about a home that nobody prints as a form: contracts, receipts, notices and certificates of communities."""

from __future__ import annotations

from collections.abc import Callable

from practice.specimens.base import Raw
from practice.specimens.letter import A4, Letter, letter_kind

_COMMUNITY = (("虚构社区居民委员会", "证明专用章"),)
_ORDINALS = "一二三四"


def _buyers(before: str, after: str, word: str) -> Callable[[Raw], str]:
    """A template with one line a buyer between two pieces of text."""

    def text(raw: Raw) -> str:
        roles = [buyer["role"] for buyer in raw["buyers"]]
        several = len(roles) > 1
        lines = [
            f"{word}{_ORDINALS[i] if several else ''}：{{buyers[{role}].name}}　　身份证号码：{{buyers[{role}].id_no}}"
            for i, role in enumerate(roles)
        ]
        return "\n".join([before, *lines, after])

    return text


_LETTERS = (
    Letter("C04", "p1", "深圳市商品房买卖合同(预售)", _buyers("合同编号：{contract_no}\n\n甲方(卖方)：{seller}", "\n_根据《中华人民共和国民法典》及有关法律、法规的规定，甲、乙双方在平等、自愿的基础上订立本合同。\n_第一条　乙方向甲方购买的商品房坐落于 {location}，用途为 {usage}。\n_第三条　甲方应于 {handover_by} 前将该商品房交付乙方使用。\n_第四条　本合同于 {signed_on} 经双方签署。", "乙方(买方)"), seals=(("深圳市虚构地产有限公司", "合同专用章"),)),
    Letter("C05", "page", "收款收据", "日期：{dated}\n\n交款单位(人)：{payer}\n收款事由：{kind}\n合同编号：{contract_no}\n金额(大写)：人民币样本元整\n收款单位(盖章)：　　　　　　　　　收款人：王样本", (212.0, 118.0), seals=(("深圳市虚构地产有限公司", "财务专用章"),), paper=(250, 244, 226), when=(("edition", "-"),)),
    Letter("C05", "page", "个人住房贷款还款对账单", "借款人：{payer}\n购房合同编号：{contract_no}\n打印日期：{dated}\n\n期次　　还款日期　　应还本息　　贷款余额\n01　　2023-11-20　　样本元　　样本元\n02　　2023-12-20　　样本元　　样本元\n03　　2024-01-20　　样本元　　样本元", seals=(("虚构银行深圳样本支行", "业务专用章"),), when=(("edition", "statement"),)),
    Letter("C06", "p1", "入伙通知书", "尊敬的 {owner} 业主：\n_您所购买的 {location} 已具备入伙条件。入伙日期：{handover_on}，请携带本通知书及身份证件前来办理入伙手续。(样本)\n\n>深圳市虚构地产有限公司\n>{dated}", seals=(("深圳市虚构地产有限公司", "业务专用章"),)),
    Letter("C09", "p1", "房屋租赁管理费发票", "发票号码：{invoice_no}　　　　开票日期：{dated}\n\n付款单位(个人)：{payer}\n租赁凭证号：{voucher_no}\n房屋地址：{address}\n项目：房屋租赁管理费　　金额：样本元\n收款单位(盖章)：{issuer}", (210.0, 140.0), seals=(("虚构街道房屋租赁管理所", "发票专用章"),), paper=(246, 240, 236)),
    Letter("C10", "p1", "房屋租赁合同登记信息", "出租人：{lessor}\n承租人：{lessee}\n承租人证件号码：{lessee_id}\n房屋地址：{address}\n房屋编码：{house_code}\n入住登记日期：{first_registered}\n租赁期限：{term_from} 至 {term_to}\n_以上信息经社区网格综合管理中心登记。(样本)\n\n>虚构社区网格综合管理中心", date=lambda day: day, seals=(("虚构社区网格管理中心", "登记专用章"),), code="样本", paper=(232, 240, 222), when=(("edition", "-"),)),
    Letter("C10", "p1", "房屋租赁合同", "出租人(甲方)：{lessor}\n承租人(乙方)：{lessee}\n身份证号码：{lessee_id}\n\n_第一条　甲方将房屋坐落于 {address} 的房屋出租给乙方使用，房屋编码为 {house_code}。\n_第二条　租赁期限自 {term_from} 起至 {term_to} 止。\n_第三条　本合同已办理登记。登记日期：{first_registered}", seals=(("虚构街道房屋租赁管理所", "备案专用章"),), when=(("edition", "contract"),)),
    Letter("C11", "p1", "深圳市公共租赁住房租赁合同", "合同编号：{contract_no}\n\n甲方(出租人)：{lessor}\n乙方(承租人)：{lessee}\n身份证号码：{lessee_id}\n\n_第一条　甲方将公共租赁住房出租给乙方，房屋坐落：{address}。\n_第二条　租赁期限自 {term_from} 起至 {term_to} 止。", seals=(("深圳市虚构住房保障署", "合同专用章"),)),
    Letter("C12", "p1", "深圳市安居型商品房买卖合同", _buyers("合同编号：{contract_no}\n卖方：{seller}", "\n_第一条　买方购买的安居型商品房坐落于 {location}，用途为住宅。\n签订日期：{signed_on}", "买方"), seals=(("深圳市虚构住房保障署", "合同专用章"),)),
    Letter("C13", "p1", "祖屋证明", "_兹证明 {name}(身份证号码：{id_no})系本村原居民，其祖屋坐落于 {address}，属家庭自住。\n_特此证明。(样本)\n\n>虚构社区居民委员会\n>{dated}", seals=_COMMUNITY),
    Letter("C14", "p1", "军产房住房证明", "_兹证明 {name} 同志(身份证号码：{id_no})现住我部军产房，房屋坐落于 {address}，产权属部队所有。\n_特此证明。(样本)\n\n>虚构部队营房管理处\n>{dated}", seals=(("虚构部队营房管理处", "样本"),)),
    Letter("C15", "p1", "集资房证明", "_兹证明 {name}(身份证号码：{id_no})于本单位集资建房，所购集资房坐落于 {address}，尚未办理产权证书。\n_特此证明。(样本)\n\n>深圳市虚构电子厂　　虚构社区居民委员会\n>{dated}", seals=(("深圳市虚构电子厂", "样本"), ("虚构社区居民委员会", "证明专用章"))),
    Letter("C16", "p1", "深圳市农村城市化历史遗留违法建筑普查申报收件回执", ">{receipt_no}\n申报人：{applicant}\n身份证号码：{applicant_id}\n建筑物坐落：{location}\n_你(单位)申报的普查资料已收悉，收件日期 {dated} 。\n_本回执不作为产权证明。(样本)\n\n附：社区证明\n_兹证明上述房屋由申报人家庭居住使用。\n{community_certificate.issuer}　　{community_certificate.dated}", seals=(("虚构街道普查办公室", "收件专用章"), ("虚构白芒社区工作站", "证明专用章")), paper=(224, 238, 234)),
    Letter("C17", "p1", "集体宿舍证明", "_兹证明 {name}(身份证号码：{id_no})系我单位员工，现居住于我单位集体宿舍，地址：{address}。\n_特此证明。(样本)\n\n>深圳市虚构电子厂　　虚构社区居民委员会\n>{dated}", seals=(("深圳市虚构电子厂", "样本"), ("虚构社区居民委员会", "证明专用章"))),
    Letter("C18", "p1", "居住证明", "_兹有 {name}(身份证号码：{id_no})一家，现居住于 {address}，情况属实。\n_特此证明。(样本)\n\n>虚构社区居民委员会\n>{dated}", seals=_COMMUNITY),
    Letter("C19", "p1", "不动产权资料电脑查询结果表", "查询编号：{verify_code}\n\n姓名：{name}\n证件号码：{id_no}\n查询结果：{result}\n查询时间：{queried_on}\n_本结果仅反映查询时刻的登记信息，当年有效。(样本)", A4, seals=(("深圳市虚构不动产登记中心", "查询专用章"),), code="样本"),
)  # fmt: skip

KINDS = tuple(letter_kind(letter) for letter in _LETTERS)

"""Papers about persons that nobody prints as a form: of courts, notaries, offices, employers, the services."""

from __future__ import annotations

from practice.specimens.letter import A4, Letter, letter_kind
from practice.specimens.values import chinese_date

_BOOKLET = (190.0, 132.0)
_PINK = (246, 232, 234)
_BIRTH_ABROAD = "編號：{cert_no}\n\n新生兒姓名：{child_name}　　性別：{sex}\n出生日期：{born_at_date}\n出生地：{birth_place}\n\n母親姓名：{mother_name}\n證件號碼：{mother_id}\n父親姓名：{father_name}\n證件號碼：{father_id}\n\n開具機構：{issuer}\n開具日期：{issued_on}"

_LETTERS = (
    Letter("A04", "page", "出生證明書", _BIRTH_ABROAD, seals=(("樣本醫院", "樣本"),), when=(("edition", "TW"),)),
    Letter("A04", "page", "出生登記記項證明書", _BIRTH_ABROAD, seals=(("香港出生登記處樣本", "樣本"),), when=(("edition", "HK"),)),
    Letter("A14", "p1", "华侨身份证明", "_兹证明 {name}(护照号码：{passport_no})，旅居虚构国，具有华侨身份。\n_本证明仅用于办理子女入学。(样本)\n\n>深圳市虚构侨务办公室\n>{issued_on}", seals=(("深圳市虚构侨务办公室", "样本"),)),
    Letter("B02", "p1", "民事调解书", ">{case_no}\n\n原告：{custody_to}，女，汉族。\n被告：周样某，男，汉族。\n_原、被告离婚纠纷一案，经主持调解，双方自愿达成如下协议：\n_一、原、被告自愿离婚；\n_二、婚生子女 {child_name} 由原告抚养，被告按月支付抚养费；\n_三、双方无其他争议。\n_上述协议符合法律规定，本院予以确认。(样本)\n\n>审判员　王样本\n>{dated}\n>书记员　李样本", date=chinese_date, above="深圳市虚构区人民法院", seals=(("深圳市虚构区人民法院", "样本"),), when=(("kind", "民事调解书"),)),
    Letter("B02", "p1", "民事判决书", ">{case_no}\n\n原告：周样某，男，汉族。\n被告：吴样某，女，汉族。\n_本院认为，原、被告夫妻感情确已破裂，判决如下：\n_一、准予原、被告离婚；\n_二、婚生子女 {child_name} 由 {custody_to} 抚养。\n\n>审判长　王样本\n>{dated}\n>书记员　李样本", date=chinese_date, above="深圳市虚构区人民法院", seals=(("深圳市虚构区人民法院", "样本"),), when=(("kind", "民事判决书"),)),
    Letter("B02", "p1", "离婚协议书", "男方：周样某\n女方：吴样某\n_双方自愿离婚，经协商一致，达成如下协议：\n_一、婚生子女 {child_name} 由 {custody_to} 抚养；\n_二、双方无其他争议。(样本)\n\n男方：　　　　　　　　　女方：\n>{dated}", when=(("kind", "离婚协议书"),)),
    Letter("B03", "p1", "公证书", ">{doc_no}\n\n申请人：{child_name}\n关系人：{parents[0]}、{parents[1]}\n公证事项：亲属关系\n_兹证明申请人与关系人系亲属关系，上述人员的身份证件、户籍资料已经本处查验。\n_本公证书仅供办理小学一年级学位申请使用。(样本)\n\n>{notary_office}\n>公证员　王样本\n>{dated}", date=chinese_date, seals=(("虚构公证处", "公证专用章"),), code="样本", border=(150, 120, 90), paper=(244, 240, 220)),
    Letter("B04", "p1", "监护证明", "_兹证明 {guardian_name}(身份证号码：{guardian_id})系 {child_name} 的监护人。\n_特此证明。(样本)\n\n>虚构社区居民委员会\n>{dated}", seals=(("虚构社区居民委员会", "证明专用章"),), when=(("edition", "-"),)),
    Letter("B04", "p1", "收养登记证", "收养登记证字号：{doc_no}\n\n收养人：{guardian_name}\n身份证件号：{guardian_id}\n被收养人：{child_name}\n登记日期：{dated}", seals=(("虚构区民政局", "收养登记专用章"),), border=(180, 80, 80), when=(("edition", "adoption"),)),
    Letter("D03", "page", "营业执照", "^(副　本)\n注册号：{reg_no}\n统一社会信用代码：{uscc}\n\n名　　称：{name}\n组成形式：{kind}\n经 营 者：{operator}\n法定代表人：{legal_representative}\n经营场所：{address}\n注册日期：{registered_on}\n有效期至：{valid_to}\n\n>登记机关：{registrar}", seals=(("深圳市市场监督管理局", "样本"),), border=(170, 130, 70)),
    Letter("D04", "p1", "商事主体登记信息单", "注册号：{reg_no}\n统一社会信用代码：{uscc}\n名称：{name}\n经营者：{operator}\n经营场所：{address}\n主体类型：{kind}\n成立日期：{registered_on}\n\n打印日期：{printed_on}", seals=(("深圳市市场监督管理局", "查询专用章"),)),
    Letter("D05", "p1", "在职证明", "_兹证明 {name}(身份证号码：{id_no})在我单位工作，任技术员。\n_特此证明。(样本)\n\n>{employer}\n>{dated}", seals=(("深圳市虚构电子厂", "人事专用章"),), when=(("edition", "-"),)),
    Letter("D05", "p1", "劳动合同", "甲方(用人单位)：{employer}\n\n乙方(员工)：{name}\n身份证号码：{id_no}\n\n_一、合同期限自 {term_from} 起至 {term_to} 止。\n_二、工作地点：深圳市。(样本)", seals=(("深圳市虚构电子厂", "人事专用章"),), when=(("edition", "contract"),)),
    Letter("E01", "p1", "计划生育证明", ">{fp_no}\n\n_兹证明 {mother_name} (身份证号码：{mother_id})，配偶 {father_name} ，现有子女 {child_name} ，其生育行为符合政策规定。\n_本证明用于办理学位申请，自签发之日起一年内有效。(样本)\n\n>{issuer}\n>{dated}", seals=(("虚构街道计划生育办公室", "计生专用章"),)),
    Letter("E02", "p1", "广东省计划生育服务证", "证号：{fp_no}\n女方姓名：{mother_name}　　身份证号码：{mother_id}\n男方姓名：{father_name}　　身份证号码：{father_id}\n发证日期：{dated}", _BOOKLET, seals=(("虚构街道计划生育办公室", "计生专用章"),), paper=_PINK),
    Letter("E03", "p1", "流动人口婚育证明", "证明编号：{fp_no}\n姓名：{mother_name}\n公民身份号码：{mother_id}\n户籍所在地：{household_address}\n婚姻状况：已婚\n发证日期：{dated}", _BOOKLET, seals=(("虚构县计划生育局", "计生专用章"),), paper=_PINK),
    Letter("E04", "p1", "独生子女父母光荣证", "编号：{fp_no}\n父亲姓名：{father_name}\n母亲姓名：{mother_name}\n子女姓名：{child_name}　　出生日期：{birth_date}\n发证日期：{dated}", _BOOKLET, seals=(("虚构街道计划生育办公室", "计生专用章"),), paper=_PINK),
    Letter("F01", "p1", "深圳市高层次专业人才证书", ">{cert_no}\n\n_{name} 同志，经认定为深圳市高层次专业人才，级别：{level} 。\n_证书有效期：{issued_on} 至 {valid_to} 。(样本)\n\n>虚构市人力资源和社会保障局", seals=(("虚构市人力资源和社会保障局", "样本"),), code="样本", border=(190, 160, 90)),
    Letter("F02", "p1", "深圳市出国留学人员资格证明", "编号：{cert_no}\n\n_兹证明 {name}(身份证号码：{id_no})具有出国留学人员资格。\n_本证明用于办理子女入学等事项。(样本)\n\n>深圳市虚构人力资源局\n>{issued_on}", seals=(("深圳市虚构人力资源局", "样本"),), code="样本"),
    Letter("F03", "p1", "军人子女证明", "_兹证明 {name} 同志系我部现役军人，其子女 {child_name} 符合军人子女入学优待条件。\n_特此证明。(样本)\n\n>虚构部队政治工作部\n>{dated}", seals=(("虚构部队政治工作部", "样本"),), when=(("edition", "-"),)),
    Letter("F03", "officer", "军官证", "编号：{doc_no}\n姓名：{name}\n出生年月：{birth_date}\n发证机关：虚构部队\n有效期至：{valid_to}", (105.0, 74.0), when=(("edition", "officer"),), paper=(232, 226, 210)),
    Letter("F04", "p1", "公安英烈子女优待证明", "_兹证明 {name} 同志系公安机关人民警察，其子女 {child_name} 符合教育优待条件。\n_特此证明。(样本)\n\n>虚构市公安局政治部\n>{dated}", seals=(("虚构市公安局政治部", "样本"),)),
    Letter("F05", "p1", "烈士证明书", ">{cert_no}\n\n_{name} 同志被评定为烈士。特发此证，以资褒扬。(样本)\n\n>虚构退役军人事务部门\n>{dated}", seals=(("虚构退役军人事务部门", "样本"),), border=(190, 60, 50)),
    Letter("G02", "page", "儿童预防接种证", "儿童姓名：{name}\n性别：{sex}\n出生日期：{birth_date}\n监护人：{guardian}", (125.0, 176.0), paper=(230, 242, 236)),
    Letter("G03", "p1", "就学联系函", "_兹有 {child_name} ，拟到贵区就读小学一年级，请予联系接收。(样本)\n\n>虚构县教育局\n>{dated}", seals=(("虚构县教育局", "样本"),)),
    Letter("G04", "p1", "授权委托书", "委托人：{principal}\n身份证号码：{principal_id}\n受委托人：{proxy}\n身份证号码：{proxy_id}\n儿童姓名：{child_name}\n_现委托受委托人代为办理小学一年级学位申请验核。(样本)\n\n委托人(签名)：\n>{dated}", A4),
)  # fmt: skip

KINDS = tuple(letter_kind(letter) for letter in _LETTERS)

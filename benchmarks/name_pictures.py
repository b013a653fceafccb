"""Made-up names with rare and easily confused characters, printed small and photographed mildly badly; the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Picture
from PIL import ImageDraw, ImageFont

from practice.specimens import fonts
from scanner.imaging import as_image
from scanner.judge.confusables import LOOK_ALIKE_SETS
from scanner.types import Image

SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
ORDINARY = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛超霞平刚桂文辉玲鹏华红飞亮鑫波斌莉浩健俊帆雪荣慧建琴倩峰欣怡梓轩浩然雨涵子诺思琪嘉懿"
    "煜城博瑞佳宁可馨语嫣依晨奕辰沐熙若曦诗涵俊熙天翊宇航睿渊皓轩泽宇铭哲鸿涛志远家豪美琳晓彤婉婷雅琪悦然安琪心怡舒畅"
)
# Han characters of the confusion sets of domain.md §4.7, which the judge must never settle by reading
CONFUSABLE = tuple(s for s in LOOK_ALIKE_SETS if all(ord(c) > 0x3400 for c in s) and len(s) > 1)
# extensions A to H: in the recogniser's dictionary or not, as it comes
RARE = "㛃㵘䶮䕖㙍㐂㑇㝛㠇㤘㧑㬎㭎㸆㺹䁖䃅䏝䓖䔖䗛䝙䣘䥽䲠𠅤𡈽𢋈𤧛𤩽𥔲𥖨𦈡𦭜𦰡𧿹𨐈𨭉𨱇𨺙𩽾𪟝𪣻𪨰𪨶𪩘𪾢𫄨𫄷𫇭𫌀𫍙𫍣𫍯𫍲𫍽𫐄𫐐𫐓𫓧𫓹𫔍𫔎𫔶𫖮𫖯𫖳𫗧𫗴𫘜𫘝𫘦𫘧𫘨𫘪𫘬𫚕𫚖𫚭𫛭𫞩𫟅𫟦𫟹𫟼𫠆𫠊𫠜𫢸𫫇𫭟𫭢𫭼𫮃𫰛𫵷𫶇𫷷𫸩𬀩𬀪𬂩𬃊𬇕𬇙𬇹𬉼𬊈𬊤𬌗𬍛𬍡𬍤𬒈𬒔𬒗𬕂𬘓𬘘𬘡𬘩𬘫𬘬𬘭𬘯𬙂𬙊𬙋𬜬𬜯𬞟𬟁𬟽𬣙𬣞𬣡𬣳𬤇𬤊𬤝𬨂𬨎𬩽𬪩𬬩𬬭𬬮𬬱𬬸𬬹𬬻𬬿𬭁𬭊𬭎𬭚𬭛𬭤𬭩𬭬𬭯𬭳𬭶𬭸𬭼𬮱𬮿𬯀𬯎𬱖𬱟𬳵𬳶𬳽𬳿𬴂𬴃𬴊𬶋𬶍𬶏𬶐𬶟𬶠𬶨𬶭𬶮𬷕𬸘𬸚𬸣𬸦𬸪𬹼𬺈𬺓𰀁𰃮𰉖𰏐𰛄𰬸𱁬𱍼𱎼𱝈"
FACES = ("sans", "serif", "sans-bold", "hana", "babelstone")
_FILES = {"hana": (("HanaMinA.ttf", 0), ("HanaMinB.ttf", 0)), "babelstone": (("BabelStoneHan.ttf", 0),)}
SIZES = (14, 40)  # pixels of a character


@dataclass(frozen=True)
class PrintedName:
    """A name on paper: ``kind`` is ordinary, confusable or rare; ``others`` the records that are a mistake for it."""

    text: str
    kind: str
    others: tuple[str, ...]
    face: str
    pixels: int
    seed: int


def names(count: int, seed: int) -> Iterator[PrintedName]:
    """``count`` names: two fifths ordinary, two fifths with a character of a confusion set, one fifth with a rare one."""
    chance = random.Random(seed)
    rare = [c for c in RARE if fonts.printable(c)]
    for number in range(count):
        kind = ("ordinary", "confusable", "ordinary", "confusable", "rare")[number % 5]
        given = [chance.choice(ORDINARY) for _ in range(chance.choice((1, 2, 2)))]
        place, swaps = chance.randrange(len(given)), ""
        if kind == "confusable":
            group = chance.choice(CONFUSABLE)
            given[place] = chance.choice(group)
            swaps = group.replace(given[place], "")
        elif kind == "rare":
            given[place] = chance.choice(rare)
            swaps = "".join(s.replace(given[place], "") for s in CONFUSABLE if given[place] in s)
        text = chance.choice(SURNAMES) + "".join(given)
        others = tuple(_swapped(text, place + 1, other) for other in swaps)
        face = chance.choice(FACES)
        yield PrintedName(text, kind, others, face, chance.randint(*SIZES), chance.randrange(1 << 30))


def _swapped(text: str, place: int, other: str) -> str:
    return text[:place] + other + text[place + 1 :]


def picture(name: PrintedName) -> Image:
    """The name as a crop of a photograph: (H, W, 3) BGR, with a little blur, noise, uneven light and compression."""
    chance = np.random.default_rng(name.seed)
    em = 4 * name.pixels
    advance = round(em * 1.04)
    sheet = Picture.new("L", (advance * len(name.text) + em // 2, round(1.4 * em)), 255)
    pen = ImageDraw.Draw(sheet)
    for place, character in enumerate(name.text):
        at = (em // 4 + advance * place + advance / 2, sheet.height / 2)
        pen.text(at, character, font=_font(name.face, em, character), fill=25, anchor="mm")
    grey: NDArray[np.float32] = np.asarray(sheet, np.float32)
    grey = cv2.GaussianBlur(grey, (0, 0), 4 * float(chance.uniform(0.2, 0.7))).astype(np.float32)
    size = (round(grey.shape[1] / 4), round(grey.shape[0] / 4))
    small = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.float32)
    light = np.linspace(*chance.uniform(0.75, 1.0, 2), small.shape[1], dtype=np.float32)[None, :]
    small = small * light + chance.normal(0, chance.uniform(1, 5), small.shape)
    crop = np.repeat(np.clip(small, 0, 255).astype(np.uint8)[:, :, None], 3, axis=2)
    _, packed = cv2.imencode(".jpg", crop, [cv2.IMWRITE_JPEG_QUALITY, int(chance.integers(70, 95))])
    return as_image(np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR)))


@lru_cache(maxsize=4096)
def _font(face: str, pixels: int, character: str) -> ImageFont.FreeTypeFont:
    """The face where it has the character, else whichever font has it: offices print rare characters from other fonts too."""
    candidates: Sequence[tuple[str, int]] = _FILES.get(face, ())
    for candidate in candidates:
        located = fonts._locate((candidate,))
        if located is not None and fonts._draws(fonts._load(*located, 32), character):
            return fonts._load(*located, pixels)
    return fonts.font_for("serif" if face in _FILES else face, pixels, character)

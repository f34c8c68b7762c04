"""Times that only the moment of capture makes clear: "2h", "3 hours ago", "2小时前", "vor 2 Tagen", "Feb 15"."""

import re
from functools import lru_cache
from typing import NamedTuple

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_WEEK, _MONTH, _YEAR = 7 * _DAY, 30 * _DAY, 365 * _DAY

_UNITS = {
    ("s", 1): "s sec secs second seconds 秒 秒钟 秒鐘 초 seg segundo segundos seconde secondes sek sekunde sekunden "
    "secondi secondo сек секунду секунды секунд detik saniye",
    ("m", _MINUTE): "m min mins minute minutes 分 分钟 分鐘 분 minuto minutos minuten minuti мин минуту минуты минут "
    "menit dakika minuut",
    ("h", _HOUR): "h hr hrs hour hours 时 小时 小時 个小时 個小時 時間 시간 hora horas heure heures std stunde stunden "
    "ora ore ч час часа часов jam saat uur",
    ("d", _DAY): "d day days 天 日 일 día días dia dias j jour jours tag tage tagen giorno giorni дн день дня дней "
    "hari gün dag dagen",
    ("w", _WEEK): "w wk wks week weeks 周 週 星期 个星期 週間 週间 周前 주 주일 semana semanas sem semaine semaines "
    "woche wochen settimana settimane нед неделю недели недель minggu hafta weken",
    ("mo", _MONTH): "mo mos month months 个月 個月 か月 ヶ月 カ月 ヵ月 개월 달 mes meses mês mois monat monate monaten "
    "mese mesi мес месяц месяца месяцев bulan ay maand maanden",
    (
        "y",
        _YEAR,
    ): "y yr yrs year years 年 년 año años ano anos an ans année années jahr jahre jahren anno anni год года "
    "лет tahun yıl jaar",
}
_SHORT = {word: unit for unit, words in _UNITS.items() for word in words.split()}
"""A word for a unit -> its sign and its seconds."""
_DATES = frozenset("日일年년时分분")
"""Words that without a "before" behind them are parts of a date or a clock."""
_NOW = re.compile(
    "now|just now|刚刚|刚才|剛剛|剛才|たった今|今|방금|방금 전|지금|ahora|ahora mismo|agora|agora mesmo|à l'instant|"
    "gerade eben|jetzt|только что|сейчас|adesso|proprio ora|baru saja|şimdi|zojuist"
)
_YESTERDAY = re.compile("yesterday|昨天|昨日|어제|ayer|ontem|hier|gestern|ieri|вчера|kemarin|dün|gisteren")
_AGE = re.compile(
    r"(?:(?:vor|il y a|hace|há|hà|около|about|约|約) ?)?"
    r"(?:(?P<count>\d{1,5})|(?P<one>an?|one|eine[rnm]?|une?|una|um|uma|uno|один|одну|een)) ?"
    r"(?P<unit>[^\W\d_]+?)\.?"
    r"(?P<ago> ?(?:ago|前|전|назад|fa|atrás|atras|geleden|yang lalu|lalu|önce))?"
)
_EDITED = re.compile(r" ?[(（](?:edited|已编辑|已編輯|bearbeitet|editado|modifié|編集済み|수정됨)[)）]$")


MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTH = f"(?P<month>{'|'.join(MONTH_NAMES)}|Sept)"
YEARLESS = (
    re.compile(rf"{MONTH}\.? (?P<day>\d{{1,2}})"),
    re.compile(rf"(?P<day>\d{{1,2}}) {MONTH}\.?"),
    re.compile(r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日"),
    re.compile(r"(?P<month>\d{1,2})월 ?(?P<day>\d{1,2})일"),
)
"""Dates whose year the source leaves out."""


class Age(NamedTuple):
    """How long before the capture, and how it is written here."""

    seconds: int
    written: str
    """`2h`, or `now`."""


@lru_cache(maxsize=4096)
def age(printed: str) -> Age | None:
    """What a printed age says; None for what is none."""
    text = _EDITED.sub("", printed.strip())
    if text[-1:].isupper() and text[:-1].strip().isdigit():
        # "2M" can be minutes, months or millions.
        return None
    text = " ".join(text.lower().split())
    if _NOW.fullmatch(text):
        return Age(0, "now")
    if _YESTERDAY.fullmatch(text):
        return Age(_DAY, "1d")
    match = _AGE.fullmatch(text)
    if match is None or match["unit"] not in _SHORT or (match["unit"] in _DATES and not match["ago"]):
        return None
    count = int(match["count"] or 1)
    sign, seconds = _SHORT[match["unit"]]
    return Age(count * seconds, f"{count}{sign}")


def is_yearless(text: str) -> bool:
    """Whether `text` is a date such as "Feb 15", whose year the source leaves out."""
    return any(pattern.fullmatch(text) for pattern in YEARLESS)

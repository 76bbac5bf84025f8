"""Months, weekdays and calendars of the news: Gregorian in its regional names, Solar Hijri (Iranian and Afghan), Hijri.

Forms marked `?` are everyday words too (دی، می، اسد، may): they name a month only beside a day, a year or «month».
"""

import datetime
from collections.abc import Iterator
from typing import Literal

import jdatetime
from hijridate import Hijri

Calendar = Literal["gregorian", "solar_hijri", "hijri"]

_MONTHS: dict[tuple[str, Calendar], str] = {
    ("eng", "gregorian"): "january jan; february feb; march? mar?; april apr; may?; june jun?; july jul?; august? aug?;"
    "september sept sep; october oct; november nov; december dec",
    ("fra", "gregorian"): "janvier; fevrier; mars; avril; mai; juin; juillet; aout; septembre;"
    " octobre; novembre; decembre",
    ("rus", "gregorian"): "январь января январе январем январю; февраль февраля феврале февралем февралю;"
    "март марта марте мартом марту; апрель апреля апреле апрелем апрелю; май мая мае маем маю;"
    "июнь июня июне июнем июню; июль июля июле июлем июлю; август августа августе августом августу;"
    "сентябрь сентября сентябре сентябрем сентябрю; октябрь октября октябре октябрем октябрю;"
    "ноябрь ноября ноябре ноябрем ноябрю; декабрь декабря декабре декабрем декабрю",
    ("ukr", "gregorian"): "січень січня січні січнем січню; лютий? лютого лютому? лютим?;"
    " березень березня березні березнем;"
    "квітень квітня квітні квітнем; травень травня травні травнем; червень червня червні червнем;"
    "липень липня липні липнем; серпень серпня серпні серпнем; вересень вересня вересні вереснем;"
    "жовтень жовтня жовтні жовтнем; листопад листопада листопаді листопадом; грудень грудня грудні груднем",
    ("arb", "gregorian"): "يناير كانون_الثاني كانون_ثاني جانفي ینایر; فبراير شباط فيفري; مارس? آذار;"
    " أبريل إبريل نيسان أفريل;"
    "مايو أيار ماي?; يونيو يونيه حزيران جوان? جون?; يوليو يوليه تموز جويلية يوليوز; أغسطس آب? أوت? غشت أغشت;"
    "سبتمبر أيلول شتنبر; أكتوبر تشرين_الأول تشرين_أول; نوفمبر تشرين_الثاني تشرين_ثاني نونبر;"
    "ديسمبر كانون_الأول كانون_أول دجنبر دیسمبر",
    ("arb", "hijri"): "محرم? المحرم?; صفر?; ربيع_الأول; ربيع_الآخر ربيع_الثاني; جمادى_الأولى جمادى_الأول;"
    "جمادى_الآخرة جمادى_الثانية جمادى_الثاني; رجب?; شعبان?; رمضان?; شوال?; ذو_القعدة ذي_القعدة ذوالقعدة;"
    "ذو_الحجة ذي_الحجة ذوالحجة",
    ("fas", "gregorian"): "ژانویه جنوری ژانویهٔ; فوریه فبروری فیبروری; مارس مارچ; آوریل اپریل آپریل;"
    " مه? می? ماه_مه ماه_می;"
    "ژوئن جون? ژون; ژوئیه جولای ژولای جولائی; اوت آگوست اگست آگست اگوست; سپتامبر سپتمبر سپتمبیر; اکتبر اکتوبر;"
    "نوامبر نومبر نوومبر; دسامبر دسمبر دیسمبر",
    ("fas", "solar_hijri"): "فروردین فروردینماه حمل? حمل_ماه; اردیبهشت اردیبهشتماه ثور? ثور_ماه; خرداد? خردادماه جوزا?;"
    "تیر? تیرماه سرطان?; مرداد? مردادماه امرداد اسد?; شهریور? شهریورماه سنبله?; مهر? مهرماه میزان?;"
    " آبان? آبانماه عقرب?;"
    "آذر? آذرماه قوس?; دی? دیماه جدی?; بهمن? بهمنماه دلو?; اسفند? اسفندماه حوت?",
    ("fas", "hijri"): "محرم? محرم_الحرام; صفر?; ربیع_الاول ربیعالاول; ربیع_الثانی ربیعالثانی; جمادی_الاول جمادیالاول;"
    "جمادی_الثانی جمادیالثانی; رجب?; شعبان?; رمضان?; شوال?; ذیقعده ذوالقعده ذی_القعده; ذیحجه ذوالحجه ذی_الحجه",
}

_WEEKDAYS = {
    "eng": "monday mon?; tuesday tue? tues; wednesday wed?; thursday thu? thurs; friday fri?;"
    " saturday sat?; sunday sun?",
    "fra": "lundi; mardi; mercredi; jeudi; vendredi; samedi; dimanche",
    "rus": "понедельник понедельника понедельнику понедельником; вторник вторника вторнику вторником;"
    "среда? среду? среды? среде? средой?; четверг четверга четвергу четвергом;"
    " пятница пятницу пятницы пятнице пятницей;"
    "суббота субботу субботы субботе субботой; воскресенье воскресенья воскресенью воскресеньем",
    "ukr": "понеділок понеділка понеділку понеділком; вівторок вівторка вівторку вівторком;"
    " середа середу середи середі середою;"
    "четвер четверга четвергу четвергом; п'ятниця п'ятницю п'ятниці п'ятницею пятницю пятниця;"
    "субота суботу суботи суботі суботою; неділя неділю неділі неділею",
    "arb": "الاثنين الإثنين الأثنين; الثلاثاء الثلاثا; الأربعاء; الخميس; الجمعة; السبت; الأحد الاحد",
    "fas": "دوشنبه دو_شنبه; سهشنبه سه_شنبه; چهارشنبه چهار_شنبه; پنجشنبه پنج_شنبه; جمعه آدینه; شنبه; یکشنبه یک_شنبه",
}


def _forms(table: str) -> Iterator[tuple[int, str, bool]]:
    for number, cell in enumerate(table.split(";")):
        for form in cell.split():
            yield number, form.rstrip("?").replace("_", " "), form.endswith("?")


def month_names(language: str) -> Iterator[tuple[str, Calendar, int, bool]]:
    """`(form, calendar, month 1-12, weak)` of a language (eng, fra, rus, ukr, arb, fas);"
    " weak forms need a day beside."""
    for (spoken, calendar), table in _MONTHS.items():
        if spoken == language:
            for number, form, weak in _forms(table):
                yield form, calendar, number + 1, weak


def weekday_names(language: str) -> Iterator[tuple[str, int, bool]]:
    """`(form, weekday 0-6 from Monday, weak)` of a language."""
    yield from ((form, number, weak) for number, form, weak in _forms(_WEEKDAYS.get(language, "")))


def to_gregorian(calendar: Calendar, year: int, month: int, day: int) -> datetime.date | None:
    """The Gregorian day of a day of any of the three calendars; None where there is no such day."""
    try:
        if calendar == "solar_hijri":
            found: datetime.date = jdatetime.date(year, month, day).togregorian()
            return found
        if calendar == "hijri":
            moon = Hijri(year, month, day).to_gregorian()
            return datetime.date(moon.year, moon.month, moon.day)
        return datetime.date(year, month, day)
    except (ValueError, OverflowError):
        return None


def year_in(calendar: Calendar, day: datetime.date) -> int:
    """The year of another calendar in which a Gregorian day lies (Hijri: within a few days)."""
    if calendar == "solar_hijri":
        started = day >= (to_gregorian("solar_hijri", day.year - 621, 1, 1) or day)
        return day.year - 621 if started else day.year - 622
    if calendar == "hijri":
        return int((day.toordinal() - 227_015) / 354.36707) + 1
    return day.year

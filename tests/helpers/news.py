"""Made-up news for runs that must look real: events told by invented outlets in seven languages, copies, rubbish."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

BEGIN = datetime(2026, 3, 2, 8, tzinfo=UTC)
OUTLETS = ("The Courier", "Harbour Post", "Kell Valley News", "Sahar Daily", "Nahrain Report", "Stepova Hazeta")
CITIES = {
    "en": ("Oslo", "Geneva", "Ankara", "Vienna", "Doha", "Madrid", "Lisbon", "Riga"),
    "fr": ("Oslo", "Genève", "Ankara", "Vienne", "Doha", "Madrid", "Lisbonne", "Riga"),
    "ru": ("Осло", "Женеве", "Анкаре", "Вене", "Дохе", "Мадриде", "Лиссабоне", "Риге"),
    "uk": ("Осло", "Женеві", "Анкарі", "Відні", "Досі", "Мадриді", "Лісабоні", "Ризі"),
    "ar": ("أوسلو", "جنيف", "أنقرة", "فيينا", "الدوحة", "مدريد", "لشبونة", "ريغا"),
    "fa-IR": ("اسلو", "ژنو", "آنکارا", "وین", "دوحه", "مادرید", "لیسبون", "ریگا"),
    "fa-AF": ("اسلو", "ژنو", "انقره", "ویانا", "دوحه", "مادرید", "لیسبون", "ریگا"),
}
TEXTS = {
    "en": "Ministers of {a} countries met in {city} on Monday. They promised {b} million euros for new power stations. "
    '"We will begin with {c} stations," the foreign ministry said after the meeting.',
    "fr": "Les ministres de {a} pays se sont réunis lundi à {city}. Ils ont promis {b} millions d'euros pour de "
    "nouvelles centrales électriques. « Nous commencerons par {c} centrales », a déclaré le ministère des "
    "Affaires étrangères.",
    "ru": "Министры {a} стран встретились в понедельник в {city}. Они пообещали {b} миллионов евро на новые "
    "электростанции. «Мы начнём с {c} станций», — сообщило министерство иностранных дел.",
    "uk": "Міністри {a} країн зустрілися в понеділок у {city}. Вони пообіцяли {b} мільйонів євро на нові "
    "електростанції. «Ми почнемо з {c} станцій», — повідомило міністерство закордонних справ.",
    "ar": "اجتمع وزراء {a} دولة في {city} يوم الاثنين. ووعدوا بتقديم {b} مليون يورو لمحطات كهرباء جديدة. "
    "وقالت وزارة الخارجية بعد الاجتماع: «سنبدأ بـ{c} محطات».",
    "fa-IR": "وزیران {a} کشور روز دوشنبه در {city} دیدار کردند. آنها {b} میلیون یورو برای نیروگاه‌های تازه وعده دادند. "
    "وزارت امور خارجه پس از نشست گفت: «با {c} نیروگاه آغاز می‌کنیم.»",
    "fa-AF": "وزیران {a} کشور روز دوشنبه در {city} دیدار کردند. آن‌ها {b} میلیون یورو برای دستگاه‌های برق وعده دادند. "
    "پوهنتون‌ها و شفاخانه‌ها نیز برق می‌گیرند. وزارت امور خارجه گفت: «با {c} دستگاه آغاز می‌کنیم.»",
}
BROKEN = (b"{broken", b'{"body": "  "}', b"\xff\xfe", b'{"html": "<html><body></body></html>"}')


def articles(seed: int = 1, rubbish_in_a_hundred: int = 3) -> Iterator[bytes]:
    """Raw articles for ever: about five an event, some of them copies of one text, some of them rubbish."""
    chance = random.Random(seed)
    number = 0
    while True:
        number += 1
        event = {"a": chance.randint(3, 40), "b": chance.randint(20, 900), "c": chance.randint(2, 19)}
        city, day = chance.randrange(8), BEGIN + timedelta(hours=number)
        for told in range(chance.randint(1, 9)):
            if chance.randrange(100) < rubbish_in_a_hundred:
                yield chance.choice(BROKEN)
            language = "en" if told == 0 else chance.choice(sorted(TEXTS))
            text = TEXTS[language].format(city=CITIES[language][city], **event)
            yield _article(f"{number}-{told}", text, chance.choice(OUTLETS), day)


def _article(identity: str, body: str, outlet: str, day: datetime) -> bytes:
    told = {"id": identity, "outlet": outlet, "body": body, "published_at": day.isoformat()}
    return json.dumps(told, ensure_ascii=False).encode()

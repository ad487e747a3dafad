"""The words: all of them in French too, written as French is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import jinja2.meta
import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po
from jinja2 import Environment

from bot import errors
from bot.flows import templates
from bot.views import problems
from bot.views.words import LANGUAGES, Mrkdwn, Reader

ROOT = Path(__file__).parents[2]
TEXTS = sorted((ROOT / "bot" / "views" / "text").glob("*.j2"))
KEYWORDS = ["say", "say_many:1,2", "plain"]  # as in the Makefile

# What is the same in both languages.
SAME = {
    "%(title)s — version %(number)s",
    "*%(title)s* · %(campaign)s",
    "*%(title)s* v%(number)s · %(campaign)s · %(due)s",
    "Aurore",
    "Version %(number)s",
    "absence %(days)s",
}

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
CODE = re.compile(r"`[^`]*`|<[^>]*>|https?://\S*|%\(\w+\)s|\d+:\d+")
THIN = "\u202f"

Message = tuple[str, ...]  # a sentence, or its singular and its plural


@cache
def spoken() -> frozenset[Message]:
    """Every sentence that the code says."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as config:
        methods, options = parse_mapping_cfg(config)  # type: ignore[no-untyped-call]  # of babel
    found = extract_from_dir(
        str(ROOT), methods, options, DEFAULT_KEYWORDS | parse_keywords(KEYWORDS)
    )
    return frozenset(
        (message,) if isinstance(message, str) else tuple(message) for _, _, message, _, _ in found
    )


@cache
def french() -> dict[Message, Message]:
    """The catalogue: what is said in French for each sentence."""
    file = ROOT / "bot" / "views" / "locale" / "fr" / "LC_MESSAGES" / "retro.po"
    with file.open("rb") as source:
        catalogue: Catalog = read_po(source, locale="fr", abort_invalid=True)
    return {as_tuple(one.id): as_tuple(one.string) for one in catalogue if one.id}


def as_tuple(text: str | list[str] | tuple[str, ...] | None) -> Message:
    return (text,) if isinstance(text, str) else tuple(text or ())


def translations() -> Iterator[tuple[str, str]]:
    """Each French sentence with the English one it stands for."""
    for message, said in french().items():
        for position, sentence in enumerate(said):
            yield message[min(position, len(message) - 1)], sentence


def prose(sentence: str) -> str:
    """A sentence without what is not French in it: code, links, mentions, values."""
    return CODE.sub("x", sentence)


def test_every_sentence_has_its_french() -> None:
    untranslated = {message for message in spoken() if not all(french().get(message, ("",)))}

    assert untranslated == set()


def test_no_french_is_kept_for_what_nobody_says() -> None:
    assert set(french()) - spoken() == set()


def test_a_french_sentence_holds_the_values_of_the_english_one() -> None:
    for message, said in french().items():
        promised = set(PLACEHOLDER.findall(message[-1]))
        assert set(PLACEHOLDER.findall(said[-1])) == promised, message
        for sentence in said:
            # One may be written as a word.
            assert promised - {"n"} <= set(PLACEHOLDER.findall(sentence)) <= promised, message


def test_a_per_cent_sign_is_doubled_where_values_are_put_in() -> None:
    for message, said in french().items():
        for sentence in (*message, *said):
            assert "%" not in PLACEHOLDER.sub("", sentence).replace("%%", ""), sentence


def test_french_quotes_and_apostrophes_are_not_straight() -> None:
    straight = [said for _, said in translations() if re.search(r"['\"“”]", prose(said))]

    assert straight == []


def test_french_has_a_narrow_space_before_double_punctuation_and_inside_quotes() -> None:
    wrong = [said for _, said in translations() if is_badly_spaced(prose(said))]

    assert wrong == []


def is_badly_spaced(text: str) -> bool:
    return bool(
        re.search(rf"(?<!{THIN})[;:!?»]", text)
        or re.search(rf"«(?!{THIN})", text)
        or re.search(rf" {THIN}|{THIN} ", text)
    )


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        (f"Ceci{THIN}: cela", False),
        ("Ceci : cela", True),
        ("Ceci\u00a0; cela", True),
        (f"«{THIN}mot{THIN}»", False),
        ("« mot »", True),
        ("mot!", True),
    ],
)
def test_the_check_of_spaces_sees_what_is_wrong(*, text: str, is_wrong: bool) -> None:
    assert is_badly_spaced(text) is is_wrong


def test_english_quotes_are_not_straight() -> None:
    straight = [one for message in spoken() for one in message if '"' in prose(one)]

    assert straight == []


def test_nothing_is_left_in_english_for_a_french_reader() -> None:
    left = {english for english, said in translations() if english == said}

    assert left - SAME == set()


def test_singular_and_plural_are_told_apart_in_both_languages() -> None:
    fr, en = (Reader(locale=locale, today=date(2026, 11, 23)) for locale in ("fr-FR", "en-GB"))

    assert [fr.working_days(n) for n in (0, 1, 1.5, 2)] == [
        "0 jour ouvré",
        "1 jour ouvré",
        "1,5 jour ouvré",
        "2 jours ouvrés",
    ]
    assert [en.working_days(n) for n in (0, 1, 1.5, 2)] == [
        "0 working days",
        "1 working day",
        "1.5 working days",
        "2 working days",
    ]


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.name)
@pytest.mark.parametrize("locale", ["fr-FR", "fr-CA", "en-GB", "en-US", "de-DE", "", "xx"])
def test_every_text_can_be_written_in_every_language(file: Path, locale: str) -> None:
    source = file.read_text(encoding="utf-8")
    asked = jinja2.meta.find_undeclared_variables(Environment(autoescape=True).parse(source))
    values = {name: Mrkdwn(f"[{name}]") for name in asked - {"reader", "mention", "channel"}}

    written = Reader(locale=locale, today=date(2026, 11, 23)).write(file.name, **values)

    assert "%(" not in written
    assert "{{" not in written
    assert written


def test_what_a_person_typed_is_escaped_in_a_text() -> None:
    reader = Reader(locale="fr-FR", today=date(2026, 11, 23))
    values = dict.fromkeys(["launch", "status", "start", "margin", "why"], Mrkdwn("x"))

    written = reader.write("card_head.j2", name="<!channel> & co", lead="U0ALICE", **values)

    assert "&lt;!channel&gt; &amp; co" in written
    assert "<@U0ALICE>" in written


def test_templates_speak_both_languages_and_french_as_it_is_written() -> None:
    for template in templates.every():
        said = [
            template.titles,
            template.descriptions,
            *(role.titles for role in template.roles),
            *(task.titles for task in template.tasks),
        ]
        for words in said:
            assert words.keys() == set(LANGUAGES)
            assert all(words.values())
            assert not re.search(r"['\"“”]", words["fr"]), words["fr"]
            assert not is_badly_spaced(words["fr"]), words["fr"]


def expected_errors(of: type[errors.RetroError] = errors.RetroError) -> Iterator[type[Exception]]:
    for kind in of.__subclasses__():
        yield from expected_errors(kind)
        if not kind.__subclasses__() and kind is not errors.SettingsError:
            yield kind


@pytest.mark.parametrize("kind", list(expected_errors()))
def test_every_error_that_is_expected_has_words_of_its_own(kind: type[Exception]) -> None:
    assert problems.explain.dispatch(kind) is not problems.explain.dispatch(Exception)

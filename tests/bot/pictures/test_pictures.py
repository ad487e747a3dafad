"""Pictures as they leave the product: SVG that any reader takes, PNG, words, colours, letters."""

from __future__ import annotations

import struct
from datetime import date
from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flows import templates as shipped
from bot.views import pictures
from bot.views.pictures import lettering, palette
from bot.views.pictures.legend import words
from bot.views.pictures.lettering import BOLD, REGULAR, clean, fit, has_all, lines, width
from bot.views.pictures.palette import STYLES, contrast
from bot.views.words import Reader
from scheduling import Duration, Kind, Plan, plan, templates
from tests.bot.pictures.plans import (
    FRENCH,
    LAUNCH,
    SEEDS,
    any_plan,
    chain,
    planned,
    task,
    unhurried,
)

SVG = "{http://www.w3.org/2000/svg}"
DRAWINGS = [pictures.gantt, pictures.network]
HOSTILE = [
    "<b>&\"'</b>",
    "]]> --> <!--",
    "a\x00b\x1b[2J\n\tc",
    "\u202eevil",
    "\ud800",
    "\ufffe",
    "&amp;",
]
SIZE = 24.0


def reader(plan: Plan, locale: str = "fr-FR") -> Reader:
    return Reader(locale=locale, today=plan.today)


def pixels(png: bytes) -> tuple[int, int]:
    """The width and the height that a PNG says it has."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    across, down = struct.unpack(">II", png[16:24])
    return across, down


@pytest.mark.parametrize("draw", DRAWINGS)
@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_type_is_only_ever_text(draw: pictures.Draw, text: str) -> None:
    plan = planned(task("a", title=text or "x", owner=text), name=text)

    tree = ElementTree.fromstring(draw(plan, reader(plan), names={text: text}))  # noqa: S314 (ours)

    assert {element.tag.removeprefix(SVG) for element in tree.iter()} <= {
        *("svg", "title", "defs", "pattern", "rect", "g", "path", "circle", "text"),
    }
    shown = [element.text for element in tree.iter(f"{SVG}text")]
    assert clean(text) in shown or not clean(text).strip()


@unhurried
@given(SEEDS)
def test_every_picture_is_well_formed(seed: int) -> None:
    plan = any_plan(seed)

    for draw in DRAWINGS:
        ElementTree.fromstring(draw(plan, reader(plan)))  # noqa: S314 (ours)


@pytest.mark.parametrize("draw", DRAWINGS)
def test_the_same_plan_is_drawn_the_same(draw: pictures.Draw) -> None:
    plan = chain(30, gate_every=4)

    assert draw(plan, reader(plan)) == draw(plan, reader(plan))


@pytest.mark.parametrize("draw", DRAWINGS)
def test_a_png_has_the_shape_of_its_picture(draw: pictures.Draw) -> None:
    plan = chain(10, gate_every=4)
    svg = draw(plan, reader(plan))

    png = pictures.png(svg)

    tree = ElementTree.fromstring(svg)  # noqa: S314 (ours)
    across, down = pixels(png)
    assert across == 1200
    assert down == pytest.approx(int(tree.attrib["height"]) * 3 / 4, abs=1)
    assert len(png) < 500_000


def test_a_png_may_be_as_wide_as_one_wants() -> None:
    svg = pictures.gantt(chain(3), reader(chain(3)))

    across, down = pixels(pictures.png(svg, width=600))

    assert across == 600
    assert 2 * down == pytest.approx(pixels(pictures.png(svg))[1], abs=2)


def test_letters_are_drawn_with_the_font_of_the_package() -> None:
    head = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="40">'
    text = '<text x="9" y="30" font-size="24" font-family="Inter">Été – 1ᵉʳ\u202f!</text></svg>'

    assert len(pictures.png(head + text)) > len(pictures.png(f"{head}</svg>")) + 500


def test_a_character_that_no_font_has_is_an_empty_box_and_not_nothing() -> None:
    head = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="40">'
    text = '<text x="9" y="30" font-size="24" font-family="Inter">\U000e1234</text></svg>'

    assert not has_all(text)
    assert len(pictures.png(head + text)) > len(pictures.png(f"{head}</svg>"))


@pytest.mark.parametrize("locale", ["fr-FR", "fr-CA", "en-GB", "en-US", "de-DE"])
@pytest.mark.parametrize("draw", DRAWINGS)
def test_the_font_has_every_character_of_our_words(draw: pictures.Draw, locale: str) -> None:
    plan = chain(80, gate_every=5, today=date(2027, 3, 1))

    svg = draw(plan, reader(plan, locale))

    assert has_all(svg)
    assert has_all("".join(words(reader(plan, locale)).values()))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_font_has_every_character_of_the_shipped_templates(language: str) -> None:
    titles = [task.titles[language] for one in shipped.every() for task in one.tasks]

    missing = {c for title in titles for c in title if not has_all(c)}

    assert missing == set()


@pytest.mark.parametrize("template", shipped.every(), ids=lambda one: one.id)
def test_every_shipped_template_can_be_drawn(template: templates.Template) -> None:
    campaign = templates.place(template, {}, LAUNCH, language="fr", calendar=FRENCH)
    made = plan(campaign, date(2026, 11, 23))

    for draw in DRAWINGS:
        tree = ElementTree.fromstring(draw(made, reader(made)))  # noqa: S314 (ours)
        assert campaign.name in [element.text for element in tree.iter(f"{SVG}text")]


def test_a_picture_has_words_for_those_who_do_not_see_it() -> None:
    plan = chain(3)

    tree = ElementTree.fromstring(pictures.network(plan, reader(plan)))  # noqa: S314 (ours)

    said = pictures.alt_text(plan, reader(plan), is_network=True)
    assert tree.attrib["aria-label"] == said
    assert tree.findtext(f"{SVG}title") == said
    assert said.startswith("Réseau des tâches de «\u202fAurore\u202f»\u202f: 3 tâches, lancement")


@pytest.mark.parametrize("paper", [palette.PAPER, palette.DAY_OFF])
def test_texts_and_outlines_have_enough_contrast(paper: str) -> None:
    inks = [palette.INK, palette.QUIET, palette.LATE, palette.MARGIN, palette.LINE]
    inks += [style.edge for style in STYLES.values()]

    weak = {ink: contrast(ink, paper) for ink in inks if contrast(ink, paper) < 4.5}

    assert weak == {}


def test_contrast_is_counted_as_the_guidelines_do() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_bars_are_told_apart_without_colours() -> None:
    kinds = (Kind.WORK, Kind.APPROVAL, Kind.SUPPLIER)

    for one, other in combinations(kinds, 2):
        assert STYLES[one].pattern is not STYLES[other].pattern
    for kind in kinds:
        assert contrast(STYLES[kind].faded, palette.PAPER) < 1.5
        assert contrast(STYLES[kind].fill, STYLES[kind].faded) > 1.2


def test_a_text_is_as_wide_as_its_letters() -> None:
    assert width("", SIZE) == 0
    assert width("é", SIZE) == width("e", SIZE)
    assert width("iiii", SIZE) < width("mmmm", SIZE)
    assert width("Brief", SIZE, BOLD) > width("Brief", SIZE, REGULAR)
    assert width("Brief", 2 * SIZE) == pytest.approx(2 * width("Brief", SIZE))


@unhurried
@given(st.text(max_size=60), st.floats(0, 600))
def test_a_text_that_is_cut_fits(text: str, room: float) -> None:
    cut = fit(text, room, SIZE)

    assert width(cut, SIZE) <= room
    assert cut in {text, ""} or cut.endswith("…")


@unhurried
@given(st.text(alphabet="abc é", min_size=1, max_size=80), st.integers(1, 4))
def test_a_text_in_lines_fits_and_keeps_its_beginning(text: str, most: int) -> None:
    made = lines(text, 200, SIZE, most)

    assert 1 <= len(made) <= most
    assert all(width(line, SIZE) <= 200 for line in made)
    if not any(line.endswith("…") for line in made):
        assert " ".join(made) == text


@pytest.mark.parametrize("weight", [REGULAR, BOLD])
def test_no_letter_is_without_width(weight: int) -> None:
    for letter in "abcdefghijklmnopqrstuvwxyzéèêëàâîïôûùüçœæÉÈÀÇŒ0123456789–—’«»…·→✓½":
        assert has_all(letter)
        assert width(letter, SIZE, weight) > 0


def test_a_font_of_another_make_is_refused() -> None:
    cmap = struct.pack(">HHHHI", 0, 1, 3, 10, 12) + struct.pack(">HHH", 12, 0, 0) + bytes(8)

    with pytest.raises(ValueError, match="character map"):
        list(lettering._glyphs(cmap))  # noqa: SLF001 (no font at hand has another)


def test_a_margin_of_no_time_has_no_row() -> None:
    plan = planned(task("a"), margin=Duration.ZERO)

    assert "Safety margin" not in pictures.gantt(plan, reader(plan, "en-GB"))

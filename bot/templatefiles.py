"""``retro template``: the plan file of a finished campaign in, a campaign template out."""

from __future__ import annotations

from datetime import date
from typing import TextIO

from bot import planfiles
from bot.views.words import Reader
from scheduling import PlanError, retrospect, templatetoml


def run(file: str, *, template_id: str, today: date, locale: str, out: TextIO, err: TextIO) -> int:
    """Print the template that a campaign teaches, in TOML; return the exit code, 2 if it is bad.

    The template is called ``template_id``, or after the campaign if that is empty. What is wrong
    with the file costs one line of ``err`` a problem.
    """
    try:
        template = retrospect.template_of(planfiles.read(file).campaign, template_id)
    except (PlanError, OSError, UnicodeDecodeError) as error:
        complaints = planfiles.complaints(file, error, Reader(locale=locale, today=today))
        err.writelines(f"{line}\n" for line in complaints)
        return planfiles.BAD_INPUT
    # Half a pair, which JSON can spell, is nothing that a file in UTF-8 can hold.
    out.write(templatetoml.write(template).encode("utf-8", "replace").decode("utf-8"))
    return planfiles.DONE

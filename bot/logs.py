"""Logs for an operator: one line each, and never a secret in one."""

from __future__ import annotations

import logging
import re

_SECRETS = re.compile(
    r"xox[a-z]-[\w-]+|xapp-[\w-]+|xoxe[.\w-]+"
    r"|(?<=Bearer )\S+|https://hooks\.slack\.com/\S+|(?<=ticket=)\S+|(?<=[?&]code=)[^&\s]+"
)
_CHATTY = ("apscheduler", "alembic", "slack_sdk", "bolt", "slack_bolt", "werkzeug", "waitress")


class _Obvious(logging.Filter):
    """Leaves out what Bolt says at each start: that our token comes with the request instead."""

    def filter(self, record: logging.LogRecord) -> bool:
        return "will be ignored" not in str(record.msg) and "will be unused" not in str(record.msg)


class Redacting(logging.Formatter):
    """Writes a record whole, its traceback included, with every secret blotted out."""

    def format(self, record: logging.LogRecord) -> str:
        """The line or lines of a record."""
        return _SECRETS.sub("[secret]", super().format(record))


def set_up_logging(level: int = logging.INFO) -> None:
    """Log to standard error; libraries that print bodies only speak of trouble."""
    handler = logging.StreamHandler()
    handler.setFormatter(Redacting("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(_Obvious())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)

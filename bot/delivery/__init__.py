"""Says what was promised: from the outbox to Slack, once."""

from bot.delivery.outcomes import Voice
from bot.delivery.worker import SETTLE, Delivery, Rates

__all__ = ["SETTLE", "Delivery", "Rates", "Voice"]

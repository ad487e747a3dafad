"""The people and channels of the demonstration."""

from __future__ import annotations

from sandbox import Workspace

LEAD = "U0ALICE"
DESIGNER = "U0BRUNO"
MARKETING = "U0CHLOE"
BRAND = "U0DAN"
PRODUCTION = "U0INES"
EVERYONE = [LEAD, DESIGNER, MARKETING, BRAND, PRODUCTION]

GENERAL = "C0GENERAL"
BOREAL = "C0BOREAL"
AURORE = "C0AURORE"

_PARIS, _LONDON = "Europe/Paris", "Europe/London"
_PEOPLE = (
    (LEAD, "alice", "Alice Martin", "Responsable de campagne", "fr-FR", _PARIS),
    (DESIGNER, "bruno", "Bruno Petit", "Directeur artistique", "fr-FR", _PARIS),
    (MARKETING, "chloe", "Chloé Bernard", "Directrice marketing", "fr-FR", _PARIS),
    (BRAND, "dan", "Dan Walker", "Brand manager", "en-GB", _LONDON),
    (PRODUCTION, "ines", "Inès Lambert", "Production et médias", "fr-FR", _PARIS),
)


def settle(workspace: Workspace) -> None:
    """Let five people and three channels be there."""
    for user_id, name, real_name, title, locale, zone in _PEOPLE:
        workspace.add_user(
            user_id, name=name, real_name=real_name, title=title, locale=locale, tz=zone
        )
    topics = (
        (GENERAL, "general", "Toute l’équipe"),
        (BOREAL, "boreal", "Affichage Boréal, lancement le 25 janvier"),
        (AURORE, "aurore", "Prochaine campagne"),
    )
    for channel_id, name, topic in topics:
        workspace.add_channel(channel_id, name, members=list(EVERYONE), bot=True, topic=topic)

"""The app that is installed in the workspace, read from its manifest."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Command:
    """A slash command the app offers."""

    command: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False


@dataclass(frozen=True, kw_only=True)
class Shortcut:
    """A shortcut; ``type`` is ``global`` or ``message``."""

    type: str
    callback_id: str
    name: str


@dataclass(frozen=True, kw_only=True)
class App:
    """What Slack knows of an app: its manifest, its tokens and its secrets."""

    name: str
    bot_name: str
    commands: tuple[Command, ...]
    shortcuts: tuple[Shortcut, ...]
    scopes: frozenset[str]
    events: frozenset[str]
    has_home: bool
    has_messages_tab: bool
    redirect_urls: tuple[str, ...]
    bot_token: str
    app_token: str
    signing_secret: str
    client_id: str
    client_secret: str
    app_id: str = "A0SANDBOX"
    bot_id: str = "B0SANDBOX"
    bot_user_id: str = "U0SANDBOXBOT"

    @classmethod
    def from_manifest(
        cls,
        manifest: Mapping[str, Any],
        *,
        bot_token: str = "xoxb-sandbox",  # noqa: S107 - opens nothing but this sandbox
        app_token: str = "xapp-sandbox",  # noqa: S107 - opens nothing but this sandbox
        signing_secret: str = "sandbox-signing-secret",  # noqa: S107 - as above
        client_id: str = "100.200",
        client_secret: str = "sandbox-client-secret",  # noqa: S107 - as above
    ) -> "App":
        """Read a manifest as Slack's "create an app" page does."""
        display = manifest.get("display_information", {})
        features = manifest.get("features", {})
        oauth = manifest.get("oauth_config", {})
        home = features.get("app_home", {})
        scopes = oauth.get("scopes", {})
        events = manifest.get("settings", {}).get("event_subscriptions", {})
        name = display.get("name", "App")
        return cls(
            name=name,
            bot_name=features.get("bot_user", {}).get("display_name", name),
            commands=tuple(_command(each) for each in features.get("slash_commands", [])),
            shortcuts=tuple(_shortcut(each) for each in features.get("shortcuts", [])),
            scopes=frozenset(scopes.get("bot", [])) | frozenset(scopes.get("bot_optional", [])),
            events=frozenset(events.get("bot_events", [])),
            has_home=bool(home.get("home_tab_enabled", False)),
            has_messages_tab=bool(home.get("messages_tab_enabled", True)),
            redirect_urls=tuple(oauth.get("redirect_urls", [])),
            bot_token=bot_token,
            app_token=app_token,
            signing_secret=signing_secret,
            client_id=client_id,
            client_secret=client_secret,
        )

    def command(self, name: str) -> Command | None:
        """The command of this name, the slash included."""
        return next((each for each in self.commands if each.command == name), None)

    def shortcut(self, callback_id: str) -> Shortcut | None:
        """The shortcut with this callback id."""
        return next((each for each in self.shortcuts if each.callback_id == callback_id), None)


def _command(entry: Mapping[str, Any]) -> Command:
    return Command(
        command=entry["command"],
        description=entry.get("description", ""),
        usage_hint=entry.get("usage_hint", ""),
        should_escape=entry.get("should_escape", False),
    )


def _shortcut(entry: Mapping[str, Any]) -> Shortcut:
    return Shortcut(type=entry["type"], callback_id=entry["callback_id"], name=entry["name"])

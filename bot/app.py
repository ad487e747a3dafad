"""The one composition root: from settings to an assistant that runs."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot import handlers, startup
from bot.clients import make_client, make_socket_handler
from bot.clock import system_now
from bot.delivery import Delivery
from bot.deps import Deps
from bot.directory import Directory
from bot.flows import campaigns, digests, nudges
from bot.flows.speaking import Voice
from bot.settings import Settings
from bot.ticker import Ticker
from bot.views import problems
from bot.views.words import Reader
from bot.web.server import Health, Listener, make_pages
from storage import heartbeat, inbox, outbox
from storage.db import (
    Database,
    pending_migrations,
    upgrade,
)

log = logging.getLogger(__name__)

LISTENERS = 20  # clicks that can wait for the database at once
_PEOPLE = 60.0  # seconds between looks for people to ask Slack about anew
_HASTE = 2  # seconds Slack has to describe someone, who waits for an answer meanwhile
_KEPT = timedelta(days=7)  # events and heartbeats


@dataclass(kw_only=True)
class Assistant:
    """Everything one process does: listeners, ticker, delivery."""

    settings: Settings
    database: Database
    app: App
    delivery: Delivery
    ticker: Ticker
    directory: Directory
    now: Callable[[], datetime]
    worker: str
    listener: Listener
    executor: Executor
    wake: Event
    socket: SocketModeHandler | None = None
    _stop: Event = field(default_factory=Event)
    _threads: list[Thread] = field(default_factory=list)
    _is_listening: bool = False

    def listen(self) -> None:
        """Answer over HTTP from now on; nothing is ticked or delivered but by ``step``."""
        if not self._is_listening:
            self._is_listening = True
            self.listener.start()

    def start(self) -> None:
        """Listen, tick and deliver until ``stop``."""
        self.listen()
        self.ticker.start()
        self._run("delivery", lambda: self.delivery.run(self._stop, self.wake))
        self._run("people", self._keep_people)
        if self.settings.is_socket_mode:
            token = self.settings.slack_app_token.get_secret_value()
            self.socket = make_socket_handler(self.app, token, self.settings.slack_api_url)
            self.socket.connect()

    def stop(self) -> None:
        """Finish what is being said, and say nothing more."""
        if self.socket is not None:
            self.socket.close()
        if self._is_listening:
            self.listener.stop()
        else:
            self.listener.close()
        self.ticker.stop()
        self._stop.set()
        self.wake.set()
        for thread in self._threads:
            thread.join(timeout=25)
        self.executor.shutdown(wait=True)
        self.database.close()

    def step(self) -> int:
        """One pass of the ticker and of delivery, here and now; how many messages Slack took."""
        self.directory.refresh_due()
        self.ticker.tick()
        return self.delivery.drain()

    def _keep_people(self) -> None:
        while not self._stop.wait(_PEOPLE):
            try:
                self.directory.refresh_due()
            except SQLAlchemyError:
                log.exception("people are asked about again in a moment")

    def _run(self, name: str, work: Callable[[], None]) -> None:
        thread = Thread(target=work, name=name, daemon=True)
        thread.start()
        self._threads.append(thread)


def build(
    settings: Settings,
    *,
    now: Callable[[], datetime] = system_now,
    executor: Executor | None = None,
) -> Assistant:
    """Put an assistant together; it listens on its port once started.

    Raises ``SettingsError`` with one sentence for the operator, and ``SchemaTooNew``.
    """
    startup.check(settings)
    database = startup.open_storage(settings)
    try:
        if pending_migrations(database):
            upgrade(database)
        return _assemble(settings, database, now, executor)
    except BaseException:
        database.close()
        raise


def _assemble(
    settings: Settings,
    database: Database,
    now: Callable[[], datetime],
    executor: Executor | None,
) -> Assistant:
    token = settings.slack_bot_token.get_secret_value()
    client = make_client(token, settings.slack_api_url)
    identity = startup.identify(client, settings)
    with database.workers.begin() as session:
        startup.remember(session, settings, identity)

    def one_for_each(client: WebClient) -> Callable[[str], WebClient]:
        def client_for(team_id: str) -> WebClient:
            if team_id != identity.team_id:
                raise LookupError(f"no token for the workspace {team_id}")
            return client

        return client_for

    wake = Event()
    hasty = make_client(token, settings.slack_api_url, timeout=_HASTE)
    people = Directory(database, one_for_each(hasty), now)
    pool = executor or ThreadPoolExecutor(LISTENERS, thread_name_prefix="listener")
    elsewhere = problems.elsewhere(Reader(locale=settings.locale, today=now().date()))
    app = _listening_app(settings, identity, pool, elsewhere)
    deps = Deps(
        database=database,
        directory=people,
        now=now,
        locale=settings.locale,
        wake_delivery=wake.set,
    )
    handlers.register(app, deps)

    worker = f"{socket.gethostname()}:{os.getpid()}"
    health = Health(last_tick=lambda: _last_tick(database, worker), now=now)
    pages = make_pages(None if settings.is_socket_mode else app, settings.signing_secrets, health)
    return Assistant(
        settings=settings,
        database=database,
        app=app,
        delivery=Delivery(db=database, client_for=one_for_each(client), voice=Voice(now), now=now),
        ticker=Ticker(
            database,
            {
                "digests": digests.queue_due,
                "nudges": nudges.queue_due,
                "looks": campaigns.queue_looks,
                "sweep": _sweep,
            },
            now,
            worker=worker,
        ),
        directory=people,
        now=now,
        worker=worker,
        listener=Listener(pages, settings.host, settings.port),
        executor=pool,
        wake=wake,
    )


def _listening_app(
    settings: Settings, identity: startup.Identity, pool: Executor, elsewhere: str
) -> App:
    token = settings.slack_bot_token.get_secret_value()

    def authorize(team_id: str | None) -> Any:  # Bolt's types do not know that None is nobody
        if team_id != identity.team_id:
            return None
        return AuthorizeResult(
            enterprise_id=None,
            team_id=identity.team_id,
            bot_token=token,
            bot_id=identity.bot_id,
            bot_user_id=identity.bot_user_id,
        )

    return App(
        client=make_client("", settings.slack_api_url),  # each request brings its token
        authorize=authorize,
        user_facing_authorize_error_message=elsewhere,
        request_verification_enabled=False,  # done on the raw bytes, by bot.web
        ssl_check_enabled=False,
        listener_executor=pool,
        logger=logging.getLogger("bolt"),
    )


def _last_tick(database: Database, worker: str) -> datetime | None:
    with database.readers.begin() as session:
        return heartbeat.last(session, worker)


def _sweep(session: Session, now: datetime) -> None:
    """Forget what no longer matters."""
    outbox.expire_overdue(session, now)
    inbox.forget(session, now - _KEPT)
    heartbeat.forget(session, now - _KEPT)

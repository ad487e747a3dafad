"""``python -m sandbox``: a pretend Slack workspace in the browser."""

import argparse
import signal
import sys
import threading
from pathlib import Path

import yaml

from sandbox.app import App
from sandbox.clock import Clock, system_now
from sandbox.company import EXAMPLE, read_company, settle
from sandbox.web.server import Server
from sandbox.workspace import Workspace

GREETING = """\
Workspace  {url}/
Start your app with
  SLACK_API_URL={api_url}
  SLACK_BOT_TOKEN={bot_token}
  SLACK_SIGNING_SECRET={signing_secret}
{way}
"""
OVER_SOCKET = "  SLACK_APP_TOKEN={app_token}"
OVER_HTTP = "and let it listen at {request_url}"


def main(argv: list[str] | None = None) -> int:
    """Serve until interrupted."""
    given = _arguments(argv)
    manifest = yaml.safe_load(given.manifest.read_text(encoding="utf-8"))
    workspace = Workspace(clock=Clock(system_now()), app=App.from_manifest(manifest))
    settle(workspace, read_company(given.people) if given.people else EXAMPLE)
    workspace.request_url = given.request_url
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    with Server(workspace, host=given.host, port=given.port) as server:
        sys.stdout.write(_greeting(server))
        sys.stdout.flush()
        stop.wait()
    return 0


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--manifest", type=Path, default=Path("manifest.yml"))
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=4100)
    parser.add_argument("--request-url", help="where the app takes payloads; without it, sockets")
    parser.add_argument("--people", type=Path, help="a YAML file of users and channels")
    return parser.parse_args(argv)


def _greeting(server: Server) -> str:
    workspace = server.workspace
    way = OVER_SOCKET if workspace.request_url is None else OVER_HTTP
    return GREETING.format(
        url=server.url,
        api_url=server.api_url,
        bot_token=workspace.app.bot_token,
        signing_secret=workspace.app.signing_secret,
        way=way.format(app_token=workspace.app.app_token, request_url=workspace.request_url),
    )


if __name__ == "__main__":
    sys.exit(main())

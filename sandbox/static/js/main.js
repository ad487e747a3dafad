/** The page's beginning. */

import { el } from "./dom.js";
import { Api } from "./api.js";
import { Page } from "./page.js";
import { watchPopovers } from "./popover.js";
import { addressOf, readRoute } from "./route.js";
import { Workspace } from "./workspace.js";

const RETRY_AFTER = 1500;

/** Find out who one is, read the workspace, and show it; try again while the server is away. */
async function begin() {
  const root = document.getElementById("page");
  const route = readRoute();
  const workspace = new Workspace(new Api(route.as));
  try {
    await workspace.refresh();
  } catch (refused) {
    if (route.as && refused.error !== "unreachable") {
      location.replace(addressOf({}));
      return;
    }
    root.replaceChildren(
      el("div", { class: "starting", role: "status" }, "Waiting for the workspace…"),
    );
    setTimeout(begin, RETRY_AFTER);
    return;
  }
  if (!route.as) {
    location.replace(addressOf({ as: workspace.persons[0].id }));
    return;
  }
  new Page(workspace, root).start(route);
}

watchPopovers();
begin();

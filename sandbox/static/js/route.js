/** Where one is, in the page's address: who one is, which channel, which tab of the app. */

/**
 * @typedef {{as: string, channel: string, tab: "messages" | "home", thread: string}} Route
 */

/** Read the route from the address bar. @returns {Route} */
export function readRoute() {
  const query = new URLSearchParams(location.search);
  return {
    as: query.get("as") ?? "",
    channel: query.get("channel") ?? "",
    tab: query.get("tab") === "home" ? "home" : "messages",
    thread: query.get("thread") ?? "",
  };
}

/** The address of a route. @param {Partial<Route>} route */
export function addressOf(route) {
  const query = new URLSearchParams();
  if (route.as) query.set("as", route.as);
  if (route.channel) query.set("channel", route.channel);
  if (route.tab === "home") query.set("tab", "home");
  if (route.thread) query.set("thread", route.thread);
  return `/?${query}`;
}

/** Write the route into the address bar; `replace` leaves no step for the Back button. */
export function writeRoute(route, { replace = false } = {}) {
  const address = addressOf(route);
  if (address === location.pathname + location.search) return;
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
}

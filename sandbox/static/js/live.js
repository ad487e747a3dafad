/** News from the server as it happens. */

const FORGET_AFTER = 60_000;

/**
 * Listen to the server's events for one person, for as long as the page is in view. A browser
 * keeps only six connections to one address, so a tab left in the background lets go of its own.
 *
 * @param {string} as
 * @param {{change: (news: {what: string, channel?: string}) => void,
 *          open: () => void, lost: () => void}} hears
 *   `open` is called on each (re)connection: what happened meanwhile has to be read again
 */
export function listen(as, hears) {
  let source = null;
  let timer = 0;

  function connect() {
    clearTimeout(timer);
    if (source && source.readyState !== EventSource.CLOSED) return;
    source = new EventSource(`/sandbox/events?as=${encodeURIComponent(as)}`);
    source.addEventListener("open", hears.open);
    source.addEventListener("change", (event) => hears.change(JSON.parse(event.data)));
    source.addEventListener("error", () => {
      hears.lost();
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(connect, 1500);
    });
  }

  function letGo() {
    source.close();
  }

  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(letGo, FORGET_AFTER);
    else connect();
  });
  connect();
}

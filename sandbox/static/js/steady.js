/** Order among things that happen at once. */

/**
 * Wrap a reading task so that it never overlaps itself: asked again while it runs, it runs once
 * more afterwards, so that the last answer shown is never an old one.
 *
 * @param {() => Promise<void>} task
 * @returns {() => Promise<void>} settles when nothing asked for is left to do
 */
export function oneAtATime(task) {
  let running = null;
  let again = false;

  async function run() {
    do {
      again = false;
      await task();
    } while (again);
  }

  return () => {
    if (running) {
      again = true;
      return running;
    }
    running = run().finally(() => {
      running = null;
    });
    return running;
  };
}

/** Wrap a function so that it runs once, some milliseconds after it was last called. */
export function afterPause(milliseconds, callback) {
  let timer = 0;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => callback(...values), milliseconds);
  };
}

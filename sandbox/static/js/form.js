/** What has been filled in on one surface (a modal, a Home tab, a message). */

/**
 * Values live under block_id and action_id, in the shape Slack sends as `state.values`. They
 * survive a new drawing of the surface where both ids stay, as in Slack: a new initial value under
 * old ids is not shown.
 */
export class Form {
  #values = new Map();
  #drawn = new Set();
  #listeners = [];

  /** @param {Object<string, Object<string, Object>>} [values] filled in before */
  constructor(values = {}) {
    for (const [blockId, actions] of Object.entries(values)) {
      for (const [actionId, state] of Object.entries(actions)) {
        if (!isEmpty(state)) this.#values.set(key(blockId, actionId), { blockId, actionId, state });
      }
    }
  }

  /** Called before a surface is drawn again. */
  beginDrawing() {
    this.#drawn = new Set();
  }

  /** Called after it: values of elements that are gone are forgotten. */
  endDrawing() {
    for (const one of this.#values.keys()) {
      if (!this.#drawn.has(one)) this.#values.delete(one);
    }
  }

  /**
   * The value an element shows: the one kept for its ids, else its initial one.
   *
   * @param {{type: string}} initial
   */
  take(blockId, actionId, initial) {
    const id = key(blockId, actionId);
    this.#drawn.add(id);
    const kept = this.#values.get(id);
    if (kept && (kept.state.type ?? initial.type) === initial.type) {
      return { ...initial, ...kept.state };
    }
    this.#values.set(id, { blockId, actionId, state: initial });
    return initial;
  }

  /** Someone changed a value. */
  put(blockId, actionId, state) {
    this.#values.set(key(blockId, actionId), { blockId, actionId, state });
    for (const listener of this.#listeners) listener(blockId, actionId);
  }

  /** Be told of each change. @param {(blockId: string, actionId: string) => void} listener */
  onChange(listener) {
    this.#listeners.push(listener);
  }

  /** One value, or undefined. */
  get(blockId, actionId) {
    return this.#values.get(key(blockId, actionId))?.state;
  }

  /** All of them as Slack's `state`. */
  get state() {
    const values = {};
    for (const { blockId, actionId, state } of this.#values.values()) {
      values[blockId] = { ...values[blockId], [actionId]: state };
    }
    return { values };
  }
}

/** Whether nothing has been filled in: all but the type (and zone) is null, blank or an empty list. */
export function isEmpty(state) {
  return Object.entries(state ?? {}).every(([name, value]) => {
    if (name === "type" || name === "timezone") return true;
    if (Array.isArray(value)) return value.length === 0;
    return value === null || value === undefined || value === "";
  });
}

function key(blockId, actionId) {
  return JSON.stringify([blockId, actionId]);
}

/** Talking to the sandbox server as one person. */

/** The server answered no: `error` is its own word for why. */
export class Refused extends Error {
  constructor(error) {
    super(error);
    this.name = "Refused";
    this.error = error;
  }
}

/** Requests to the server in one person's name. */
export class Api {
  /** @param {string} as the user id one acts as; empty until one has been chosen */
  constructor(as) {
    this.as = as;
  }

  /**
   * Read something.
   *
   * @param {string} path such as "/sandbox/messages"
   * @param {Object<string, string>} [params] added to `as`
   * @returns {Promise<*>} the answer
   * @throws {Refused}
   */
  async get(path, params = {}) {
    const query = new URLSearchParams(this.as ? { as: this.as, ...params } : params);
    return answer(fetch(`${path}?${query}`));
  }

  /** Do something; `as` is added to the body. @throws {Refused} */
  async post(path, body = {}) {
    const request = {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ as: this.as, ...body }),
    };
    return answer(fetch(path, request));
  }

  /** Take something away. @throws {Refused} */
  async remove(path) {
    return answer(fetch(path, { method: "DELETE" }));
  }

  /** Upload one file from the person's disk; its File record comes back. @throws {Refused} */
  async upload(file) {
    const form = new FormData();
    form.append("as", this.as);
    form.append("file", file, file.name);
    const { file: stored } = await answer(fetch("/sandbox/files", { method: "POST", body: form }));
    return stored;
  }

  /** The address from which this person's browser may read a file of the workspace. */
  fileUrl(address) {
    const url = new URL(address, location.href);
    if (url.pathname.startsWith("/files")) {
      url.searchParams.set("as", this.as);
      return url.pathname + url.search;
    }
    return url.href;
  }
}

async function answer(request) {
  let body;
  try {
    const response = await request;
    body = await response.json();
  } catch {
    throw new Refused("unreachable");
  }
  if (!body.ok) throw new Refused(body.error ?? "unknown_error");
  return body;
}

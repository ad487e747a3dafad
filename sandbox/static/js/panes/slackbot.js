/** Slackbot's answers to one person. */

import { SLACKBOT } from "../workspace.js";

/**
 * An answer as a message. The page alone keeps it, so it is gone after a reload, as in Slack.
 *
 * @param {string} text
 * @param {import("../workspace.js").Workspace} workspace
 * @param {Object[]} earlier the answers already kept in the same place
 */
export function slackbotNote(text, workspace, earlier) {
  const seconds = Math.floor(workspace.now().getTime() / 1000);
  const order = String(900_000 + earlier.length);
  return {
    ts: `${seconds}.${order}`,
    user: SLACKBOT,
    username: "Slackbot",
    text,
    blocks: [],
    files: [],
    ephemeral: true,
  };
}

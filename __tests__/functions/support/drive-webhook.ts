import { createHmac } from "node:crypto";
import { httpEvent } from "./http-events";
import type { RecordedWorld } from "./recorded-world";

type Handler = typeof import("../../../functions/webhook/handler.js").handler;

const key = "webhook-key";
const commit = "0123456789abcdef0123456789abcdef01234567";

const pullRequest = (bytes: number) => ({
  action: "opened",
  number: 7,
  pull_request: { head: { sha: commit }, body: "x".repeat(bytes) },
  repository: { full_name: "example/platform" },
});

const run = {
  state: "FINISHED",
  stateVersion: 4,
  timestamp: 1_767_225_600,
  run: {
    id: "01J",
    type: "TRACKED",
    commit: { hash: commit, url: `https://github.com/example/platform/commit/${commit}` },
  },
  stack: { id: "platform" },
};

function delivery(source: "github" | "spacelift", payload: object, signingKey = key) {
  const body = JSON.stringify(payload);
  const signature = `sha256=${createHmac("sha256", signingKey).update(body).digest("hex")}`;
  return httpEvent(`POST /webhooks/${source}`, {
    headers:
      source === "github"
        ? [
            ["X-GitHub-Event", "pull_request"],
            ["X-GitHub-Delivery", `00000000-0000-4000-8000-0000${String(body.length).padStart(8, "0")}`],
            ["X-Hub-Signature-256", signature],
          ]
        : [["X-Signature-256", signature]],
    body,
  });
}

/** Sends the receiver of code what it takes, small and large, once more, and with a wrong signature; gives the statuses. */
export async function driveWebhook(
  handler: Handler,
  variables: Readonly<Record<string, string>>,
  world: RecordedWorld,
): Promise<number[]> {
  for (const name of ["GITHUB_WEBHOOK_SECRET_ARN", "SPACELIFT_WEBHOOK_SECRET_ARN"]) {
    world.secret(String(variables[name])).putSecretValue("version-1", key);
  }
  const small = delivery("github", pullRequest(0));
  const submission = { repository: "example/platform", pullRequest: 7, commit };
  const events = [
    small,
    small,
    delivery("github", pullRequest(200_000)),
    delivery("github", pullRequest(1), "another-key"),
    delivery("spacelift", run),
    httpEvent("POST /api/v1/reviews", { roles: "Reviews.Submit", body: JSON.stringify(submission) }),
  ];
  const statuses: number[] = [];
  for (const event of events) statuses.push((await handler(event)).statusCode);
  return statuses;
}

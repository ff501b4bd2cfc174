import type { WebhookSource } from "../../../functions/webhook/sources";
import type { Dice } from "../../dice";
import { canary } from "./held-keys";

/** A body of either sender: a good one, one that is for nobody, or garbage. */
export function randomBody(source: WebhookSource, dice: Dice): Buffer {
  const kind = dice.fraction();
  if (kind < 0.5) return json(event(source, dice));
  if (kind < 0.8) return json(hostile(event(source, dice), dice));
  return kind < 0.98 ? Buffer.from(dice.pick(garbage)) : bytes(dice);
}

/** Some bytes, seldom UTF-8. */
export const bytes = (dice: Dice): Buffer =>
  Buffer.from(Array.from({ length: 1 + dice.below(60) }, () => dice.below(256)));

/** A sound body of 25 KB to 6 MB, the most that Lambda takes. */
export function largeBody(source: WebhookSource, dice: Dice): Buffer {
  const size = dice.pick([25_000, 102_400, 1_000_000, 6_000_000]);
  const [filler, fillerBytes] = dice.pick([["a", 1] as const, ["é", 2] as const, ['"', 2] as const]);
  return json({ ...event(source, dice), note: `${canary}${filler.repeat(size / fillerBytes)}` });
}

const event = (source: WebhookSource, dice: Dice) => (source === "github" ? pullRequest(dice) : run(dice));

const json = (value: unknown) => Buffer.from(JSON.stringify(value));

function pullRequest(dice: Dice) {
  return {
    action: dice.pick(["opened", "synchronize", "reopened", "closed"]),
    number: 1 + dice.below(50),
    pull_request: { head: { sha: commit(dice) }, title: `${canary} ${dice.pick(texts)}` },
    repository: { full_name: "example/platform" },
    ...(dice.chance(0.3) && { installation: { id: 7 } }),
  };
}

function run(dice: Dice) {
  const hash = commit(dice);
  return {
    state: dice.pick(["QUEUED", "FINISHED"]),
    stateVersion: dice.below(9),
    timestamp: 1_770_000_000 + dice.below(50),
    run: { id: "01ABC", type: "TRACKED", commit: { hash, url: `https://github.com/example/platform/commit/${hash}` } },
    stack: { id: dice.pick(["platform", ...texts]) },
    note: canary,
  };
}

const commit = (dice: Dice) => dice.pick("0123456789abcdef".split("")).repeat(40);

const texts = [
  "ünïcödé",
  "日本語 😀",
  "\u202e\u0000\ufeff",
  "</script>",
  "${jndi:ldap://x}",
  "'; DROP TABLE",
  "\ud800",
];

const values = [
  null,
  true,
  -1,
  1e308,
  "",
  "x".repeat(600),
  [],
  {},
  [[[[[]]]]],
  "http://",
  "https://x/%zz/commit",
  "//",
];

/** The event with one field, at any depth, taken away or given another value. */
function hostile(event: Readonly<Record<string, unknown>>, dice: Dice): unknown {
  const field = dice.pick(Object.keys(event));
  const { [field]: value, ...rest } = event;
  if (dice.chance(0.2)) return rest;
  const isObject = typeof value === "object" && value !== null;
  if (isObject && dice.chance(0.7)) {
    return { ...rest, [field]: hostile(value as Readonly<Record<string, unknown>>, dice) };
  }
  return { ...rest, [field]: dice.pick(values) };
}

const nested = 5000;
const garbage = [
  ...["", " ", "{", "}", "null", "true", "0", '""', "[]", "{}", "NaN", "undefined", "payload=%7B%7D", `{"${canary}`],
  ...['{"__proto__":{"action":"opened"}}', '{"constructor":{"prototype":{"ok":true}}}', '{"__proto__":null}'],
  ...['{"action":"opened","action":"closed"}', '{"action":"opened","number":1e999}', '{"toString":1,"valueOf":2}'],
  ...["\ufeff{}", "{}\u0000", "{'a':1}", `{"a":${"9".repeat(400)}}`, '{"a":"\\ud800"}', '{"\\u0000":1}'],
  ...[
    "[".repeat(nested),
    `${"[".repeat(nested)}${"]".repeat(nested)}`,
    `${'{"a":'.repeat(nested)}1${"}".repeat(nested)}`,
  ],
];

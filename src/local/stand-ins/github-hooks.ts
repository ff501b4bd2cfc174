import type { Access, Route } from "./github-access";
import { refused } from "./github-access";
import { type AttemptRecord, type Event, type HookConfig, type HookSender, hookSender } from "./hook-sender";
import type { Answer, StandInRequest } from "./server";

/** Where a test makes a webhook: `{ hook, url, secret }`, the hook by its path, `/app/hook` or `/repos/o/r/hooks/1`. */
export const HOOKS_PATH = "/_stand-in/hooks";
/** Where a test has a webhook send: `{ hook, event, body, ... }`; the answer is the attempt, once it is through. */
export const DELIVERIES_PATH = "/_stand-in/deliveries";

/** What GitHub shows instead of a secret. */
const mask = "********";

const appHook = "(/app/hook)";
const repositoryHook = "(/repos/[^/]+/[^/]+/hooks/\\d+)";

/** The addresses of the App's own webhook and of repositories' webhooks.
 *
 * https://docs.github.com/en/rest/apps/webhooks, https://docs.github.com/en/rest/repos/webhooks
 */
export function hookRoutes({ asApp, asInstallation }: Pick<Access, "asApp" | "asInstallation">): readonly Route[] {
  const hooks = new Map<string, HookSender>();
  let lastId = 0;
  const nextId = () => ++lastId;

  type HookHandler = (hook: HookSender, request: StandInRequest, parts: readonly string[]) => Answer;
  const withHook =
    (answer: HookHandler): Route[1] =>
    (request, [path = "", ...parts]) => {
      const hook = hooks.get(path);
      return hook ? answer(hook, request, parts) : refused(404, "Not Found");
    };
  const withAttempt = (answer: (hook: HookSender, record: AttemptRecord) => Answer) =>
    withHook((hook, _, [id]) => {
      const record = hook.attempts().find(({ attempt }) => attempt.id === Number(id));
      return record ? answer(hook, record) : refused(404, "Not Found");
    });

  const ofBoth = (base: string, allow: (handler: Route[1]) => Route[1]): readonly Route[] => [
    [new RegExp(`^GET ${base}/config$`), allow(withHook(({ config }) => shown(config)))],
    [
      new RegExp(`^PATCH ${base}/config$`),
      allow(
        withHook((hook, { body }) => {
          hook.config = { ...hook.config, ...(JSON.parse(body) as Partial<HookConfig>) };
          return shown(hook.config);
        }),
      ),
    ],
    [new RegExp(`^GET ${base}/deliveries(?:\\?.*)?$`), allow(withHook(page))],
    [new RegExp(`^GET ${base}/deliveries/(\\d+)$`), allow(withAttempt((_, record) => detail(record)))],
    [
      new RegExp(`^POST ${base}/deliveries/(\\d+)/attempts$`),
      allow(
        withAttempt((hook, record) => {
          hook.repeat(record);
          return { status: 202, body: {} };
        }),
      ),
    ],
  ];

  return [
    ...ofBoth(appHook, asApp),
    ...ofBoth(repositoryHook, asInstallation),
    [
      new RegExp(`^POST ${repositoryHook}/pings$`),
      asInstallation((request, [path = ""]) =>
        withHook((hook) => {
          void hook.send({ event: "ping", body: ping(path, hook.config) });
          return { status: 204 };
        })(request, [path]),
      ),
    ],
    [
      new RegExp(`^POST ${HOOKS_PATH}$`),
      ({ body }) => {
        const { hook, url, secret } = JSON.parse(body) as { hook: string; url: string; secret: string };
        hooks.set(hook, hookSender({ url, secret, content_type: "json", insecure_ssl: "0" }, nextId));
        return { status: 204 };
      },
    ],
    [
      new RegExp(`^POST ${DELIVERIES_PATH}$`),
      async ({ body }) => {
        const { hook: path, ...event } = JSON.parse(body) as Event & { hook: string };
        const hook = hooks.get(path);
        return hook ? { status: 200, body: await hook.send(event) } : refused(404, "Not Found");
      },
    ],
  ];
}

const shown = (config: HookConfig): Answer => ({
  status: 200,
  body: { ...config, ...(config.secret === undefined ? {} : { secret: mask }) },
});

/** A page of attempts, newest first; the address of the next is in the header `Link` only. */
function page(hook: HookSender, { path, headers }: StandInRequest): Answer {
  const { pathname, searchParams: asked } = new URL(path, `http://${headers.host ?? "localhost"}`);
  const size = Math.min(Math.max(Number(asked.get("per_page") ?? 30), 1), 100);
  const from = /^v1_(\d+)$/.exec(asked.get("cursor") ?? "")?.[1];
  const rest = hook.attempts().filter(({ attempt }) => from === undefined || attempt.id <= Number(from));
  const next = rest[size]?.attempt.id;
  const link = `<http://${headers.host}${pathname}?per_page=${size}&cursor=v1_${next}>; rel="next"`;
  return {
    status: 200,
    body: rest.slice(0, size).map(({ attempt }) => attempt),
    ...(next === undefined ? {} : { headers: { link } }),
  };
}

const detail = ({ attempt, sent, answer }: AttemptRecord): Answer => ({
  status: 200,
  body: {
    ...attempt,
    url: sent.url,
    request: {
      headers: { "X-GitHub-Delivery": attempt.guid, "X-GitHub-Event": attempt.event },
      payload: JSON.parse(sent.body),
    },
    response: { headers: {}, payload: answer },
  },
});

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#ping */
function ping(path: string, { secret: _, ...config }: HookConfig): string {
  const [owner, name] = path.split("/").slice(2);
  const id = Number(path.split("/").pop());
  const hook = { type: "Repository", id, name: "web", active: true, events: ["pull_request"], config };
  return JSON.stringify({
    zen: "Keep it logically awesome.",
    hook_id: id,
    hook,
    repository: { full_name: `${owner}/${name}` },
  });
}

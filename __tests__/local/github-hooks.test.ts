import { setTimeout as sleep } from "node:timers/promises";
import { githubApi } from "../../functions/shared/github";
import { githubHook } from "../../functions/shared/github-hook";
import { signature } from "../../src/local/delivery";
import { loopbackUrl, ports } from "../../src/local/ports";
import type { Attempt } from "../../src/local/stand-ins/hook-sender";
import { appHook, closeAll, gitHubWithHooks, type Received, receiver, repositoryHook } from "./hook-receiver";

afterEach(closeAll);

const body = JSON.stringify({ action: "opened", installation: { id: 7 }, repository: { id: 9 } });
const event = { event: "pull_request", body };
const signedBy =
  (key: string) =>
  ({ body: sent, signature: given }: Received) =>
    given === signature(sent, key);

async function untilReceived(received: readonly Received[], count: number): Promise<void> {
  for (let tries = 0; received.length < count && tries < 100; tries += 1) await sleep(20);
}

describe.each([
  ["the App's own webhook", appHook],
  ["a repository's webhook", repositoryHook],
])("the GitHub stand-in, asked for %s", (_, hook) => {
  const given = async () => {
    const { url, ...to } = await receiver();
    const gitHub = await gitHubWithHooks(url);
    const ask = hook === appHook ? gitHub.asApp : gitHub.asInstallation;
    const attempts = async (query = "") => {
      const response = await ask("GET", `${hook}/deliveries${query}`);
      return { link: response.headers.get("link"), page: (await response.json()) as Attempt[] };
    };
    return { ...to, gitHub, ask, attempts, receiverUrl: url };
  };

  it("takes a new secret, signs with it at once, and never answers it", async () => {
    const { ask, gitHub, received, receiverUrl } = await given();
    await gitHub.send(hook, event);

    const changed = await ask("PATCH", `${hook}/config`, { secret: "second" });
    const read = await ask("GET", `${hook}/config`);
    await gitHub.send(hook, event);

    const config = { url: receiverUrl, content_type: "json", insecure_ssl: "0", secret: "********" };
    expect([changed.status, read.status]).toEqual([200, 200]);
    expect([await changed.json(), await read.json()]).toEqual([config, config]);
    expect(received.map(signedBy("first"))).toEqual([true, false]);
    expect(received.map(signedBy("second"))).toEqual([false, true]);
  });

  it("tells of an attempt what GitHub documents, and what was sent and answered when asked for it alone", async () => {
    const { ask, gitHub, attempts, receiverUrl } = await given();
    const made = await gitHub.send(hook, event);

    const { page } = await attempts();
    const detail = await (await ask("GET", `${hook}/deliveries/${made.id}`)).json();

    const documented = {
      id: made.id,
      guid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      delivered_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      redelivery: false,
      duration: expect.any(Number),
      status: "OK",
      status_code: 202,
      event: "pull_request",
      action: "opened",
      installation_id: 7,
      repository_id: 9,
      throttled_at: null,
    };
    expect(page).toEqual([documented]);
    expect(detail).toMatchObject({
      ...documented,
      url: receiverUrl,
      request: { payload: { action: "opened" } },
      response: { payload: '{"status":"queued"}' },
    });
  });

  it("shows attempts newest first, page by page, and names the next page in the header Link only", async () => {
    const { gitHub, attempts } = await given();
    const ids: number[] = [];
    for (let count = 0; count < 5; count += 1) ids.push((await gitHub.send(hook, event)).id);

    const first = await attempts("?per_page=2");
    const second = await attempts(`?${/\?([^>]+)>; rel="next"$/.exec(first.link ?? "")?.[1]}`);
    const third = await attempts(`?${/\?([^>]+)>; rel="next"$/.exec(second.link ?? "")?.[1]}`);

    expect([first, second, third].flatMap(({ page }) => page.map(({ id }) => id))).toEqual(ids.reverse());
    expect([first, second, third].map(({ page }) => page.length)).toEqual([2, 2, 1]);
    expect(third.link).toBeNull();
  });

  it("sends an attempt again when it is asked to, under the same GUID and by the key it has now", async () => {
    const { ask, gitHub, attempts, received } = await given();
    const { id, guid } = await gitHub.send(hook, event);
    await ask("PATCH", `${hook}/config`, { secret: "second" });

    const again = await ask("POST", `${hook}/deliveries/${id}/attempts`);
    await untilReceived(received, 2);
    await sleep(50);

    expect(again.status).toBe(202);
    expect(received.map((each) => each.guid)).toEqual([guid, guid]);
    expect(received.map(signedBy("second"))).toEqual([false, true]);
    const { page } = await attempts();
    expect(page.map((each) => [each.guid, each.redelivery])).toEqual([
      [guid, true],
      [guid, false],
    ]);
  });

  it("sends again by the key of the first attempt where it is told to", async () => {
    const { ask, gitHub, received } = await given();
    const { id } = await gitHub.send(hook, { ...event, keepsSignature: true });
    await ask("PATCH", `${hook}/config`, { secret: "second" });

    await ask("POST", `${hook}/deliveries/${id}/attempts`);
    await untilReceived(received, 2);

    expect(received.map(signedBy("first"))).toEqual([true, true]);
  });

  it("writes down what was refused and what nobody answered, and repeats neither by itself", async () => {
    const { gitHub, attempts, received, answer } = await given();
    const firstTo = loopbackUrl(ports.nobody);
    const nobody = await gitHub.send(hook, { ...event, firstTo, firstSecondsAgo: 120 });
    answer.status = 503;
    const refused = await gitHub.send(hook, event);
    await sleep(50);

    expect([nobody.status, nobody.status_code]).toEqual(["failed to connect to host", 0]);
    expect([refused.status, refused.status_code]).toEqual(["Invalid HTTP Response: 503", 503]);
    expect(Math.round((Date.now() - Date.parse(nobody.delivered_at)) / 1_000)).toBe(120);
    expect(received).toHaveLength(1);
    expect((await attempts()).page).toHaveLength(2);
  });

  it("refuses a stranger, and what it does not have", async () => {
    const { gitHub, ask } = await given();
    const wrong = hook === appHook ? gitHub.asInstallation : gitHub.asApp;

    const statuses = await Promise.all([
      wrong("GET", `${hook}/config`),
      wrong("PATCH", `${hook}/config`, { secret: "stolen" }),
      ask("GET", `${hook}/deliveries/99`),
      ask("POST", `${hook}/deliveries/99/attempts`),
      gitHub.asInstallation("GET", "/repos/acme/other/hooks/1/config"),
    ]);

    expect(statuses.map(({ status }) => status)).toEqual([401, 401, 404, 404, 404]);
  });
});

describe("a ping", () => {
  it("of a repository's webhook is sent and signed", async () => {
    const { url, received } = await receiver();
    const { asInstallation } = await gitHubWithHooks(url);

    const pinged = await asInstallation("POST", `${repositoryHook}/pings`);
    await untilReceived(received, 1);

    expect(pinged.status).toBe(204);
    expect(received.map((each) => each.event)).toEqual(["ping"]);
    expect(received.every(signedBy("first"))).toBe(true);
    expect(JSON.parse(received[0]?.body ?? "{}")).toMatchObject({ hook_id: 1, repository: { full_name: "acme/shop" } });
  });

  it("is not there for the App's own webhook", async () => {
    const { asApp } = await gitHubWithHooks((await receiver()).url);

    expect((await asApp("POST", `${appHook}/pings`)).status).toBe(404);
  });
});

it("what the functions ask of GitHub's hook API finds its answers here, over several pages", async () => {
  const { url, received } = await receiver();
  const gitHub = await gitHubWithHooks(url);
  const guids: string[] = [];
  for (let count = 0; count < 101; count += 1) guids.push((await gitHub.send(appHook, event)).guid);
  const hook = githubHook({
    hook: { kind: "github-app-hook" },
    api: githubApi(gitHub.url),
    token: async () => gitHub.appToken,
  });

  const attempts = await hook.attempts(new Date(0));
  await hook.setSecret("second");
  await hook.redeliver(attempts[100]?.id ?? 0);
  await untilReceived(received, 102);

  expect(await hook.settings()).toEqual({ contentType: "json", insecureSsl: "0" });
  expect(attempts.map(({ guid }) => guid)).toEqual(guids.toReversed());
  expect(received[101]?.guid).toBe(guids[0]);
});

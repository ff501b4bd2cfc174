import { FakeEntra } from "./fake-entra";
import type { FakeFetch } from "./fake-fetch";
import { FakeHooks } from "./fake-hooks";
import { FakeSpacelift } from "./fake-spacelift";

/** Everybody outside AWS whom a secret is shared with. */
export interface Sides {
  readonly hooks: FakeHooks;
  readonly spacelift: FakeSpacelift;
  readonly entra: FakeEntra;
  /** Status of the route that shows whether an API key works. */
  readonly canaryRoute: { status: number };
}

export function newSides(): Sides {
  const hooks = new FakeHooks();
  hooks.now = Date.now;
  return { hooks, spacelift: new FakeSpacelift(), entra: new FakeEntra(), canaryRoute: { status: 200 } };
}

/** `fetch` to whoever stands there at the time of the call; nobody else can be reached. */
export const fetchFrom =
  (sides: () => Sides): typeof fetch =>
  async (input, init) => {
    const { hostname } = new URL(String(input));
    const { hooks, spacelift, entra, canaryRoute } = sides();
    if (hostname === "api.example.com") return new Response("canary-response", { status: canaryRoute.status });
    const hosts: Readonly<Record<string, FakeFetch>> = {
      "github.test": hooks.http,
      "api.github.com": hooks.http,
      "example.app.spacelift.io": spacelift.http,
      "login.microsoftonline.com": entra.http,
      "graph.microsoft.com": entra.http,
    };
    return hosts[hostname]?.fetch(input, init) ?? Promise.reject(new Error(`canary-unknown-host ${hostname}`));
  };

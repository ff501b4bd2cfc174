import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { type ExistingKind, existingKinds, legalModes, type Mode, ownership } from "../../src/config/ownership";

const provider = resolve(__dirname, "../../node_modules/@cdktf/provider-aws/lib");
const isThere = (folder: string) => existsSync(join(provider, folder.replaceAll("_", "-")));

it("every resource that the table names is one of the provider's", () => {
  const types = ownership.flatMap((row) => [...(row.attach ?? []), ...(row.adopt ? [row.adopt] : [])]);

  expect(types.length).toBeGreaterThan(80);
  expect(types.filter((type) => !isThere(type.replace(/^aws_/, "")))).toEqual([]);
});

it("every data source that the table names is one of the provider's", () => {
  const types = ownership.flatMap((row) => (row.verify ? [row.verify.dataSource] : []));

  expect(types.length).toBeGreaterThan(15);
  expect(types.filter((type) => !isThere(`data_${type}`))).toEqual([]);
});

it("every row says one thing, and one that is possible", () => {
  const keys = ownership.map(({ service, hardening }) => `${service}: ${hardening}`);

  expect(new Set(keys).size).toBe(ownership.length);
  expect(ownership.filter((row) => legalModes(row).length === 0)).toEqual([]);
});

it("nothing is built that AWS makes impossible, or that no environment file can ask for", () => {
  const impossible = ownership.filter(({ kind, built = [], ...row }) => {
    return built.some((mode) => row[mode] === undefined) || (built.length > 0 && kind === undefined);
  });

  expect(impossible).toEqual([]);
});

it("what overwrites its owner's settings is known", () => {
  const replacing = ownership.filter((row) => row.replaces !== undefined).map((row) => `${row.kind} ${row.hardening}`);

  expect(replacing).toEqual([
    "rest-api throttling",
    "rest-api web-acl",
    "rest-api resource-policy",
    "function async-failures",
    "table resource-policy",
    "bucket policy",
    "bucket lifecycle",
    "bucket replication",
    "bucket access-logs",
    "bucket notifications",
    "secret rotation",
    "secret policy",
  ]);
});

it("AWS allows these modes for what an environment file may name", () => {
  const legal = Object.fromEntries(
    existingKinds.map((kind) => [
      kind,
      Object.fromEntries(
        ownership.filter((row) => row.kind === kind).map((row) => [row.hardening, legalModes(row).join(" ")]),
      ),
    ]),
  );

  expect(legal).toEqual({
    "rest-api": {
      throttling: "attach",
      "web-acl": "attach verify",
      "resource-policy": "attach verify",
      "usage-plan": "attach",
      "gateway-responses": "attach",
      authorizer: "adopt",
      "body-validation": "adopt",
      "access-logs": "adopt",
      "tls-policy": "adopt",
    },
    function: {
      "reserved-concurrency": "adopt verify",
      timeout: "adopt verify",
      tracing: "adopt verify",
      "environment-key": "adopt verify",
      "dead-letter-target": "adopt verify",
      vpc: "adopt verify",
      "async-failures": "attach",
      "provisioned-concurrency": "attach",
      "recursion-guard": "attach",
      "runtime-pin": "attach",
      "invoke-permission": "attach",
      "source-retries": "adopt",
    },
    table: {
      "point-in-time-recovery": "adopt verify",
      "deletion-protection": "adopt verify",
      encryption: "adopt verify",
      "time-to-live": "adopt verify",
      stream: "adopt verify",
      "billing-mode": "adopt verify",
      autoscaling: "attach",
      replica: "attach",
      "contributor-insights": "attach",
      "resource-policy": "attach",
      tag: "attach",
      backup: "attach",
    },
    bucket: {
      versioning: "attach",
      encryption: "attach",
      "public-access-block": "attach",
      ownership: "attach",
      policy: "attach",
      lifecycle: "attach",
      replication: "attach",
      "access-logs": "attach",
      "object-lock": "attach",
      notifications: "attach",
      backup: "attach",
    },
    secret: {
      rotation: "attach verify",
      policy: "attach",
      encryption: "adopt",
      replica: "adopt",
      "recovery-window": "adopt",
    },
    "log-group": {
      retention: "adopt verify",
      encryption: "adopt verify",
      "metric-filter": "attach",
      subscription: "attach",
      "data-protection": "attach",
      "anomaly-detector": "attach",
    },
  } satisfies Record<ExistingKind, Record<string, Mode | `${Mode} ${Mode}`>>);
});

/** What the product hardens, requirement by requirement: where it is built, and which command shows that it holds. */
export const requirements: readonly (readonly [requirement: string, holds: string, folder: string, command: string])[] =
  [
    [
      "Rate limits",
      "throttles per route, checked against reserved concurrency",
      "src/limits",
      "npm run check -- --only limits",
    ],
    [
      "WAF",
      "web ACLs in front of the API and the UI, and which rule decides a request",
      "src/waf",
      "npm run waf -- request.http",
    ],
    [
      "Secrets",
      "rotation that refuses no delivery; containers whose policies name their readers; values never in state",
      "src/secrets",
      "npm run simulate -- secrets",
    ],
    [
      "Recovery",
      "point-in-time recovery, replicas, locked vaults in two regions",
      "src/recovery",
      "npm run check -- --only backups",
    ],
    [
      "Scaling",
      "reserved and provisioned concurrency, table maxima or autoscaling",
      "src/scaling",
      "npm run check -- --only limits",
    ],
    [
      "Alarms",
      "topics with subscribers, alarms that end in a runbook, a dashboard",
      "src/slo",
      "npm run check -- --only policy",
    ],
    ["Cost", "a budget and anomaly detection", "src/cost", "npm test"],
    ["Evidence", "locked and replicated buckets, a trail with digests, Athena", "src/compliance", "npm test"],
    [
      "Network and access",
      "private subnets, endpoints, written-out key and bucket policies, least privilege",
      "src/security",
      "npm run check -- --only policy",
    ],
    ["Existing resources", "attached, adopted or verified", "src/adopt", "npm test"],
  ];

/** The commands of `package.json` that operators use. */
export const commands: readonly (readonly [command: string, does: string])[] = [
  ["npm start", "synthesizes the example environments, runs the proofs, writes the report, prints a summary"],
  ["npm run synth -- --env NAME", "Terraform JSON of one environment, in `cdktf.out/`"],
  [
    "npm run check",
    "the proofs alone; `-- --only limits,policy`, `-- --tables` for the figures, `-- --json`, `-- --sarif FILE`",
  ],
  [
    "npm run waf",
    "the web ACLs with capacity and price; `-- request.http`: which rule decides it; `-- --live`: asks AWS",
  ],
  ["npm run simulate -- waf FILE", "decides a file of requests, with what came before them"],
  ["npm run simulate -- secrets", "thousands of rotations that go wrong, with the function's own code; `--env NAME`"],
  [
    "npm run rotate -- SECRET",
    "prints the AWS CLI commands that rotate it now, with `run -s` those alone; `--force`, `--leaked`, `--env NAME`",
  ],
  [
    "npm run local",
    "deploys to a local AWS emulator and smoke-tests the service; `-- --keep`, `-- --down`, `-- --probe`",
  ],
  ["npm run golden", "rewrites the recorded addresses and every generated table"],
  ["npm run lock", "records the provider's checksums for every platform"],
  ["npm run vectors -- FILE", "judges shared test cases, one JSON line a case"],
  ["npm run fuzz -- waf", "a million random requests against the firewall, judged by what must never pass"],
  ["npm run fuzz -- webhook", "a million deliveries, right and wrong, against the receiver"],
  ["npm run mutation -- waf", "breaks every rule of the firewall in turn: some case must notice"],
  ["npm run mutation -- secrets", "changes the code of rotation and receiver in small ways: some test must notice"],
  ["npm run bench", "speed and size, as ratios"],
  ["npm test", "lint, types, tests and proofs, on a fresh clone"],
];

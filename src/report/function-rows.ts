import { block, number, text } from "../terraform/blocks";
import { managedResources } from "../terraform/estate";
import type { Synthesis } from "../terraform/read";

/** What calls each function and what becomes of a call that fails; the figures come from the JSON. */
const callers: Readonly<Record<string, readonly [trigger: string, onFailure: string]>> = {
  webhook: [
    "POST `/webhooks/github`, `/webhooks/spacelift`, `/api/v1/reviews`",
    "the sender gets 5xx; GitHub and Spacelift keep the delivery for redelivery",
  ],
  authorizer: ["every call below `/api/`", "the caller gets 500, never 401, unless the token itself is bad"],
  "reviews-api": ["GET and DELETE below `/api/v1/reviews`, GET `/health`", "the caller gets problem details"],
  reviewer: ["the queue `reviews`", "the message comes back after the visibility timeout, then goes to `reviews-dlq`"],
  "sync-github-ips": [
    "a schedule, every hour",
    "the firewall keeps the addresses it has; two failed hours raise an alarm",
  ],
  "rotation-auditor": [
    "a schedule, every hour, and one every 30 days",
    "the ages of secrets are missing; after two hours an alarm says so",
  ],
  "credential-sweeper": ["a schedule, every day", "former credentials stay a day longer"],
  "redeliver-webhooks": [
    "a schedule, every five minutes",
    "the next run finds the same deliveries; it looks back a day",
  ],
  probe: ["a schedule, every minute", "the metric `ProbeRuns` is missing"],
};

/** The functions that rotate secrets are named after the kind of secret. */
const rotators = [
  "Secrets Manager, at each step of a rotation",
  "the value of before stays in use; the step is repeated",
];

/** One row a function, after a head: what starts it, its limits, and what happens when it fails. */
export function functionRows({ estate }: Synthesis, namePrefix: string): string[][] {
  const rows = managedResources(estate, "aws_lambda_function").map((lambda) => {
    const name = (text(lambda, "function_name") ?? "").replace(namePrefix, "");
    const [trigger, onFailure] = callers[name] ?? (name.startsWith("rotate-") ? rotators : []);
    if (!trigger || !onFailure) throw new Error(`The function ${name} has no row in src/report/function-rows.ts.`);
    const figure = (attribute: string) => String(number(lambda, attribute) ?? "none");
    return [
      `\`${name}\``,
      trigger,
      block(lambda, "vpc_config") ? "yes" : "no",
      figure("timeout"),
      figure("memory_size"),
      figure("reserved_concurrent_executions"),
      onFailure,
    ];
  });
  return [
    ["Function", "Started by", "In the VPC", "Timeout, s", "Memory, MB", "Reserved", "When it fails"],
    ...rows.sort(),
  ];
}

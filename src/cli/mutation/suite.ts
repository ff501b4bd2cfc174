import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { RequestCase } from "../waf/cases";
import { FirewallConfig } from "../waf/configured-acl";
import { bodyCases } from "./body-cases";
import { rateCases } from "./rate-cases";
import { shapeCases } from "./shape-cases";
import { sourceCases } from "./source-cases";

/** A request, the firewall it is for, and the verdict that is written down for it. */
export interface SuiteCase {
  readonly id: string;
  readonly config: z.infer<typeof FirewallConfig>;
  readonly given: z.infer<typeof RequestCase>;
  readonly expect: Readonly<Record<string, unknown>>;
  /** The rule whose changes it is most likely to tell. */
  readonly about: string | undefined;
  /** Requests to decide before it; what it costs to judge. */
  readonly copies: number;
}

const vectors = resolve(__dirname, "../../../__tests__/vectors/waf-requests.json");
const Case = RequestCase.extend({
  config: FirewallConfig.partial().default({}),
  expect: z.looseObject({ rule: z.string().nullable() }),
  about: z.string().optional(),
});
const File = z.looseObject({ config: FirewallConfig, cases: z.array(z.unknown()) });

export interface Suite {
  /** Of the firewall that is mutated; a case may have another. */
  readonly config: z.infer<typeof FirewallConfig>;
  readonly cases: readonly SuiteCase[];
}

/** The shared vectors, and the cases beside them that reach every part of every rule. */
export function wafSuite(): Suite {
  const { config, cases } = File.parse(JSON.parse(readFileSync(vectors, "utf8")));
  return {
    config,
    cases: [...cases, ...sourceCases, ...shapeCases, ...rateCases, ...bodyCases].map((json) => {
      const { config: own, expect, about = expect.rule ?? undefined, ...given } = Case.parse(json);
      const copies = given.before.reduce((sum, { count }) => sum + count, 0);
      return { id: given.id, config: FirewallConfig.parse({ ...config, ...own }), given, expect, about, copies };
    }),
  };
}

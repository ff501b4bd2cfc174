import { z } from "zod";
import { type Decision, evaluate } from "../../waf/evaluate";
import { computedHits, managedRules } from "../../waf/managed-facts";
import { RateWindows } from "../../waf/rate-window";
import type { Acl } from "../../waf/read-acl";
import type { WafRequest } from "../../waf/request";

const Request = z.strictObject({
  method: z.string(),
  path: z.string(),
  query: z.string().default(""),
  headers: z.record(z.string(), z.string()),
  body: z.looseObject({ bytes: z.int().min(0), content: z.string().optional() }),
  sourceIp: z.string(),
  country: z.string().optional(),
});

/** A request, what came before it, and what is expected of it; times in seconds. */
export const RequestCase = z.looseObject({
  id: z.string(),
  request: Request,
  managed: z.array(z.string()).default([]),
  before: z
    .array(
      z.strictObject({
        count: z.int().min(1),
        fromSec: z.number(),
        toSec: z.number(),
        patch: Request.partial().default({}),
      }),
    )
    .default([]),
  atSec: z.number().default(0),
});

/** Decides the request of a case after the copies of it that came before. */
export function decideCase(acl: Acl, { request, managed, before, atSec }: z.infer<typeof RequestCase>): Decision {
  const rates = new RateWindows();
  const copies = before.flatMap(({ count, fromSec, toSec, patch }) => {
    const copy = wafRequest(Request.parse({ ...request, ...patch }));
    const step = count > 1 ? (toSec - fromSec) / (count - 1) : 0;
    return Array.from({ length: count }, (_, index) => ({ copy, now: fromSec + index * step }));
  });
  for (const { copy, now } of copies.sort((a, b) => a.now - b.now)) {
    evaluate(acl, copy, { managedHits: [...signatures(acl, managed), ...computedHits(acl, copy)], now, rates });
  }
  return evaluate(acl, wafRequest(request), { managedHits: managed, now: atSec, rates });
}

/** The hits that follow from no documented size; copies of a request may have another. */
function signatures(acl: Acl, hits: readonly string[]): string[] {
  const computed = managedRules(acl).filter((each) => each.computed);
  return hits.filter((given) => !computed.some(({ hit }) => hit === given));
}

const wafRequest = ({ headers, country, body, ...request }: z.infer<typeof Request>): WafRequest => ({
  ...request,
  headers: Object.entries(headers),
  body: {
    bytes: body.bytes,
    ...(body.content === undefined ? {} : { content: Buffer.from(body.content).toString("latin1") }),
  },
  ...(country === undefined || country === "-" ? {} : { country }),
});

import type { Block, Resource } from "../../terraform/estate";
import type { Json } from "../../terraform/json";
import { type Look, saidOf } from "../look";
import type { SecurityRule, Weakness } from "../security-rule";

const safeProtocols: readonly unknown[] = ["TLSv1.2", "TLSv1.3"];

export const cdn04: SecurityRule = {
  id: "CDN-04",
  scope: "resource",
  demand:
    "A bucket behind a distribution is read by access control and has a second origin to fail over to; another origin is asked by HTTPS with TLS 1.2 or newer.",
  why: "A bucket must be public to be read, one region's failure takes the pages away, or the way to the origin is open.",
  covers: ["CKV_AWS_310", "CKV2_AWS_46", "CKV2_AWS_54", "CKV2_AWS_72"],
  *check(look) {
    for (const at of look.resources("aws_cloudfront_distribution")) {
      for (const origin of look.blocks(at, "origin")) {
        const called = `the origin ${saidOf(look, origin, "origin_id")}`;
        const [custom] = look.blocks(origin, "custom_origin_config");
        if (custom) yield* ofCustom(look, at, custom, called);
        else if (look.blocks(origin, "vpc_origin_config").length === 0) yield* ofBucket(look, at, origin, called);
      }
    }
  },
};

function* ofCustom(look: Look, at: Resource, custom: Block, called: string): Iterable<Weakness> {
  if (!look.holds(custom, "origin_protocol_policy", (policy) => policy === "https-only")) {
    yield { at, message: `asks ${called} by plain HTTP too.`, fix: "Set origin_protocol_policy to https-only." };
  }
  const areSafe = (protocols: Json) => [protocols].flat().every((protocol) => safeProtocols.includes(protocol));
  if (!look.holds(custom, "origin_ssl_protocols", areSafe)) {
    const message = `asks ${called} with ${saidOf(look, custom, "origin_ssl_protocols")}.`;
    yield { at, message, fix: "Set origin_ssl_protocols to TLSv1.2 alone." };
  }
}

function* ofBucket(look: Look, at: Resource, origin: Block, called: string): Iterable<Weakness> {
  if (!look.isSet(origin, "origin_access_control_id")) {
    const fix = "Set origin_access_control_id to an aws_cloudfront_origin_access_control.";
    yield { at, message: `reads ${called} without access control.`, fix };
  }
  if (!look.blocks(at, "origin_group").some((group) => coversFailureOf(look, group, origin))) {
    const fix = "Add an origin_group with this origin, one in another region, and failover_criteria.";
    yield { at, message: `has nothing to fail over to from ${called}.`, fix };
  }
}

function coversFailureOf(look: Look, group: Block, origin: Block): boolean {
  const members = look.blocks(group, "member");
  const [own] = look.items(origin, "origin_id");
  const isMember = members.some((member) =>
    look.holds(member, "origin_id", (id) => own?.kind !== "literal" || own.value === id),
  );
  const hasCriteria = look.blocks(group, "failover_criteria").some((on) => look.isSet(on, "status_codes"));
  return isMember && members.length === 2 && hasCriteria;
}

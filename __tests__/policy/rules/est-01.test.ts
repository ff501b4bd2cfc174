import { est01 } from "../../../src/policy/rules/est-01-one-trail-records-the-account";
import type { JsonObject } from "../../../src/terraform/json";
import { foundInEstate } from "../estate-found";

const trails = (...each: JsonObject[]) => ({
  resource: { aws_cloudtrail: Object.fromEntries(each.map((trail, index) => [`trail-${index + 1}`, trail])) },
});
const whole: JsonObject = { is_multi_region_trail: true };
const buckets = (attributes: JsonObject) => ({ resource: { aws_s3_bucket: { own: attributes } } });

describe("EST-01", () => {
  it("lets an estate have one trail of all regions, and a trail of one region beside it", () => {
    expect(foundInEstate(est01, { data: buckets({}), compliance: trails(whole) })).toEqual([]);
    expect(foundInEstate(est01, { compliance: trails({ is_multi_region_trail: false }, whole) })).toEqual([]);
  });

  it("finds an account without one, at the stack of the locked bucket, else at the first", () => {
    const message = "provider.aws is an account in which no trail records all regions.";

    expect(foundInEstate(est01, { data: buckets({}), compliance: buckets({ object_lock_enabled: true }) })).toEqual([
      `compliance: ${message}`,
    ]);
    expect(foundInEstate(est01, { data: buckets({}), service: trails({}) })).toEqual([`data: ${message}`]);
    expect(foundInEstate(est01, { data: {} })).toEqual([]);
  });

  it("finds every trail after the first", () => {
    expect(foundInEstate(est01, { compliance: trails(whole), service: trails({}, whole) })).toEqual([
      "service: aws_cloudtrail.trail-2 records once more what aws_cloudtrail.trail-1 records.",
    ]);
  });
});

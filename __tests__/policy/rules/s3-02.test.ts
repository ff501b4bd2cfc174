import { s302 } from "../../../src/policy/rules/s3-02-buckets-keep-versions";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const bucket = (more: JsonObject = {}) => ({ aws_s3_bucket: { ui: { bucket: "ui", ...more } } });
const apart = (versioning_configuration: JsonObject | JsonObject[], name = "${aws_s3_bucket.ui.id}") => ({
  aws_s3_bucket_versioning: { ui: { bucket: name, versioning_configuration } },
});

describe("S3-02", () => {
  it("lets a bucket be that keeps versions, said apart or inline", () => {
    expect(found(s302, { ...bucket(), ...apart({ status: "Enabled" }) })).toEqual([]);
    expect(found(s302, { ...bucket(), ...apart([{ status: "${var.status}" }], "ui") })).toEqual([]);
    expect(found(s302, bucket({ versioning: { enabled: true } }))).toEqual([]);
    expect(found(s302, bucket({ versioning: [{ enabled: "true" }] }))).toEqual([]);
  });

  it("knows a companion by the same expression, though nobody can tell what it comes to", () => {
    const enabled = (name: string) => apart({ status: "Enabled" }, name);

    expect(found(s302, { ...bucket({ bucket: "${local.name}" }), ...enabled("${local.name}") })).toEqual([]);
    expect(found(s302, { ...bucket({ bucket: "${local.name}" }), ...enabled("${local.other}") })).toEqual([
      "aws_s3_bucket.ui keeps no versions.",
    ]);
  });

  it("finds a bucket that says nothing, or whose companion is another's", () => {
    expect(found(s302, bucket())).toEqual(["aws_s3_bucket.ui keeps no versions."]);
    expect(found(s302, { ...bucket(), ...apart({ status: "Enabled" }, "other") })).toEqual([
      "aws_s3_bucket.ui keeps no versions.",
    ]);
  });

  it("finds one that says no, where it says so", () => {
    expect(found(s302, { ...bucket(), ...apart({ status: "Suspended" }) })).toEqual([
      "aws_s3_bucket_versioning.ui keeps no versions.",
    ]);
    expect(found(s302, apart([]))).toEqual(["aws_s3_bucket_versioning.ui keeps no versions."]);
    expect(found(s302, bucket({ versioning: { enabled: false } }))).toEqual(["aws_s3_bucket.ui keeps no versions."]);
  });
});

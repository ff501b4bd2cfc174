import { tf01 } from "../../../src/policy/rules/tf-01-an-apply-runs-nothing";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const state = (name: string, config: JsonObject = {}) =>
  found(tf01, {}, { terraform_remote_state: { [name]: { backend: "s3", config } } });

describe("TF-01", () => {
  it("lets resources be", () => {
    expect(found(tf01, { aws_sqs_queue: { main: { provisioner: [] } }, terraform_data: { note: {} } })).toEqual([]);
  });

  it.each<[string, JsonObject, string]>([
    ["aws_instance", { provisioner: { "local-exec": { command: "true" } } }, "has a provisioner."],
    ["terraform_data", { provisioner: [{ "local-exec": { command: "true" } }] }, "has a provisioner."],
    ["null_resource", { triggers: {} }, "is of type null_resource."],
    ["null_resource", { provisioner: { "local-exec": { command: "true" } } }, "is of type null_resource."],
  ])("finds a %s with %j", (type, attributes, message) => {
    expect(found(tf01, { [type]: { one: attributes } })).toEqual([`${type}.one ${message}`]);
  });

  it.each(["external", "http"])("finds the data source %s", (type) => {
    expect(found(tf01, {}, { [type]: { one: {} } })).toEqual([`data.${type}.one is of type ${type}.`]);
  });

  it("lets the state of network and data be read", () => {
    expect(state("network")).toEqual([]);
    expect(state("cross-stack-reference-input-data")).toEqual([]);
    expect(state("tables", { key: "acme/production/data.tfstate" })).toEqual([]);
    expect(state("tables", { key: "data/terraform.tfstate" })).toEqual([]);
  });

  it("finds the state of any other", () => {
    const name = "cross-stack-reference-input-edge";
    expect(state(name)).toEqual([`data.terraform_remote_state.${name} reads the state of edge.`]);
    expect(state("network", { key: "acme/production/edge.tfstate" })).toEqual([
      "data.terraform_remote_state.network reads the state of edge.",
    ]);
  });
});

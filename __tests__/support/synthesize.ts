import { AwsProvider } from "../../src/aws";
import { App, LocalBackend, TerraformStack, Testing } from "../../src/cdktf";
import { createNames } from "../../src/config/names";

export type Attributes = Readonly<Record<string, unknown>>;
export interface TerraformJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  readonly output?: Readonly<Record<string, Attributes>>;
}

/** Names of a made-up environment in us-east-1 with us-east-2 as second region. */
export const names = createNames({
  organization: "acme",
  environment: "test",
  accountId: "111122223333",
  region: "us-east-1",
  drRegion: "us-east-2",
});

/** The JSON of a stack that holds what `build` adds, beside a provider in us-east-1. */
export function synthesize(build: (stack: TerraformStack) => void): TerraformJson {
  const stack = new TerraformStack(new App({ stackTraces: false, skipValidation: true }), "test");
  new LocalBackend(stack, { path: "test.tfstate" });
  new AwsProvider(stack, "aws", { region: "us-east-1" });
  build(stack);
  return JSON.parse(Testing.synth(stack));
}

/** All resources of a type. */
export const resources = (json: TerraformJson, type: string): Attributes[] =>
  Object.values(json.resource?.[type] ?? {});

/** The one resource of a type; anything else is an error. */
export function only(json: TerraformJson, type: string): Attributes {
  const [first, ...others] = resources(json, type);
  if (first === undefined || others.length > 0) {
    throw new Error(`Expected one ${type}, found ${resources(json, type).length}.`);
  }
  return first;
}

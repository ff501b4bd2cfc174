import type { Config } from "../config/schema";
import type { Synthesis } from "../terraform/read";
import { apply, initialise, planAgain, showState } from "./deploy";
import { folders } from "./folders";
import { knownDrift, unsupported } from "./gaps";
import { inDependencyOrder, type Outcome } from "./order";
import { type PreparedStack, prepare } from "./prepare";
import type { PromiseResult } from "./promises";
import { proveRotation } from "./rotation/proof";
import { compareDrift, type DriftReport, type SecondPlan } from "./second-plan";
import { putFirstValues } from "./secret-values";
import { serviceFacts } from "./service-facts";
import { rememberService, type Service } from "./session";
import { smokeTest } from "./smoke";

/** Told what is going on. */
export interface Watcher {
  phase(name: string): void;
  started(stack: string): void;
  resource(stack: string): void;
  ended(stack: string, outcome: string): void;
}

export interface Applied {
  readonly resources: number;
  readonly seconds: number;
}

export interface LocalRun {
  readonly stacks: readonly PreparedStack[];
  readonly applied: ReadonlyMap<string, Outcome<Applied>>;
  /** Absent where a stack could not be applied. */
  readonly tested?: {
    readonly service: Service;
    readonly smoke: readonly PromiseResult[];
    readonly rotation: readonly PromiseResult[];
    readonly planned: ReadonlyMap<string, Outcome<SecondPlan>>;
    readonly drift: DriftReport;
  };
}

export interface LocalRunProps {
  readonly config: Pick<Config, "github" | "secrets">;
  readonly synthesis: Synthesis;
  readonly appPrivateKey: string;
  readonly watcher: Watcher;
  readonly signal: AbortSignal;
}

/** Applies all stacks to the emulator, drives the service, rotates a key of it, and plans again. */
export async function deployAndTest(props: LocalRunProps): Promise<LocalRun> {
  const { config, synthesis, appPrivateKey, watcher, signal } = props;
  const stacks = prepare({
    synthesis,
    unsupported: unsupported(),
    workFolder: folders.work,
    stateFolder: folders.state,
  });
  const stackOf = new Map(stacks.map((stack) => [stack.name, stack]));

  watcher.phase("Initialising Terraform");
  for (const stack of stacks) await initialise(stack, signal);

  watcher.phase("Applying the stacks");
  const applied = await onStacks(
    new Map(stacks.map(({ name, dependencies }) => [name, dependencies])),
    async (stack) => {
      const from = performance.now();
      const resources = await apply(stack, signal, () => watcher.resource(stack.name));
      return { resources, seconds: (performance.now() - from) / 1_000 };
    },
    ({ resources }) => `${resources} resources`,
  );
  const service = stackOf.get("service");
  if (!service || [...applied.values()].some(({ kind }) => kind !== "done")) return { stacks, applied };

  watcher.phase("Putting first values and driving the service");
  const facts = serviceFacts(await showState(service, signal));
  rememberService(facts);
  await putFirstValues(facts, appPrivateKey);
  const smoke = await smokeTest(facts, signal);

  watcher.phase("Rotating the key of GitHub's webhook while deliveries come in");
  const rotation = await proveRotation({
    service: facts,
    appId: config.github.appId,
    appPrivateKey,
    previousGraceSeconds: config.secrets.timing.previousGraceSeconds,
    signal,
  });

  watcher.phase("Planning again");
  const planned = await onStacks(
    new Map(stacks.map(({ name }) => [name, []])),
    (stack) => planAgain(stack, signal),
    () => "planned",
  );
  const plans = [...planned].flatMap(([name, plan]): [string, SecondPlan][] =>
    plan.kind === "done" ? [[name, plan.value]] : [],
  );
  const drift = compareDrift(new Map(plans), knownDrift());

  watcher.phase("Waiting for the end of the former key's grace");
  const rotated = [...rotation.results, ...(await rotation.afterGrace())];
  return { stacks, applied, tested: { service: facts, smoke, rotation: rotated, planned, drift } };

  async function onStacks<T>(
    dependencies: ReadonlyMap<string, readonly string[]>,
    step: (stack: PreparedStack) => Promise<T>,
    words: (value: T) => string,
  ): Promise<Map<string, Outcome<T>>> {
    const outcomes = await inDependencyOrder(dependencies, async (name) => {
      const stack = stackOf.get(name);
      if (!stack) throw new Error(`There is no stack ${name}.`);
      watcher.started(name);
      try {
        const value = await step(stack);
        watcher.ended(name, words(value));
        return value;
      } catch (error) {
        watcher.ended(name, "failed");
        throw error;
      }
    });
    signal.throwIfAborted();
    return outcomes;
  }
}

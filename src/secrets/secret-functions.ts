import { Construct } from "../cdktf";
import { ConfigError } from "../config/load";
import type { Names } from "../config/names";
import type { LambdaCode } from "../service/lambda-bundle";
import { LambdaFunction, type LambdaFunctionProps } from "../service/lambda-function";
import { ScheduledInvocation, undeliveredEvents } from "../service/scheduled-invocation";
import type { IdentityStatement } from "../service/statement";
import { defaultSchedule } from "./default-schedule";
import {
  isRotated,
  type PlannedSecret,
  type RotatedKind,
  type RotatedSecretPlan,
  redeliversFor,
  rotatedKinds,
  rotatorNoun,
  sweptKinds,
} from "./planned-secrets";
import { RotatedSecret } from "./rotated-secret";
import {
  apiKeySweepStatements,
  auditorStatements,
  type EncryptedSecret,
  kindStatements,
  type SecretFunction,
  secretStatements,
} from "./rotation-statements";
import { scheduleProblem } from "./schedule-problems";
import {
  auditorVariables,
  redeliveryVariables,
  rotatorVariables,
  sweeperVariables,
  type VariableFacts,
} from "./secret-variables";

type Size = Pick<LambdaFunctionProps, "memoryMb" | "timeoutSeconds" | "reservedConcurrency" | "provisionedConcurrency">;
type Job = Pick<
  ConstructorParameters<typeof ScheduledInvocation>[2],
  "schedule" | "maxEventAgeSeconds" | "retryAttempts"
>;

export interface SecretFunctionsProps extends VariableFacts {
  readonly names: Names;
  readonly sizes: Readonly<Record<SecretFunction, Size>>;
  readonly code: (folder: string) => LambdaCode;
  readonly signing?: LambdaFunctionProps["signing"];
  readonly keyArns: LambdaFunctionProps["keyArns"] & { readonly secrets: string; readonly data: string };
  readonly logRetentionDays: number;
  readonly deadLetterRetentionDays: number;
  /** Length of the windows of secrets without a schedule of their own, such as `2h`. */
  readonly rotationWindow: string;
  readonly jobs: Readonly<Record<"auditorRotate" | "auditorCheck" | "sweeper" | "redelivery", Job>>;
}

/** The functions that look after secrets, and the rotation of each secret.
 *
 * One rotation function a kind, so that what opens GitHub is not at hand where Entra ID is changed; all from one
 * bundle. None is in the VPC: they talk to AWS, GitHub, Spacelift and Entra ID, and a fault of the VPC must not stop
 * a rotation half-way. Throws where a schedule is refused or a registry is too long, with all reasons at once.
 */
export class SecretFunctions extends Construct {
  readonly #props: SecretFunctionsProps;

  constructor(scope: Construct, id: string, props: SecretFunctionsProps) {
    super(scope, id);
    this.#props = props;
    const rotated = props.planned.filter(isRotated);
    const schedules = new Map(rotated.map((secret) => [secret.noun, this.#schedule(secret)]));
    const problems = rotated.flatMap(({ noun, maxAgeDays }) => {
      const schedule = schedules.get(noun);
      return (schedule && scheduleProblem(noun, schedule, maxAgeDays)) ?? [];
    });
    if (problems.length > 0) throw new ConfigError(problems);

    const rotators = new Map(rotatedKinds(props.planned).map((kind) => [kind, this.#rotator(kind)]));
    for (const secret of rotated) {
      const rotator = rotators.get(secret.kind);
      const schedule = schedules.get(secret.noun);
      if (!rotator || !schedule) throw new Error(`The secret ${secret.noun} has no function of kind ${secret.kind}.`);
      new RotatedSecret(this, `${secret.noun}-rotation`, {
        secret: { name: secret.noun, arn: props.secretArn(secret) },
        rotator: { name: rotator.name, arn: rotator.arn },
        schedule,
        maxAgeDays: secret.maxAgeDays,
        accountId: props.names.identity.accountId,
      });
    }
    this.#auditor(rotated);
    if (rotated.some(({ kind }) => sweptKinds.includes(kind))) this.#sweeper(rotated);
    if (redeliversFor(props.planned)) this.#redelivery();
  }

  #schedule({ noun, schedule }: RotatedSecretPlan) {
    const { names, rotationWindow } = this.#props;
    return schedule ?? defaultSchedule(names.name("secret", noun), rotationWindow);
  }

  #rotator(kind: RotatedKind): LambdaFunction {
    const { names, planned } = this.#props;
    const secrets = planned.filter((secret) => secret.kind === kind);
    const noun = rotatorNoun(kind);
    return this.#lambda("rotate-secret", noun, `Rotates secrets of kind ${kind}`, rotatorVariables(kind, this.#props), [
      ...this.#secretStatements("rotate-secret", secrets, names.arn("lambda-function", noun)),
      ...kindStatements(
        kind,
        secrets.map(({ target }) => target),
        names.identity,
      ),
    ]);
  }

  #auditor(rotated: readonly RotatedSecretPlan[]): void {
    const { names, planned, keyArns, jobs } = this.#props;
    const noun = "rotation-auditor";
    const rules = [`${noun}-check`, `${noun}-rotate`];
    const description = "Watches the age of secrets and brings stuck rotations on";
    const statements = [
      ...this.#secretStatements(noun, planned),
      ...auditorStatements({
        rotatedSecretArns: rotated.map((secret) => this.#props.secretArn(secret)),
        rotatorArns: rotatedKinds(planned).map((kind) => names.arn("lambda-function", rotatorNoun(kind))),
        deliveriesTableArn: names.arn("dynamodb-table", "deliveries"),
        dataKeyArn: keyArns.data,
      }),
    ];
    const variables = auditorVariables(this.#props);
    const target = this.#lambda(noun, noun, description, variables, statements, rules);
    const check = new ScheduledInvocation(this, `${noun}-check`, {
      ...{ names, target, ...jobs.auditorCheck },
      noun: `${noun}-check`,
      description: "Looks at every secret, every hour",
      input: { mode: "check" },
    });
    new ScheduledInvocation(this, `${noun}-rotate`, {
      ...{ names, target, ...jobs.auditorRotate },
      noun: `${noun}-rotate`,
      description: "Rotates what its own schedule has left out",
      input: { mode: "rotate" },
      retriesOf: check,
    });
  }

  #sweeper(rotated: readonly RotatedSecretPlan[]): void {
    const noun = "credential-sweeper";
    const swept = rotated.filter(({ kind }) => sweptKinds.includes(kind));
    const statements = [
      ...this.#secretStatements(noun, swept),
      ...apiKeySweepStatements(
        swept.flatMap(({ target }) => target.usagePlanId ?? []),
        this.#props.names.identity,
      ),
    ];
    this.#scheduled(
      noun,
      "Retires credentials that no secret holds any more",
      sweeperVariables(this.#props),
      statements,
      this.#props.jobs.sweeper,
    );
  }

  #redelivery(): void {
    const noun = "redeliver-webhooks";
    const hook = this.#props.planned.filter((secret) => secret.noun === "github-webhook");
    const variables = redeliveryVariables(this.#props);
    const statements = this.#secretStatements(noun, hook);
    this.#scheduled(noun, "Asks GitHub for deliveries that failed", variables, statements, this.#props.jobs.redelivery);
  }

  #scheduled(
    noun: Exclude<SecretFunction, "rotate-secret">,
    description: string,
    variables: Readonly<Record<string, string>>,
    statements: readonly IdentityStatement[],
    job: Job,
  ): void {
    const target = this.#lambda(noun, noun, description, variables, statements, [noun]);
    new ScheduledInvocation(this, `${noun}-schedule`, { names: this.#props.names, noun, description, target, ...job });
  }

  /** Rights on these secrets, and on those that open the other side for them. */
  #secretStatements(noun: SecretFunction, secrets: readonly PlannedSecret[], rotatorArn?: string): IdentityStatement[] {
    const { planned, names, keyArns } = this.#props;
    const encrypted = (secret: PlannedSecret): EncryptedSecret => {
      const kmsKeyArn = secret.existing ? secret.existing.kmsKeyArn : keyArns.secrets;
      return { arn: this.#props.secretArn(secret), ...(kmsKeyArn === undefined ? {} : { kmsKeyArn }) };
    };
    const credentials = noun === "rotation-auditor" ? [] : secrets.map(({ credentialNoun }) => credentialNoun);
    return secretStatements(
      noun,
      {
        identity: names.identity,
        secrets: secrets.map(encrypted),
        credentials: planned.filter((secret) => credentials.includes(secret.noun)).map(encrypted),
      },
      rotatorArn,
    );
  }

  #lambda(
    folder: SecretFunction,
    noun: string,
    description: string,
    variables: Readonly<Record<string, string>>,
    statements: readonly IdentityStatement[],
    ruleNouns: readonly string[] = [],
  ): LambdaFunction {
    const { names, sizes, code, signing, keyArns, logRetentionDays, deadLetterRetentionDays } = this.#props;
    const { functions, logs, messages } = keyArns;
    return new LambdaFunction(this, noun, {
      ...sizes[folder],
      ...{ names, noun, description, signing, variables, statements, logRetentionDays, deadLetterRetentionDays },
      code: code(folder),
      network: "outside-the-vpc",
      keyArns: { functions, logs, messages },
      deadLetterSenders: ruleNouns.length > 0 ? [undeliveredEvents(names, noun, ruleNouns)] : [],
    });
  }
}

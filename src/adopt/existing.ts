import { Construct } from "../cdktf";
import { type ExistingThing, identityOf } from "../config/existing";
import type { Names } from "../config/names";
import { terraformName } from "./addresses";
import { adoptFunction } from "./adopt-function";
import { adoptLogGroup } from "./adopt-log-group";
import { adoptTable } from "./adopt-table";
import { attachToApi } from "./attach-to-api";
import { attachToBucket } from "./attach-to-bucket";
import { attachToFunction } from "./attach-to-function";
import { attachToSecret } from "./attach-to-secret";
import { attachToTable } from "./attach-to-table";
import { backUpTables } from "./back-up-tables";
import { unbuilt } from "./unbuilt";
import { verify } from "./verify";

/** What a stack knows that the things it hardens need. */
interface InService {
  readonly stack: "service";
  /** Of a regional web ACL. */
  readonly webAclArn: string;
}

interface InData {
  readonly stack: "data";
  /** The one role that may delete a secret. */
  readonly breakGlassRoleArn: string;
  /** Beside it, the one role that may change the policy of a secret. */
  readonly deployRoleArn: string;
}

interface InRecovery {
  readonly stack: "recovery";
  readonly backupPlanId: string;
  /** Assumed by AWS Backup. */
  readonly backupRoleArn: string;
}

export type ExistingThingsProps = {
  /** All that the environment lists; a stack takes what is its own. */
  readonly existing: readonly ExistingThing[];
  readonly names: Names;
} & (InService | InData | InRecovery);

/** Where each kind is hardened; backups lie in `recovery`, whatever they are of. */
const stackOf = {
  "rest-api": "service",
  function: "service",
  table: "data",
  bucket: "data",
  secret: "data",
  "log-group": "data",
} as const satisfies Record<ExistingThing["kind"], string>;

/** Hardens what others made, as the mode of each says: resources beside it, an import of it, or a check of it.
 *
 * Adds nothing where the environment lists nothing. A check that fails stops the plan of its stack.
 */
export class ExistingThings extends Construct {
  constructor(scope: Construct, id: string, props: ExistingThingsProps) {
    super(scope, id);
    if (props.stack === "recovery") {
      backUpTables(this, props.existing, props);
      return;
    }
    for (const thing of props.existing.filter(({ kind }) => stackOf[kind] === props.stack)) {
      const name = `${thing.kind}-${terraformName(identityOf(thing))}`;
      if (thing.mode === "verify") verify(this, name, thing);
      else if (thing.mode === "adopt") adopt(new Construct(this, name), thing);
      else if (props.stack === "service") attachInService(new Construct(this, name), thing, props);
      else attachInData(new Construct(this, name), thing, props);
    }
  }
}

function adopt(scope: Construct, thing: ExistingThing): void {
  if (thing.kind === "function" && thing.mode === "adopt") adoptFunction(scope, thing);
  else if (thing.kind === "table") adoptTable(scope, thing);
  else if (thing.kind === "log-group") adoptLogGroup(scope, thing);
  else throw unbuilt(thing);
}

function attachInService(scope: Construct, thing: ExistingThing, props: InService & ExistingThingsProps): void {
  if (thing.kind === "rest-api") attachToApi(scope, thing, { ...props.names.identity, webAclArn: props.webAclArn });
  else if (thing.kind === "function") attachToFunction(scope, thing);
  else throw unbuilt(thing);
}

function attachInData(scope: Construct, thing: ExistingThing, props: InData & ExistingThingsProps): void {
  if (thing.kind === "table") attachToTable(scope, thing, props.names.identity);
  else if (thing.kind === "bucket") attachToBucket(scope, thing);
  else if (thing.kind === "secret")
    attachToSecret(scope, thing, { ...props, accountId: props.names.identity.accountId });
  else throw unbuilt(thing);
}

import type { Resource } from "../terraform/estate";
import { bucketsOf } from "./buckets";
import { isWrittenOn } from "./flags";
import type { Look } from "./look";

/** Where to report what an account lacks: the provider of the stack that keeps locked buckets, else of the first one.
 *
 * None in an estate without resources. Its path is that of the stack, so that a suppression can name it.
 */
export function accountPlace(look: Look): Resource | undefined {
  const locked = bucketsOf(look).find((bucket) => isWrittenOn(look, bucket, "object_lock_enabled"));
  const stack = (locked ?? look.everyResource()[0])?.stack;
  return (
    stack && {
      ...{ address: "provider.aws", attributes: {}, stack, mode: "managed", type: "provider", logicalId: "aws" },
      constructPath: stack.name,
    }
  );
}

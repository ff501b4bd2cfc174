import * as z from "zod/mini";
import { parseJson } from "../shared/json";

const common = { secretArn: z.string().check(z.minLength(1)), name: z.string().check(z.minLength(1)) };
const id = z.string().check(z.minLength(1));

const Swept = z.discriminatedUnion("kind", [
  z.object({ ...common, kind: z.literal("apigw-key"), target: z.object({ usagePlanId: id }) }),
  z.object({
    ...common,
    kind: z.literal("entra-client-secret"),
    target: z.object({ tenantId: id, applicationObjectId: id, adminClientId: id }),
    /** Holds the client secret of `adminClientId`. */
    credentialSecretArn: z.string().check(z.minLength(1)),
  }),
]);

/** A secret whose former keys stay on the other side until they are taken away. */
export type SweptSecret = Readonly<z.infer<typeof Swept>>;

/** Secrets that are swept, from the variable's JSON. Throws where it is not such a list. */
export function readRegistry(json: string): readonly SweptSecret[] {
  return z.array(Swept).parse(parseJson(json));
}

import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { emulatorClient } from "../emulator-client";

/** Calls a deployed function and waits for it; throws with the name of its error where it fails. */
export async function invoke(functionName: string, event: object): Promise<unknown> {
  const lambda = new LambdaClient({ ...emulatorClient(), maxAttempts: 1 });
  const { FunctionError, Payload } = await lambda.send(
    new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(event) }),
  );
  const answer: unknown = JSON.parse(Payload?.transformToString() || "null");
  if (FunctionError === undefined) return answer;
  const { errorType } = answer as { errorType?: string };
  throw new Error(`${functionName} failed with ${errorType ?? FunctionError}`);
}

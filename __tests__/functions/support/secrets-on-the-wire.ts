import { type SecretsManager, SecretsManagerError } from "../../../src/secrets/model/secrets-manager";
import { fault, jsonBody, ok, operationOf, type WireAnswer, type WireRequest } from "./fake-aws";

/** A modelled secret, and versions that have lost their labels, which only a list shows. */
export interface WireSecret {
  readonly model: SecretsManager;
  readonly deprecated?: readonly string[];
}

const seconds = (date: Date | undefined) => date && date.getTime() / 1000;

/** Answers Secrets Manager's requests out of modelled secrets, by their ARN. */
export function secretAnswer(secrets: ReadonlyMap<string, WireSecret>, request: WireRequest): WireAnswer {
  const body = jsonBody(request);
  const secret = secrets.get(String(body.SecretId));
  if (!secret) return fault("ResourceNotFoundException");
  try {
    return ok(answer(secret, operationOf(request), body as Readonly<Record<string, never>>));
  } catch (error) {
    if (error instanceof SecretsManagerError) return fault(error.name, { message: error.message });
    throw error;
  }
}

function answer({ model, deprecated = [] }: WireSecret, operation: string, body: Readonly<Record<string, never>>) {
  const { stages, rotationEnabled, lastChangedAt, lastRotatedAt, tags } = model.describe();
  switch (operation) {
    case "DescribeSecret":
      return {
        VersionIdsToStages: stages,
        RotationEnabled: rotationEnabled,
        LastChangedDate: seconds(lastChangedAt),
        LastRotatedDate: seconds(lastRotatedAt),
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      };
    case "ListSecretVersionIds":
      return {
        Versions: [...Object.keys(stages), ...deprecated].map((VersionId) => ({
          VersionId,
          VersionStages: stages[VersionId] ?? [],
          CreatedDate: createdAt(model, VersionId),
        })),
      };
    case "GetSecretValue": {
      const current = Object.keys(stages).find((id) => stages[id]?.includes("AWSCURRENT"));
      const version = model.getSecretValue(body.VersionId ?? current ?? "");
      return { SecretString: version.secretString, CreatedDate: seconds(version.createdAt) };
    }
    case "PutSecretValue":
      model.putSecretValue(body.ClientRequestToken ?? "", body.SecretString ?? "", body.VersionStages);
      return {};
    case "UpdateSecretVersionStage":
      model.updateSecretVersionStage(body.VersionStage ?? "", {
        ...(body.MoveToVersionId !== undefined && { to: body.MoveToVersionId }),
        ...(body.RemoveFromVersionId !== undefined && { from: body.RemoveFromVersionId }),
      });
      return {};
    case "RotateSecret":
      model.beginRotation(body.ClientRequestToken ?? "");
      return {};
    default:
      throw new Error(`The modelled secret does not know ${operation}.`);
  }
}

function createdAt(model: SecretsManager, versionId: string): number | undefined {
  try {
    return seconds(model.getSecretValue(versionId).createdAt);
  } catch {
    return undefined;
  }
}

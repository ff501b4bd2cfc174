import {
  DescribeSecretCommand,
  InvalidParameterException,
  PutSecretValueCommand,
  ResourceExistsException,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { secretReader } from "../shared/secret-store";
import type { RotatingSecret } from "./ports";

/** The secret with this ARN in Secrets Manager. What is refused for another reason than the two that the port names,
 * throws the SDK's error. */
export function rotatingSecret(client: SecretsManagerClient, secretArn: string): RotatingSecret {
  return {
    get: secretReader(client, secretArn).get,

    async describe() {
      const secret = await client.send(new DescribeSecretCommand({ SecretId: secretArn }));
      const { LastChangedDate: lastChangedAt, LastRotatedDate: lastRotatedAt } = secret;
      return {
        stages: secret.VersionIdsToStages ?? {},
        ...(lastChangedAt && { lastChangedAt }),
        rotationEnabled: secret.RotationEnabled ?? false,
        ...(lastRotatedAt && { lastRotatedAt }),
        tags: Object.fromEntries((secret.Tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value])),
      };
    },

    async put(versionId, secretString, rotationToken) {
      const command = new PutSecretValueCommand({
        SecretId: secretArn,
        ClientRequestToken: versionId,
        SecretString: secretString,
        VersionStages: ["AWSPENDING"],
        ...(rotationToken !== undefined && { RotationToken: rotationToken }),
      });
      try {
        await client.send(command);
        return "stored";
      } catch (error) {
        if (error instanceof ResourceExistsException) return "exists";
        throw error;
      }
    },

    async move(label, { to, from }) {
      const command = new UpdateSecretVersionStageCommand({
        SecretId: secretArn,
        VersionStage: label,
        MoveToVersionId: to,
        ...(from !== undefined && { RemoveFromVersionId: from }),
      });
      try {
        await client.send(command);
        return "moved";
      } catch (error) {
        if (error instanceof InvalidParameterException) return "lost";
        throw error;
      }
    },
  };
}

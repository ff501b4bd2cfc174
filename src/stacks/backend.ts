import {
  CloudBackend,
  LocalBackend,
  NamedCloudWorkspace,
  NamedRemoteWorkspace,
  RemoteBackend,
  S3Backend,
  type TerraformStack,
} from "../cdktf";
import type { Config } from "../config/schema";

/** Says where a stack keeps its state.
 *
 * Local files lie in `.state/<environment>` beside the output folder, so the path in the JSON is the same on any machine.
 * The S3 backend locks with a file of its own (Terraform 1.11 or newer), not with a DynamoDB table.
 */
export function addBackend(stack: TerraformStack, stackId: string, config: Config): void {
  const { backend, organization, environment } = config;
  const workspace = `${organization}-${environment}-${stackId}`;
  switch (backend.kind) {
    case "local":
      new LocalBackend(stack, { path: `../../../.state/${environment}/${stackId}.tfstate` });
      return;
    case "s3": {
      const s3 = new S3Backend(stack, {
        bucket: backend.bucket,
        key: `${organization}/${environment}/${stackId}.tfstate`,
        region: backend.region,
        encrypt: true,
        ...(backend.kmsKeyId ? { kmsKeyId: backend.kmsKeyId } : {}),
        ...(backend.roleArn ? { assumeRole: { roleArn: backend.roleArn } } : {}),
      });
      s3.addOverride("use_lockfile", true);
      return;
    }
    case "cloud":
      new CloudBackend(stack, {
        organization: backend.organization,
        ...(backend.hostname ? { hostname: backend.hostname } : {}),
        workspaces: new NamedCloudWorkspace(workspace, backend.project),
      });
      return;
    case "remote":
      new RemoteBackend(stack, {
        organization: backend.organization,
        ...(backend.hostname ? { hostname: backend.hostname } : {}),
        workspaces: new NamedRemoteWorkspace(workspace),
      });
  }
}

// The one place that imports cdktf and constructs, so that a fork can take their place here.
export {
  App,
  AssetType,
  CloudBackend,
  Fn,
  LocalBackend,
  NamedCloudWorkspace,
  NamedRemoteWorkspace,
  RemoteBackend,
  S3Backend,
  TerraformAsset,
  type TerraformElement,
  TerraformOutput,
  type TerraformResource,
  TerraformStack,
  Testing,
  Token,
} from "cdktf";
export { Construct } from "constructs";

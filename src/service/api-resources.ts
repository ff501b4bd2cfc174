import { ApiGatewayResource, type ApiGatewayRestApi } from "../aws";
import type { Construct } from "../cdktf";

/** The tree of paths: one resource a step, shared by the paths that begin alike. */
export function apiResources(
  scope: Construct,
  api: ApiGatewayRestApi,
  paths: readonly string[],
): ReadonlyMap<string, ApiGatewayResource> {
  const byPath = new Map<string, ApiGatewayResource>();
  for (const path of paths) {
    const steps = path.split("/").slice(1);
    for (const [index, step] of steps.entries()) {
      const here = `/${steps.slice(0, index + 1).join("/")}`;
      if (byPath.has(here)) continue;
      const parent = byPath.get(`/${steps.slice(0, index).join("/")}`);
      const id = here.slice(1).replaceAll("/", "-").replaceAll(/[{}]/g, "");
      byPath.set(
        here,
        new ApiGatewayResource(scope, id, {
          restApiId: api.id,
          parentId: parent?.id ?? api.rootResourceId,
          pathPart: step,
        }),
      );
    }
  }
  return byPath;
}

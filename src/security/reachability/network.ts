import type { Resource } from "../../terraform/estate";
import type { Range } from "./addresses";
import type { Traffic } from "./traffic";

export type Direction = "ingress" | "egress";

/** What stands on the other side of a group's rule. */
export type Peer =
  | { readonly kind: "range"; readonly range: Range }
  | { readonly kind: "group"; readonly group: Resource }
  /** The addresses of a service that has a gateway endpoint. */
  | { readonly kind: "list"; readonly endpoint: Resource };

export interface GroupRule {
  readonly at: Resource;
  readonly group: Resource;
  readonly direction: Direction;
  readonly traffic: Traffic;
  readonly peers: readonly Peer[];
}

export interface AclRule {
  readonly at: Resource;
  readonly direction: Direction;
  readonly number: number;
  readonly allows: boolean;
  readonly traffic: Traffic;
  readonly range: Range;
}

export interface Acl {
  readonly at: Resource;
  /** By number: the first that is about a packet decides; a packet that none is about is denied. */
  readonly rules: readonly AclRule[];
}

export interface Route {
  readonly at: Resource;
  readonly range: Range;
  readonly target: Resource;
}

export interface Subnet {
  readonly at: Resource;
  readonly vpc: Resource;
  readonly range: Range;
  readonly acl: Acl;
  readonly table: Resource;
  readonly routes: readonly Route[];
}

export interface Endpoint {
  readonly at: Resource;
  readonly vpc: Resource;
  /** `s3`, `bedrock-runtime`: the last part of `com.amazonaws.REGION.SERVICE`. */
  readonly service: string;
  readonly reachedBy:
    | { readonly kind: "route"; readonly tables: readonly Resource[] }
    | {
        readonly kind: "interface";
        readonly subnets: readonly Subnet[];
        readonly groups: readonly Resource[];
        /** Whether the service's usual name leads to it. */
        readonly ownName: boolean;
      };
}

export interface PlacedFunction {
  readonly at: Resource;
  readonly name: string;
  readonly subnets: readonly Subnet[];
  readonly groups: readonly Resource[];
}

/** What the JSON says about who can send a packet where. */
export interface Network {
  readonly vpcRange: Range;
  readonly functions: readonly PlacedFunction[];
  readonly endpoints: readonly Endpoint[];
  readonly groupRules: readonly GroupRule[];
  readonly subnets: readonly Subnet[];
  /** Subnet of each NAT gateway. */
  readonly natSubnets: ReadonlyMap<Resource, Subnet>;
}

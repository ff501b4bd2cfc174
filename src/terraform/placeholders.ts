import { createHash } from "node:crypto";
import { text } from "./blocks";
import type { Resource } from "./estate";
import type { Json } from "./json";
import { UnreadableError } from "./unreadable";

/** A made-up value for an attribute that AWS fills in, in the shape that the provider's checks accept.
 *
 * The same resource always gets the same value and two resources never share one. Throws where the shape is not
 * in the table: a guess would either fail in the provider or hide a wrong reference.
 */
export function placeholder(resource: Resource, attribute: string): Json {
  const shape = SHAPES[`${resource.type}.${attribute}`];
  if (shape) return shape(resource);
  const row = `${resource.type}.${attribute}`;
  throw new UnreadableError(
    resource.address,
    `its "${attribute}" crosses stacks, but there is no made-up value for it. Add a row "${row}" in src/terraform/placeholders.ts.`,
  );
}

type Shape = (resource: Resource) => Json;

/** Ids that AWS invents for resources that lend them to other stacks. */
const SHAPES: Readonly<Record<string, Shape>> = {
  "aws_dynamodb_table.arn": (table) => arn("dynamodb", table, `table/${text(table, "name")}`),
  "aws_dynamodb_table.stream_arn": (table) =>
    arn("dynamodb", table, `table/${text(table, "name")}/stream/2026-01-01T00:00:00.000`),
  "aws_eip.public_ip": address,
  "aws_internet_gateway.id": id("igw"),
  "aws_kms_key.arn": (key) => arn("kms", key, `key/${uuid(key)}`),
  "aws_kms_key.id": uuid,
  "aws_kms_key.key_id": uuid,
  "aws_nat_gateway.id": id("nat"),
  "aws_nat_gateway.public_ip": address,
  "aws_network_acl.id": id("acl"),
  "aws_ec2_managed_prefix_list.id": id("pl"),
  "aws_route_table.id": id("rtb"),
  "aws_secretsmanager_secret.arn": secretArn,
  "aws_secretsmanager_secret.id": secretArn,
  "aws_security_group.id": id("sg"),
  "aws_subnet.id": id("subnet"),
  "aws_vpc.id": id("vpc"),
  "aws_vpc_endpoint.id": id("vpce"),
  "aws_vpc_endpoint.network_interface_ids": (endpoint) => [id("eni")(endpoint)],
  "aws_vpc_endpoint.prefix_list_id": id("pl"),
};

function id(prefix: string): (resource: Resource) => string {
  return (resource) => `${prefix}-0${digest(resource).slice(0, 16)}`;
}

function uuid(resource: Resource): string {
  return digest(resource).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
}

/** From TEST-NET-3, which is never routed (RFC 5737). */
function address(resource: Resource): string {
  return `203.0.113.${Number.parseInt(digest(resource).slice(0, 2), 16)}`;
}

/** Secrets Manager appends a hyphen and six characters to the name. */
function secretArn(secret: Resource): string {
  return arn("secretsmanager", secret, `secret:${text(secret, "name")}-${digest(secret).slice(0, 6)}`);
}

function arn(service: string, { region, stack, address }: Resource, rest: string): string {
  if (region === undefined) throw new UnreadableError(address, "it has no region to make an ARN of");
  return `arn:aws:${service}:${region}:${stack.accountId ?? "000000000000"}:${rest}`;
}

function digest({ stack, address }: Resource): string {
  return createHash("sha256").update(`${stack.name}/${address}`).digest("hex");
}

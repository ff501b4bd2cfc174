import type { ProtectedOperation } from "../limits/routes";

/** App roles of the Entra ID application and the operations each may call; roles add up, a role not listed gives nothing. */
export const rolePermissions = {
  /** Developers. */
  "Reviews.Read": ["listReviews", "getReview"],
  /** Reviewers. */
  "Reviews.Write": ["listReviews", "getReview", "submitReview"],
  /** Pipelines; an application role. */
  "Reviews.Submit": ["submitReview"],
  /** On-call: the only role that deletes. */
  "Platform.Admin": ["listReviews", "getReview", "submitReview", "deleteReview"],
} as const satisfies Record<string, readonly ProtectedOperation[]>;

export type Role = keyof typeof rolePermissions;

/** True for a role of the table; tokens may carry roles of other applications or of later versions. */
export function isRole(name: string): name is Role {
  return Object.hasOwn(rolePermissions, name);
}

/** Operations the roles allow together, each once. */
export function allowedOperations(roles: readonly string[]): ReadonlySet<ProtectedOperation> {
  return new Set(roles.filter(isRole).flatMap((role): readonly ProtectedOperation[] => rolePermissions[role]));
}

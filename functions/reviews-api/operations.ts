import * as z from "zod";
import type { ProtectedOperation } from "../../src/limits/routes";
import { allowedOperations } from "../../src/security/entra";
import type { Operation } from "../shared/dispatch";
import { callerRoles, type HttpEvent } from "../shared/http-event";
import { type HttpAnswer, invalidInput, json, problem } from "../shared/problem";
import { repository } from "../shared/repository";
import type { Review } from "../shared/review";
import { type ReviewSubject, reviewId, reviewIdText } from "../shared/review-key";
import { cursor, cursorText } from "./cursor";
import type { ReviewReader } from "./review-reader";

/** Query of a list; `limit` arrives as text. */
export const listQuery = z.strictObject({
  repository,
  limit: z
    .string()
    .regex(/^([1-9][0-9]?|100)$/)
    .default("25")
    .transform(Number),
  cursor: cursor.optional(),
});

export const reviewPath = z.object({ id: reviewIdText });

/** Operations of the reviews API over the reviews of one table. */
export function operations(reviews: ReviewReader) {
  return {
    getHealth: async () => json(200, { status: "ok" }),
    listReviews: allowed("listReviews", async (event) => {
      const query = listQuery.safeParse(event.queryStringParameters ?? {});
      if (!query.success) return invalidInput(query.error);
      const page = await reviews.list(query.data.repository, query.data.limit, query.data.cursor);
      const next = page.next && cursorText(page.next);
      return json(200, { reviews: page.reviews.map(shown), ...(next && { next }) });
    }),
    getReview: allowed("getReview", (event) =>
      ofReview(event, async (subject) => {
        const found = await reviews.get(subject);
        return found && json(200, { ...shown(found.review), runs: found.runs });
      }),
    ),
    deleteReview: allowed("deleteReview", (event) =>
      ofReview(event, async (subject) =>
        (await reviews.remove(subject)) ? { statusCode: 204, headers: {}, body: "" } : undefined,
      ),
    ),
  } satisfies Record<string, Operation>;
}

function shown(review: Review) {
  return { id: reviewId(review), ...review };
}

/** The authorizer's policy has let the caller in; its roles are checked again, so a policy too wide lets nobody through. */
function allowed(name: ProtectedOperation, operation: Operation): Operation {
  return async (event) =>
    allowedOperations(callerRoles(event)).has(name) ? operation(event) : problem(403, "Your roles do not allow this.");
}

async function ofReview(
  event: HttpEvent,
  answer: (subject: ReviewSubject) => Promise<HttpAnswer | undefined>,
): Promise<HttpAnswer> {
  const path = reviewPath.safeParse(event.pathParameters);
  if (!path.success) return invalidInput(path.error);
  return (await answer(path.data.id)) ?? problem(404, "There is no review with this id.");
}

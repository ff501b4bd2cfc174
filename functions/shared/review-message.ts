import * as z from "zod";

/** Where a message came from. */
export const messageSources = ["github", "spacelift", "submission"] as const;

export type MessageSource = (typeof messageSources)[number];

/** Message in the queue: the body itself, or the key of the object that holds it. */
export const reviewMessage = z.union([
  z.strictObject({
    source: z.enum(messageSources),
    deliveryId: z.string(),
    /** When the delivery was accepted; the time of a review is counted from here. */
    acceptedAt: z.iso.datetime(),
    body: z.string(),
  }),
  z.strictObject({
    source: z.enum(messageSources),
    deliveryId: z.string(),
    acceptedAt: z.iso.datetime(),
    bodyObjectKey: z.string(),
  }),
]);

export type ReviewMessage = z.infer<typeof reviewMessage>;

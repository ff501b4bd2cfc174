import type { ReviewOutput } from "./review-output";

const maxCommentCharacters = 65_536;

/** Hidden line by which a review's comment is found again. */
export function commentMarker(reviewId: string): string {
  return `<!-- review:${reviewId} -->`;
}

/** The review as a comment in Markdown, marker first so that a cut never loses it. */
export function commentText(reviewId: string, output: ReviewOutput & { readonly truncated: boolean }): string {
  const findings = output.findings.map(({ path, line, severity, comment }) => {
    const place = `\`${path.replace(/[`\r\n]/g, "")}${line === undefined ? "" : `:${line}`}\``;
    return `- **${severity}** ${place}: ${harmless(comment)}`;
  });
  const parts = [
    commentMarker(reviewId),
    harmless(output.summary),
    findings.length > 0 ? findings.join("\n") : "No defects found.",
    ...(output.truncated ? ["The diff was too long: only its first part was reviewed."] : []),
  ];
  return parts.join("\n\n").slice(0, maxCommentCharacters);
}

/** The model's text without what would act on a reader.
 *
 * The author of a diff may have steered the model: no HTML, no mention that notifies people, no link or image that
 * leads outside.
 */
function harmless(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll("@", "@\u200b")
    .replaceAll("://", ":\u200b//")
    .replace(/\bwww\./gi, "www\u200b.")
    .replaceAll("](", "]\u200b(");
}

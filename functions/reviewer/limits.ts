/** Bytes of a diff that the model sees: about 20,000 tokens of code, so no review costs more than that. */
export const maxDiffBytes = 65_536;

/** Tokens the model may answer with. */
export const maxOutputTokens = 4096;

/** What is kept of an answer; an item of DynamoDB holds 400 KB, and a comment of GitHub 65,536 characters. */
export const maxFindings = 40;
export const maxSummaryCharacters = 3000;
export const maxFindingCharacters = 1200;

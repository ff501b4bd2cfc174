/** What well-known keys and tokens look like: AWS, private keys, GitHub, Slack, JSON Web Tokens. */
const patterns = [
  /AKIA[0-9A-Z]{16}/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /gh[pousr]_[A-Za-z0-9]{36,}/,
  /github_pat_[A-Za-z0-9_]{22,}/,
  /xox[abpr]-[A-Za-z0-9-]{10,}/,
  /eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\./,
];

/** Whether a text holds what looks like a key or a token. */
export const holdsSecret = (text: string): boolean => patterns.some((pattern) => pattern.test(text));

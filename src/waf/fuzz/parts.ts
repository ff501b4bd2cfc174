import type { Dice } from "../../dice";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Tokens of the right shape; nobody here asks whether they are genuine. */
export const randomTokens = (dice: Dice, count: number): string[] =>
  Array.from({ length: count }, () => {
    const scheme = dice.pick(["Bearer", "Bearer", "bearer"]);
    return `${scheme} ${[20, 40, 30].map((length) => dice.text(length, letters)).join(".")}`;
  });

/** What is no token, and tokens that say they are unsigned. */
export const wrongTokens = [
  ...["", "Bearer", "Bearer a.b", "Bearer a.b.c d", "Bearer a.b.c.d", "Bearer a..c", "Bearer  a.b.c", " Bearer a.b.c"],
  ...["xBearer a.b.c", "BEARER a.b.c", "Basic dXNlcjpwYXNz", "a.b.c", "Bearer a.b.c\n", "Bearer a.b.ç"],
  ...["Bearer eyJhbGciOiJub25lIn0.e30.x", "bearer eyJhbGciOiJOb25lIn0.e30.x", "Bearer eyJhbGciOiJOT05FIn0.e30.x"],
  "Bearer eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0.e30.x",
] as const;

export const randomSignature = (dice: Dice): string => `sha256=${dice.text(64, "0123456789abcdef")}`;

/** A signature that is a little wrong. */
export function wrongSignature(dice: Dice): string {
  const right = randomSignature(dice);
  return dice.pick([
    ...["", "sha256=", right.slice(0, -1), `${right}0`, `${right} `, ` ${right}`, `x${right}`, right.slice(7)],
    ...[right.replace("256", "1"), right.replace("=", ":"), right.toUpperCase(), `${right.slice(0, -1)}g`],
  ]);
}

/** A path that somebody might take for the given one. */
export function nearMiss(dice: Dice, path: string): string {
  const at = 1 + dice.below(path.length - 1);
  const character = path[at] ?? "";
  const hex = character.charCodeAt(0).toString(16);
  return dice.pick([
    ...[`${path}/`, `${path}//`, `/${path}`, `${path}.`, `${path}/.`, `${path}/..`, `/.${path}`, `/x/..${path}`],
    ...[`${path}x`, `/x${path}`, `${path}%00`, `${path}%20`, `${path};a=b`, `${path}\n`, path.slice(0, -1), "/"],
    ...[path.toUpperCase(), path.replace("/", "//"), path.replaceAll("/", "\\"), path.replaceAll("/", "%2f")],
    `${path.slice(0, at)}%${hex}${path.slice(at + 1)}`,
    path.slice(0, at) + character.toUpperCase() + path.slice(at + 1),
    `${path.slice(0, at)}/${path.slice(at)}`,
    `${path}/${dice.text(dice.pick([3, 12, 1030]), letters)}`,
  ]);
}

/** Around every size at which something changes, in bytes. */
export const bodySizes = [0, 1, 100, 2000, 8191, 8192, 8193, 16_384, 16_385, 65_535, 65_536, 65_537, 300_000] as const;

export const methods = [
  "GET",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "OPTIONS",
  "HEAD",
  "PROPFIND",
  "post",
  "POSTX",
] as const;

import { z } from "zod";
import { type Fence, readFences } from "./runbook-fences";

/** The five headings, in their order. */
export const headings = ["When to use", "Prerequisites", "Steps", "Rollback", "Verification"] as const;
export type Heading = (typeof headings)[number];

const parameterName = /^[A-Z][A-Z0-9_]*$/;

/** What stands between the `---` lines, as JSON: every Markdown tool reads it, since JSON is YAML. */
const frontMatter = z.strictObject({
  id: z.string().regex(/^RB-\d\d$/),
  title: z.string().min(1),
  kind: z.enum(["incident", "debug", "procedure"]),
  /** Failure scenarios that it hands over to. */
  branches: z.array(z.string().regex(/^FS-\d\d$/)),
  /** When it is exercised although nothing is wrong. */
  schedule: z.string().nullable(),
  /** Which change leads to it. */
  change: z.string().nullable(),
  /** What whoever runs it must be allowed to do, as IAM actions. */
  permissions: z.array(z.string().regex(/^[a-z0-9-]+:[A-Z][A-Za-z]+$/)).min(1),
  /** Variable to the Terraform address it is bound to, or to a sentence on where the responder finds it. */
  params: z.record(z.string().regex(parameterName), z.string().min(1)),
  expectedMinutes: z.int().min(1),
  /** Day of the last exercise; null until there was one. */
  lastExercised: z.iso.date().nullable(),
  owner: z.string().min(1),
});

export type FrontMatter = z.output<typeof frontMatter>;

export interface Runbook {
  /** `RB-09-dynamodb-throttling.md`. */
  readonly file: string;
  readonly frontMatter: FrontMatter;
  /** Text under each heading, without it. */
  readonly sections: Readonly<Record<Heading, string>>;
  /** The commands, in the order of the page. */
  readonly fences: readonly Fence[];
}

/** Everything that keeps a page from being read as a runbook. */
export class RunbookError extends Error {
  override readonly name = "RunbookError";

  constructor(
    readonly file: string,
    readonly problems: readonly string[],
  ) {
    super(`runbooks/${file}: ${problems.join(" ")}`);
  }
}

/** Reads a page of `runbooks/`. Throws where front matter, title, headings or the marks of a command are not as agreed. */
export function readRunbook(file: string, text: string): Runbook {
  const [, json = "", body = ""] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? [];
  const parsed = frontMatter.safeParse(parse(json));
  if (!parsed.success) throw new RunbookError(file, frontMatterProblems(json, parsed.error));

  const { id, title } = parsed.data;
  const found = [...body.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
  const { fences, problems } = readFences(body);
  const all = [
    ...(file === fileOf(id, title) ? [] : [`It must be called ${fileOf(id, title)}, after its id and title.`]),
    ...(body.trimStart().startsWith(`# ${id} ${title}\n`) ? [] : [`It must begin with "# ${id} ${title}".`]),
    ...(found.join() === headings.join() ? [] : [`Its headings must be ${headings.join(", ")}, in this order.`]),
    ...problems,
  ];
  if (all.length > 0) throw new RunbookError(file, all);

  const [, ...texts] = body.split(/^## .+\n/m);
  const section = (heading: Heading) => texts[headings.indexOf(heading)]?.trim() ?? "";
  return {
    file,
    frontMatter: parsed.data,
    sections: {
      "When to use": section("When to use"),
      Prerequisites: section("Prerequisites"),
      Steps: section("Steps"),
      Rollback: section("Rollback"),
      Verification: section("Verification"),
    },
    fences,
  };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function frontMatterProblems(json: string, { issues }: z.ZodError): string[] {
  if (parse(json) === undefined) return ["It must begin with JSON between two lines of ---."];
  return issues.map(({ path, message }) => `Front matter ${path.join(".")}: ${message}.`);
}

const fileOf = (id: string, title: string) => `${id}-${title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}.md`;

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { loadEnvironments } from "../../src/cli/examples";
import { generatedPages } from "../../src/cli/generated-pages";
import { withGenerated } from "../../src/report/generated";
import { commands, requirements } from "../../src/report/requirements";
import { example } from "../support/examples";

const root = resolve(__dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const below = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md"))
    .map((path) => join(folder, path));
const documents = [
  "README.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  "SECURITY.md",
  ...below("docs"),
  ...below("runbooks"),
];

describe("what is generated", () => {
  const pages = generatedPages(
    loadEnvironments().map(({ name, config }) => ({ name, config, synthesis: example(name) })),
  );

  it.each(pages.map(({ path, text }) => [path, text]))("%s is as `npm run golden` writes it", (path, text) => {
    expect(read(path)).toBe(text);
  });

  it("is refused where the document has no place for it", () => {
    expect(() => withGenerated("# Title\n", "promises", "| a |")).toThrow(
      "The document has no place for promises; add <!-- generated:promises --> and <!-- /generated -->.",
    );
  });

  it("replaces what stood between its markers and nothing else", () => {
    const document = "before\n<!-- generated:a -->\nold\n<!-- /generated -->\nafter\n";

    expect(withGenerated(document, "a", "new")).toBe("before\n<!-- generated:a -->\nnew\n<!-- /generated -->\nafter\n");
  });
});

describe("documents", () => {
  it.each(documents)("%s links to nothing that is not there", (path) => {
    const links = [...read(path).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)].map(([, target = ""]) => target);

    expect(links.filter((target) => !existsSync(resolve(root, dirname(path), target)))).toEqual([]);
  });

  it.each(documents)("%s states what is so and sells nothing", (path) => {
    const selling =
      /\b(powerful|seamless(ly)?|enterprise-grade|blazing(ly)?|cutting-edge|world-class|effortless(ly)?|robust|best-in-class|next-generation|revolutionary)\b/i;

    expect("a powerful tool").toMatch(selling);
    expect(read(path)).not.toMatch(selling);
  });
});

describe("the README", () => {
  it("shows first how to see it and how to test it", () => {
    const [first = ""] = read("README.md").split("```").slice(1);

    expect(
      first
        .trim()
        .split("\n")
        .map((line) => line.split("#")[0]?.trim()),
    ).toEqual(["npm ci && npm start", "npm ci && npm test"]);
  });

  it("names commands that exist", () => {
    const scripts: Record<string, string> = JSON.parse(read("package.json")).scripts;
    const named = [...commands.map(([command]) => command), ...requirements.map((row) => row[3])];

    const missing = named.filter((command) => !((/^npm (?:run )?(\S+)/.exec(command)?.[1] ?? "") in scripts));

    expect(missing).toEqual([]);
  });

  it("names folders that exist", () => {
    expect(requirements.map((row) => row[2]).filter((folder) => !existsSync(join(root, folder)))).toEqual([]);
  });
});

describe("decision records", () => {
  const records = readdirSync(join(root, "docs/decisions")).sort();

  it("are numbered one after the other", () => {
    expect(records.map((file) => Number(file.slice(0, 4)))).toEqual(records.map((_, index) => index + 1));
  });

  it.each(records)("%s has the five headings", (file) => {
    const headings = [...read(`docs/decisions/${file}`).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);

    expect(headings).toEqual(["Status", "Context", "Positions", "Decision", "Consequences"]);
  });

  it("have a sentence for every dependency", () => {
    const { dependencies, devDependencies } = JSON.parse(read("package.json"));
    const table = read("docs/decisions/0009-dependencies.md");
    const isNamed = (name: string) =>
      name.startsWith("@types/") ||
      table.includes(`\`${name}\``) ||
      table.includes(`\`${name.split("/")[0]}/*\``) ||
      (name.startsWith("@aws-lambda-powertools/") && table.includes(`\`-${name.split("/")[1]}\``));

    expect(Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !isNamed(name))).toEqual([]);
  });
});

import { judge } from "../src/policy/judge";
import { securityRules } from "../src/policy/security-rules";
import { estateOf, stackFacts } from "../src/terraform/estate";
import { readSynthesis } from "../src/terraform/read";

/** Judges so many copies of a synthesized environment at once, each with names of its own; says how many milliseconds that took. */
const [folder = "", environment = "", copies = "1"] = process.argv.slice(2);
const { stacks } = readSynthesis(folder);
const texts = stacks.map(({ name, json }) => ({ name, text: JSON.stringify(json) }));
const facts = Array.from({ length: Number(copies) }, (_, copy) =>
  texts.map(({ name, text }) => {
    const renamed = text
      .replaceAll(`-${environment}-`, `-${environment}${copy}-`)
      .replaceAll("cross-stack-reference-input-network", `cross-stack-reference-input-network${copy}`)
      .replaceAll("cross-stack-reference-input-data", `cross-stack-reference-input-data${copy}`);
    return stackFacts(`${name}${copy}`, JSON.parse(renamed));
  }),
).flat();
const begun = process.hrtime.bigint();
judge(securityRules, estateOf(facts), "estate");
process.stderr.write(`innerMs=${Number(process.hrtime.bigint() - begun) / 1e6}\n`);

interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface Request {
  readonly action: string;
  readonly resource: string;
  /** Condition keys that the request carries. */
  readonly context: Readonly<Record<string, string>>;
}

const pattern = (text: string) =>
  new RegExp(`^${text.replaceAll(/[.+?^$()|[\]\\{}]/g, "\\$&").replaceAll("*", ".*")}$`);

/** IAM's own rules for a key that is absent: a negated comparison holds, any other does not. */
const operators: Record<string, (found: string | undefined, wanted: readonly string[]) => boolean> = {
  Null: (found, [absent]) => (found === undefined) === (absent === "true"),
  Bool: (found, wanted) => found !== undefined && wanted.includes(found),
  StringEquals: (found, wanted) => found !== undefined && wanted.includes(found),
  StringNotEquals: (found, wanted) => found === undefined || !wanted.includes(found),
  ArnNotEquals: (found, wanted) => found === undefined || !wanted.includes(found),
  NumericLessThan: (found, [limit]) => found !== undefined && Number(found) < Number(limit),
};

function applies({ Action, Resource, Condition }: Statement, { action, resource, context }: Request): boolean {
  return (
    Action.some((name) => pattern(name).test(action)) &&
    [Resource].flat().some((arn) => pattern(arn).test(resource)) &&
    Object.entries(Condition).every(([operator, keys]) => {
      const holds = operators[operator];
      if (!holds) throw new Error(`The operator ${operator} is not known here.`);
      return Object.entries(keys).every(([key, wanted]) => holds(context[key], [wanted].flat()));
    })
  );
}

/** True if a bucket's policy refuses a request, whatever its caller may do otherwise. */
export function denied(policy: string, request: Request): boolean {
  const statements: Statement[] = JSON.parse(policy).Statement;
  return statements.some((statement) => statement.Effect === "Deny" && applies(statement, request));
}

/** Attribute as DynamoDB carries it. */
export type Attribute = Readonly<Record<string, unknown>>;

export type Item = Readonly<Record<string, Attribute>>;

/** Names and values an expression refers to. */
export interface Bindings {
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, Attribute>>;
}

/** Evaluates DynamoDB's condition expressions, as far as the functions use them; throws on anything else. */
export function holds(expression: string, item: Item | undefined, bindings: Bindings): boolean {
  const tokens = expression.match(/<=|<|=|\(|\)|,|[:#]?[A-Za-z_][A-Za-z0-9_]*/g) ?? [];
  if (tokens.join("") !== expression.replace(/\s/g, "")) throw new Error(`Not understood: ${expression}`);
  let at = 0;
  const take = (expected?: string): string => {
    const token = tokens[at];
    if (token === undefined || (expected && token !== expected)) throw new Error(`Not understood: ${expression}`);
    at += 1;
    return token;
  };

  const either = (): boolean => {
    let result = both();
    while (tokens[at] === "OR") {
      take();
      const right = both();
      result = result || right;
    }
    return result;
  };
  const both = (): boolean => {
    let result = single();
    while (tokens[at] === "AND") {
      take();
      const right = single();
      result = result && right;
    }
    return result;
  };
  const single = (): boolean => {
    const token = take();
    if (token === "(") {
      const result = either();
      take(")");
      return result;
    }
    if (token === "attribute_exists" || token === "attribute_not_exists") {
      take("(");
      const there = operand(take(), item, bindings) !== undefined;
      take(")");
      return token === "attribute_exists" ? there : !there;
    }
    if (token === "begins_with") {
      take("(");
      const left = operand(take(), item, bindings);
      take(",");
      const right = operand(take(), item, bindings);
      take(")");
      return String(left?.S).startsWith(String(right?.S));
    }
    const comparison = take();
    return compare(operand(token, item, bindings), comparison, operand(take(), item, bindings));
  };

  const result = either();
  if (at !== tokens.length) throw new Error(`Not understood: ${expression}`);
  return result;
}

/** Applies an update expression of `SET`, `REMOVE` and `ADD` clauses. */
export function updated(expression: string, item: Item, bindings: Bindings): Item {
  const clauses = expression.split(/\b(?=(?:SET|REMOVE|ADD)\b)/).filter(Boolean);
  return clauses.reduce<Item>((before, clause) => {
    const [verb = "", rest = ""] = clause.trim().split(/\s(.*)/s);
    const parts = rest.split(/,(?![^(]*\))/).map((part) => part.trim());
    return parts.reduce<Item>((current, part) => applied(verb, part, current, item, bindings), before);
  }, item);
}

function applied(verb: string, part: string, current: Item, old: Item, bindings: Bindings): Item {
  if (verb === "REMOVE") {
    const { [nameOf(part, bindings)]: _removed, ...rest } = current;
    return rest;
  }
  if (verb === "ADD") {
    const [name = "", value = ""] = part.split(/\s+/);
    const sum = Number(operand(name, old, bindings)?.N ?? 0) + Number(bindings.values[value]?.N);
    return { ...current, [nameOf(name, bindings)]: { N: String(sum) } };
  }
  const [, target = "", fallbackOf, value = ""] =
    /^(\S+) = (?:if_not_exists\((\S+), )?([:#]?[A-Za-z_]\w*)\)?$/.exec(part) ?? [];
  if (verb !== "SET" || target === "") throw new Error(`Not understood: ${verb} ${part}`);
  const assigned = (fallbackOf && operand(fallbackOf, old, bindings)) || operand(value, old, bindings);
  if (assigned === undefined) throw new Error(`No value: ${verb} ${part}`);
  return { ...current, [nameOf(target, bindings)]: assigned };
}

function nameOf(token: string, { names }: Bindings): string {
  if (!token.startsWith("#")) return token;
  const name = names[token];
  if (name === undefined) throw new Error(`No name: ${token}`);
  return name;
}

function operand(token: string, item: Item | undefined, bindings: Bindings): Attribute | undefined {
  if (!token.startsWith(":")) return item?.[nameOf(token, bindings)];
  const value = bindings.values[token];
  if (value === undefined) throw new Error(`No value: ${token}`);
  return value;
}

function compare(left: Attribute | undefined, comparison: string, right: Attribute | undefined): boolean {
  if (left === undefined || right === undefined) return false;
  if (comparison === "=") return JSON.stringify(left) === JSON.stringify(right);
  const [a, b] = left.N === undefined ? [String(left.S), String(right.S)] : [Number(left.N), Number(right.N)];
  if (comparison === "<") return a < b;
  if (comparison === "<=") return a <= b;
  throw new Error(`Not understood: ${comparison}`);
}

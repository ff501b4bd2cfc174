import {
  ComparisonOperator,
  CountryCode,
  LabelMatchScope,
  type ManagedRuleGroupStatement,
  PositionalConstraint,
  RateBasedStatementAggregateKeyType,
  type RateBasedStatementCustomKey,
  type Statement,
} from "@aws-sdk/client-wafv2";
import { block, blocks, number, text, texts, value } from "../../terraform/blocks";
import type { Block } from "../../terraform/estate";
import { UnreadableError } from "../../terraform/unreadable";
import { onlyKey, onlyKeys, required, theBlock, theNumber, theText } from "../known";
import { liveAction } from "./action";
import { empty, liveField, liveTransformations, oneOf, oneOfTexts } from "./field";

const kinds: Readonly<Record<string, (body: Block) => Statement>> = {
  and_statement: (body) => ({ AndStatement: { Statements: parts(body) } }),
  or_statement: (body) => ({ OrStatement: { Statements: parts(body) } }),
  not_statement: (body) => {
    const [part, second] = parts(body);
    if (part === undefined || second) throw new UnreadableError(body.address, "it must hold exactly one statement");
    return { NotStatement: { Statement: part } };
  },
  geo_match_statement: (body) => {
    onlyKeys(body, ["country_codes"]);
    const codes = texts(body, "country_codes");
    const CountryCodes = codes.map((code) => oneOfTexts(CountryCode, code, `${body.address}.country_codes`));
    return { GeoMatchStatement: { CountryCodes } };
  },
  label_match_statement: (body) => {
    onlyKeys(body, ["key", "scope"]);
    return { LabelMatchStatement: { Key: theText(body, "key"), Scope: oneOf(LabelMatchScope, body, "scope") } };
  },
  ip_set_reference_statement: (body) => {
    onlyKeys(body, ["arn"]);
    required(value(body, "arn"), body, "arn");
    // AWS fills in the ARN at apply, and would refuse one that names no set yet. A reference costs 1 WCU, as a label
    // match does (AWS WAF Developer Guide, "Web ACL capacity units"), so one on a name of its own stands for it.
    return { LabelMatchStatement: { Key: body.address.replace(/[^0-9A-Za-z_-]+/g, "-"), Scope: "LABEL" } };
  },
  byte_match_statement: (body) => ({
    ByteMatchStatement: {
      ...inspected(body, "positional_constraint", "search_string"),
      PositionalConstraint: oneOf(PositionalConstraint, body, "positional_constraint"),
      SearchString: Buffer.from(theText(body, "search_string")),
    },
  }),
  regex_match_statement: (body) => ({
    RegexMatchStatement: { ...inspected(body, "regex_string"), RegexString: theText(body, "regex_string") },
  }),
  size_constraint_statement: (body) => ({
    SizeConstraintStatement: {
      ...inspected(body, "comparison_operator", "size"),
      ComparisonOperator: oneOf(ComparisonOperator, body, "comparison_operator"),
      Size: theNumber(body, "size"),
    },
  }),
  rate_based_statement: (body) => {
    onlyKeys(body, ["limit", "evaluation_window_sec", "aggregate_key_type", "custom_key", "scope_down_statement"]);
    const windowSeconds = number(body, "evaluation_window_sec");
    const keys = blocks(body, "custom_key");
    return {
      RateBasedStatement: {
        Limit: theNumber(body, "limit"),
        AggregateKeyType: oneOf(RateBasedStatementAggregateKeyType, body, "aggregate_key_type"),
        ...(windowSeconds === undefined ? {} : { EvaluationWindowSec: windowSeconds }),
        ...(keys.length === 0 ? {} : { CustomKeys: keys.map(customKey) }),
        ...scopeDown(body),
      },
    };
  },
  managed_rule_group_statement: (body) => ({ ManagedRuleGroupStatement: managedGroup(body) }),
};

/** What stands in a `statement` block, as AWS's API takes it. Throws, with the path, for what is not known here. */
export function liveStatement(statement: Block): Statement {
  const kind = onlyKey(statement, Object.keys(kinds), "statement");
  return required(kinds[kind], statement, kind)(theBlock(statement, kind));
}

function parts(body: Block): Statement[] {
  onlyKeys(body, ["statement"]);
  return blocks(body, "statement").map(liveStatement);
}

function inspected(body: Block, ...more: readonly string[]) {
  onlyKeys(body, ["field_to_match", "text_transformation", ...more]);
  return { FieldToMatch: liveField(body), TextTransformations: liveTransformations(body) };
}

function scopeDown(body: Block): { ScopeDownStatement?: Statement } {
  const scope = block(body, "scope_down_statement");
  return scope ? { ScopeDownStatement: liveStatement(scope) } : {};
}

function customKey(key: Block): RateBasedStatementCustomKey {
  const kind = onlyKey(key, ["header", "ip", "http_method"], "key");
  const body = theBlock(key, kind);
  if (kind === "ip") return { IP: empty(body) };
  if (kind === "http_method") return { HTTPMethod: empty(body) };
  onlyKeys(body, ["name", "text_transformation"]);
  return { Header: { Name: theText(body, "name"), TextTransformations: liveTransformations(body) } };
}

function managedGroup(body: Block): ManagedRuleGroupStatement {
  onlyKeys(body, ["vendor_name", "name", "version", "rule_action_override", "scope_down_statement"]);
  const version = text(body, "version");
  const overrides = blocks(body, "rule_action_override").map((each) => {
    onlyKeys(each, ["name", "action_to_use"]);
    return { Name: theText(each, "name"), ActionToUse: liveAction(theBlock(each, "action_to_use")) };
  });
  return {
    VendorName: theText(body, "vendor_name"),
    Name: theText(body, "name"),
    ...(version === undefined ? {} : { Version: version }),
    ...(overrides.length === 0 ? {} : { RuleActionOverrides: overrides }),
    ...scopeDown(body),
  };
}

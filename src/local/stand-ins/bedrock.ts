import type { Server } from "node:http";
import { type JsonSchema, smallestInstance } from "./json-schema";
import { type Answer, serve } from "./server";

interface ConverseRequest {
  readonly messages?: readonly unknown[];
  readonly toolConfig?: {
    readonly tools?: readonly { toolSpec?: { name: string; inputSchema: { json: JsonSchema } } }[];
  };
}

/** Answers Converse with one call of the first tool offered, its input the smallest that the tool's schema allows.
 *
 * Fields: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
 */
export function bedrock(): Server {
  return serve(({ method, path, body }) => {
    if (method !== "POST" || !/^\/model\/[^/]+\/converse$/.test(path)) return refused(404, "ResourceNotFoundException");
    return converse(JSON.parse(body) as ConverseRequest);
  });
}

function converse(request: ConverseRequest): Answer {
  if (!request.messages?.length) return refused(400, "ValidationException");
  const tool = request.toolConfig?.tools?.[0]?.toolSpec;
  const content = tool
    ? { toolUse: { toolUseId: "tooluse_local", name: tool.name, input: smallestInstance(tool.inputSchema.json) } }
    : { text: "Answer of the local stand-in." };
  return {
    status: 200,
    body: {
      output: { message: { role: "assistant", content: [content] } },
      stopReason: tool ? "tool_use" : "end_turn",
      usage: { inputTokens: 1_200, outputTokens: 80, totalTokens: 1_280 },
      metrics: { latencyMs: 5 },
    },
  };
}

const refused = (status: number, code: string): Answer => ({
  status,
  headers: { "x-amzn-errortype": code },
  body: { message: `${code}: not a Converse request` },
});

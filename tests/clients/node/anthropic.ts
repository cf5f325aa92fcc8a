// Anthropic's client for Node: the same calls as `python/anthropic_client.py`, said in the same form.
import Anthropic from "@anthropic-ai/sdk";
import { type Ask, nodeClient } from "../../support/client";

const TOOL = {
  name: "weather",
  input_schema: { type: "object" as const, properties: { city: { type: "string" } }, required: ["city"] },
};

const client = ({ base, key }: Ask) => new Anthropic({ baseURL: base, apiKey: key });

function given(ask: Ask) {
  const messages: Anthropic.MessageParam[] = [{ role: "user", content: String(ask.say ?? "hello") }];
  return { model: String(ask.model ?? "claude-haiku-5-5"), max_tokens: 64, messages };
}

function outcome(reply: Anthropic.Message) {
  const text = reply.content.map((block) => (block.type === "text" ? block.text : "")).join("");
  return { text, finish: reply.stop_reason, usage: [reply.usage.input_tokens, reply.usage.output_tokens] };
}

const chat = async (ask: Ask) => outcome(await client(ask).messages.create(given(ask)));

const stream = async (ask: Ask) => outcome(await client(ask).messages.stream(given(ask)).finalMessage());

/** Asks, runs the tool, and gives its result back. */
async function tools(ask: Ask) {
  const asked = { ...given(ask), tools: [TOOL] };
  const { messages } = client(ask);
  const first = await messages.create(asked);
  const call = first.content.find((block) => block.type === "tool_use");
  if (!call) throw new Error("no call");
  asked.messages.push(
    { role: "assistant", content: first.content },
    { role: "user", content: [{ type: "tool_result", tool_use_id: call.id, content: "sunny" }] },
  );
  return { call: [call.name, call.input], text: outcome(await messages.create(asked)).text };
}

/** Reads one piece of a stream and goes away. */
async function abort(ask: Ask) {
  const reply = await client(ask).messages.create({ ...given(ask), stream: true });
  for await (const event of reply) {
    if (event.type !== "content_block_delta" || event.delta.type !== "text_delta") continue;
    reply.controller.abort();
    return { first: event.delta.text };
  }
}

async function count(ask: Ask) {
  const { model, messages } = given(ask);
  return (await client(ask).messages.countTokens({ model, messages })).input_tokens;
}

const models = async (ask: Ask) => (await client(ask).models.list()).data.map((model) => model.id);

export const anthropic = nodeClient({ chat, stream, tools, abort, count, models });

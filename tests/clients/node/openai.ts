// OpenAI's client for Node: the same calls as `python/openai_client.py`, said in the same form.
import OpenAI, { AzureOpenAI } from "openai";
import { type Ask, nodeClient } from "../../support/client";

const TOOL = {
  type: "function" as const,
  function: {
    name: "weather",
    parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  },
};
type Message = OpenAI.Chat.Completions.ChatCompletionMessageParam;

function client({ base, key, api_version }: Ask) {
  if (typeof api_version === "string")
    return new AzureOpenAI({ endpoint: base, apiKey: key, apiVersion: api_version });
  return new OpenAI({ baseURL: base, apiKey: key });
}

function given(ask: Ask) {
  const messages: Message[] = [{ role: "user", content: String(ask.say ?? "hello") }];
  return { model: String(ask.model ?? "gpt-6-luna"), messages };
}

const usage = (found?: OpenAI.CompletionUsage | null) =>
  found ? [found.prompt_tokens, found.completion_tokens, found.total_tokens] : null;

async function chat(ask: Ask) {
  const reply = await client(ask).chat.completions.create(given(ask));
  const choice = reply.choices[0];
  return { text: choice?.message.content, finish: choice?.finish_reason, usage: usage(reply.usage) };
}

async function stream(ask: Ask) {
  const said = { text: "", finish: null as string | null, usage: null as number[] | null };
  const more = { stream: true as const, stream_options: { include_usage: true } };
  for await (const chunk of await client(ask).chat.completions.create({ ...given(ask), ...more })) {
    said.usage = usage(chunk.usage) ?? said.usage;
    for (const choice of chunk.choices) {
      said.text += choice.delta.content ?? "";
      said.finish = choice.finish_reason ?? said.finish;
    }
  }
  return said;
}

/** Asks, runs the tool, and gives its result back. */
async function tools(ask: Ask) {
  const asked = { ...given(ask), tools: [TOOL] };
  const { completions } = client(ask).chat;
  const message = (await completions.create(asked)).choices[0]?.message;
  const call = message?.tool_calls?.[0];
  if (!message || call?.type !== "function") throw new Error("no call");
  asked.messages.push(message, { role: "tool", tool_call_id: call.id, content: "sunny" });
  const text = (await completions.create(asked)).choices[0]?.message.content;
  return { call: [call.function.name, JSON.parse(call.function.arguments)], text };
}

async function streamTools(ask: Ask) {
  let name = "";
  let json = "";
  let finish: string | null = null;
  const asked = { ...given(ask), tools: [TOOL], stream: true as const };
  for await (const chunk of await client(ask).chat.completions.create(asked))
    for (const choice of chunk.choices) {
      finish = choice.finish_reason ?? finish;
      for (const call of choice.delta.tool_calls ?? []) {
        name = call.function?.name ?? name;
        json += call.function?.arguments ?? "";
      }
    }
  return { call: [name, JSON.parse(json)], finish };
}

/** Reads one chunk of a stream and goes away. */
async function abort(ask: Ask) {
  const reply = await client(ask).chat.completions.create({ ...given(ask), stream: true });
  for await (const chunk of reply) {
    reply.controller.abort();
    return { first: chunk.choices[0]?.delta.content };
  }
}

async function models(ask: Ask) {
  return (await client(ask).models.list()).data.map((model) => model.id).sort();
}

async function responses(ask: Ask) {
  const reply = await client(ask).responses.create({
    model: given(ask).model,
    input: "hello",
    store: false,
  });
  return { text: reply.output_text, usage: [reply.usage?.input_tokens, reply.usage?.output_tokens] };
}

async function streamResponses(ask: Ask) {
  const wanted = { model: given(ask).model, input: "hello", store: false, stream: true as const };
  let text = "";
  let last: OpenAI.Responses.ResponseStreamEvent | undefined;
  for await (const event of await client(ask).responses.create(wanted)) {
    if (event.type === "response.output_text.delta") text += event.delta;
    last = event;
  }
  const tokens = last?.type === "response.completed" ? last.response.usage : undefined;
  return { text, last: last?.type, usage: [tokens?.input_tokens, tokens?.output_tokens] };
}

async function images(ask: Ask) {
  const wanted = { model: "gpt-image-2", prompt: "a boat", size: "1024x1024" as const };
  return (await client(ask).images.generate(wanted)).data?.map((image) => image.b64_json);
}

export const openai = nodeClient({
  chat,
  stream,
  tools,
  "stream-tools": streamTools,
  abort,
  models,
  responses,
  "stream-responses": streamResponses,
  images,
});

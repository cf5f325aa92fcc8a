// Providers as a person adds, tests and changes them. Descriptors drive the form: it knows no type by name.
import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { ProviderKindView, TestReport } from "../src/ipc/generated";
import { stopped } from "../src/ipc/memory";
import { stagesOf } from "../src/screens/providers/stages";
import { full, open } from "./support";

/** A type no adapter has. */
const ninth: ProviderKindView = {
  kind: "brass-lamp",
  title: "Brass Lamp",
  key: "optional",
  addons: ["ai-integration"],
  capabilities: ["writing"],
  base_url: "https://lamp.example/v9",
  fields: [
    { name: "wick", label: "Wick", hint: "How long the wick is.", placeholder: "12 cm", required: true },
    { name: "model", label: "Flame", hint: "Which flame answers.", placeholder: "", required: false },
    { name: "base-url", label: "Shelf", hint: "Where the lamp stands.", placeholder: "", required: false },
  ],
  models: [{ id: "blue-flame", note: "hot", price: null }],
  default_model: "blue-flame",
  retired: [{ model: "red-flame", on: "2027-02-03" }],
  key_hint: "begins with lamp-",
  key_pattern: "^lamp-",
  key_url: "",
  local: false,
};

async function form(...[memory, answers]: Parameters<typeof open>) {
  const opened = open(memory, answers);
  await opened.user.click(await screen.findByTestId("nav-providers"));
  await opened.user.click(await screen.findByTestId("provider-add"));
  await screen.findByTestId("provider-name");
  return opened;
}

const choose = (user: ReturnType<typeof open>["user"], kind: string) =>
  user.selectOptions(screen.getByTestId("provider-kind"), kind);

const requests = (host: ReturnType<typeof open>["host"], name: string) =>
  host.calls.filter((call) => call.name === name).map((call) => call.request);

test("a type nobody has heard of gets its form from its description", async () => {
  const { host, user } = await form({ ...full(), kinds: [...full().kinds, ninth] });
  await choose(user, "brass-lamp");
  const labels = [...document.querySelectorAll("form label")].map((label) => label.textContent);
  expect(labels).toEqual(["Type", "Name", "Wick", "Flame (optional)", "Shelf (optional)"]);
  expect(screen.getByText("How long the wick is.")).toBeTruthy();
  expect(screen.getByTestId<HTMLInputElement>("provider-base-url").placeholder).toBe(
    "https://lamp.example/v9",
  );
  expect(screen.getByText(/Empty asks for blue-flame/)).toBeTruthy();
  // Its key may be left out.
  await user.type(screen.getByTestId("provider-name"), "My lamp");
  await user.type(screen.getByTestId("provider-wick"), "9 cm");
  await user.type(screen.getByTestId("provider-model"), "red-flame");
  expect(screen.getByTestId("model-retires").textContent).toContain("2027-02-03");
  await user.click(screen.getByTestId("provider-save"));
  await screen.findByTestId("provider-row-My lamp");
  expect(requests(host, "provider_add")).toEqual([
    {
      ...{ application: "a-1", name: "My lamp", kind: "brass-lamp", plain_http_allowed: false },
      ...{ model: "red-flame", options: { wick: "9 cm" } },
    },
  ]);
});

test("a pasted Azure address is split visibly; what was typed beside it stays", async () => {
  const { user } = await form(full());
  await choose(user, "azure-openai");
  const value = (name: string) => screen.getByTestId<HTMLInputElement>(`provider-${name}`).value;
  const address =
    "https://res.openai.azure.com/openai/deployments/my-gpt/chat/completions?api-version=2024-10-21";
  await user.click(screen.getByTestId("provider-base-url"));
  await user.paste(address);
  await waitFor(() => expect(value("base-url")).toBe("https://res.openai.azure.com"));
  expect([value("model"), value("api-version")]).toEqual(["my-gpt", "2024-10-21"]);
  expect(screen.getByTestId("provider-split").textContent).toContain("Endpoint, Deployment, API version");
  // Another one replaces what the first filled, not what a person wrote.
  await user.clear(screen.getByTestId("provider-api-version"));
  await user.type(screen.getByTestId("provider-api-version"), "2099-01-01");
  await user.clear(screen.getByTestId("provider-base-url"));
  await user.type(
    screen.getByTestId("provider-base-url"),
    address.replace("my-gpt", "other").replace("res.", "two."),
  );
  await user.tab();
  await waitFor(() => expect(value("base-url")).toBe("https://two.openai.azure.com"));
  expect([value("model"), value("api-version")]).toEqual(["other", "2099-01-01"]);
});

test("a staged report says what passed, what failed and what was never reached", async () => {
  const { user } = await form(full(), { provider_test: () => stopped("tls-unknown-ca") });
  await user.type(screen.getByTestId("provider-name"), "Second");
  await user.click(screen.getByTestId("key-paste"));
  await screen.findByTestId("key-ready");
  await user.click(screen.getByTestId("provider-save"));
  const stages = await screen.findByTestId("test-stages");
  const states = [...stages.querySelectorAll("li")].map((stage) => stage.dataset.state);
  const never = Array(5).fill("unreached");
  expect(states).toEqual(["passed", "passed", "failed", ...never]);
  const said = screen.getByTestId("test-result").textContent;
  for (const part of [
    "unknown authority",
    "tls-unknown-ca",
    "Add its CA file under Settings",
    "not reached",
  ]) {
    expect(said).toContain(part);
  }
});

test("a stage that could not be judged is not called passed", () => {
  const report: TestReport = { ...stopped("rate-limited"), stages: [{ stage: "name", cause: null }] };
  report.stages.push({ stage: "auth", cause: null }, { stage: "quota", cause: "rate-limited" });
  expect(stagesOf(report).map((each) => each.state)).toEqual([
    ...["passed", "unjudged", "unjudged", "passed", "unjudged", "unjudged", "failed", "unreached"],
  ]);
});

test("the table shows the last test, its proxy and the day the model retires", async () => {
  const { user } = open(full());
  await user.click(await screen.findByTestId("nav-providers"));
  const row = within(await screen.findByTestId("provider-row-Claude"));
  expect(row.getByText("first byte 540 ms")).toBeTruthy();
  await user.click(row.getByRole("button", { name: "Works" }));
  const report = (await screen.findByTestId("test-stages")).parentElement?.textContent;
  expect(report).toContain("through corporate proxy proxy.corp.example:3128");
  expect(report).toContain("model retires on 2026-11-30");
});

test("models are fetched once there is a key, with the day each retires", async () => {
  const { host, user } = await form(full());
  expect(screen.getByTestId<HTMLButtonElement>("models-fetch").disabled).toBe(true);
  await user.click(screen.getByTestId("key-paste"));
  await screen.findByTestId("key-ready");
  await user.click(screen.getByTestId("models-fetch"));
  await waitFor(() => expect(screen.getByTestId("models-state").textContent).toContain("7 models"));
  expect(requests(host, "provider_models")).toMatchObject([{ draft: { kind: "openai", key: "staged-1" } }]);
  await user.type(screen.getByTestId("provider-model"), "4o-mini");
  const list = within(screen.getByRole("listbox", { name: "Models" }));
  expect(list.getByRole("option").textContent).toContain("retires 2027-01-14");
  await user.keyboard("{ArrowDown}{Enter}");
  expect(screen.getByTestId<HTMLInputElement>("provider-model").value).toBe("gpt-4o-mini");
});

test("a list that cannot be read says why and keeps what is known", async () => {
  const { user } = await form(full(), {
    provider_models: () => ({ items: [], fetched: false, cause: "key-rejected" }),
  });
  await user.click(screen.getByTestId("key-paste"));
  await screen.findByTestId("key-ready");
  await user.click(screen.getByTestId("models-fetch"));
  await waitFor(() => expect(screen.getByTestId("models-state").textContent).toContain("key rejected"));
});

test("a typed key that looks odd is warned of, used all the same, and kept nowhere", async () => {
  const { host, user, container } = await form(full());
  await user.click(screen.getByTestId("key-type"));
  await user.type(screen.getByTestId("key-input"), "pk-odd-canary-55667788");
  await user.click(screen.getByTestId("key-stage"));
  await screen.findByTestId("key-ready");
  expect(screen.getByTestId("key-odd").textContent).toContain("begins with sk-");
  expect(host.keys).toEqual(["pk-odd-canary-55667788"]);
  expect(container.innerHTML + JSON.stringify(host.calls)).not.toContain("canary");
  // A key is for one provider: choosing another type gives it back.
  await choose(user, "anthropic");
  expect(screen.queryByTestId("key-ready")).toBeNull();
  expect(requests(host, "key_discard")).toEqual([{ key: "staged-1" }]);
});

test("a stored provider is changed, then tested with its stored key", async () => {
  const { host, user } = open(full(), { provider_test: () => stopped("deployment-unknown") });
  await user.click(await screen.findByTestId("nav-providers"));
  const row = within(await screen.findByTestId("provider-row-Azure Vision EU"));
  await user.click(row.getByTestId("provider-edit"));
  expect(screen.queryByTestId("provider-base-url")).toBeNull();
  await user.clear(await screen.findByTestId("provider-features"));
  await user.type(screen.getByTestId("provider-features"), "caption");
  await user.click(screen.getByTestId("provider-save"));
  expect((await screen.findByTestId("test-result")).textContent).toContain("deployment-unknown");
  expect(requests(host, "provider_update")).toEqual([
    { provider: "p-3", name: "Azure Vision EU", options: { features: "caption" } },
  ]);
  expect(requests(host, "provider_test")).toEqual([{ stored: "p-3" }]);
});

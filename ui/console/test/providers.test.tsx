// Provider types drive the form; addresses are split; tests are told stage by stage; networks can be set.
import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { failure, report } from "../src/ipc/memory";
import { full, open } from "./support";

/** A type nobody has heard of. */
const invented = {
  ...{ kind: "orakel", title: "Orakel", key: "optional", base_url: "https://orakel.example", local: false },
  fields: [
    { name: "room", label: "Room", hint: "Which room to ask in.", placeholder: "blue", required: true },
    { name: "model", label: "Voice", hint: "Who speaks.", placeholder: "", required: false },
  ],
  ...{ models: [], default_model: null, retired: [], capabilities: ["writing"] },
  ...{ key_hint: "sounds low", key_pattern: "", key_url: "", addons: ["ai-integration"] },
} as const;

test("a type this window has never seen gets its form from its description alone", async () => {
  const { host, user } = open(full(), {
    provider_kinds: () => ({ items: [invented as never] }),
  });
  await user.click(await screen.findByTestId("nav-providers"));
  await user.click(await screen.findByTestId("provider-add"));
  await user.type(await screen.findByTestId("provider-name"), "Delphi");
  await user.type(screen.getByLabelText("Room"), "red");
  await user.type(screen.getByLabelText("Voice (optional)"), "pythia");
  await user.click(screen.getByTestId("provider-save"));
  await waitFor(() => expect(host.calls.map((call) => call.name)).toContain("provider_add"));
  expect(host.calls.find((call) => call.name === "provider_add")?.request).toMatchObject({
    ...{ kind: "orakel", name: "Delphi", model: "pythia", options: { room: "red" } },
  });
});

test("a pasted Azure address fills the fields it speaks of", async () => {
  const { user } = open(full());
  await user.click(await screen.findByTestId("nav-providers"));
  await user.click(await screen.findByTestId("provider-add"));
  await user.selectOptions(await screen.findByTestId("provider-kind"), "azure-openai");
  const field = screen.getByTestId<HTMLInputElement>("provider-base-url");
  await user.type(
    field,
    "https://res.openai.azure.com/openai/deployments/my-gpt/chat/completions?api-version=2024-10-21",
  );
  await user.tab();
  await waitFor(() => expect(field.value).toBe("https://res.openai.azure.com"));
  expect(screen.getByTestId<HTMLInputElement>("provider-model").value).toBe("my-gpt");
  expect(screen.getByTestId<HTMLInputElement>("provider-api-version").value).toBe("2024-10-21");
});

test("a failed test names its stage, its code and what to do", async () => {
  const { user } = open(full(), {
    provider_test: () => report({ stage: "model", cause: "deployment-unknown" }),
  });
  await user.click(await screen.findByTestId("nav-providers"));
  await user.click(await screen.findByTestId("provider-add"));
  await user.type(await screen.findByTestId("provider-name"), "Second");
  await user.click(screen.getByTestId("key-paste"));
  await screen.findByTestId("key-ready");
  await user.click(screen.getByTestId("provider-save"));
  const result = await screen.findByTestId("test-result");
  const states = within(result)
    .getAllByRole("listitem")
    .map((item) => item.dataset.state);
  expect(states).toEqual(["ok", "ok", "ok", "ok", "bad", "open", "open", "open"]);
  expect(result.textContent).toContain("A new one can take 15 minutes");
  expect(result.textContent).toContain("code deployment-unknown");
});

test("models are fetched with the staged key and told with the day they end", async () => {
  const { host, user } = open(full());
  await user.click(await screen.findByTestId("nav-providers"));
  await user.click(await screen.findByTestId("provider-add"));
  expect(screen.queryByTestId("provider-models")).toBeNull();
  await user.click(await screen.findByTestId("key-paste"));
  await user.click(await screen.findByTestId("provider-models"));
  expect((await screen.findByTestId("provider-models-state")).textContent).toContain("3 models");
  await user.type(screen.getByTestId("provider-model"), "gpt-4o-mini");
  expect(document.body.textContent).toContain("retires 2027-01-14");
  const asked = host.calls.find((call) => call.name === "provider_models")?.request;
  expect(asked).toMatchObject({ draft: { key: "staged-1" } });
});

test("a key of another shape is remarked on, and may be used", async () => {
  const { user } = open(full());
  await user.click(await screen.findByTestId("nav-providers"));
  await user.click(await screen.findByTestId("provider-add"));
  await user.click(await screen.findByTestId("key-type"));
  await user.type(screen.getByTestId("key-input"), "hello");
  expect(document.body.textContent).toContain("does not look like");
  await user.click(screen.getByTestId("key-stage"));
  expect(await screen.findByTestId("key-ready")).toBeTruthy();
});

test("two AddOns that exclude each other say so, and what to do", async () => {
  const memory = full();
  memory.addons = memory.addons.map((addon) =>
    addon.handle === "custom-ai-integration" ? { ...addon, state: "off" } : addon,
  );
  const { user } = open(memory, { addon_update: () => Promise.reject<never>(failure("excluded")) });
  await user.click(await screen.findByTestId("nav-addons"));
  await user.click(await screen.findByTestId("addon-switch-custom-ai-integration"));
  expect(await screen.findByText(/cannot both be on/)).toBeTruthy();
});

test("a network setting that cannot be used changes nothing and says why", async () => {
  const refused = {
    ...failure("invalid-input"),
    message: "Nothing was changed: the CA file cannot be read.",
  };
  const { user } = open(full(), { network_set: () => Promise.reject<never>(refused) });
  await user.click(await screen.findByTestId("nav-settings"));
  await user.type(await screen.findByTestId("settings-ca-file"), "/nowhere.pem");
  await user.click(screen.getByTestId("settings-save"));
  expect((await screen.findByTestId("problem")).textContent).toContain("cannot be read");
});

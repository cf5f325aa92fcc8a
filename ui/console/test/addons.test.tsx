// AddOns as a person installs, switches and edits them.
import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { full, open } from "./support";

async function gallery() {
  const opened = open(full());
  await opened.user.click(await screen.findByTestId("nav-addons"));
  await screen.findByTestId("addon-card-ai-agent");
  return opened;
}

const updates = (host: ReturnType<typeof open>["host"]) =>
  host.calls.filter((call) => call.name === "addon_update").map((call) => call.request);

test("the gallery shows all six: what each is, what it needs, who answers", async () => {
  await gallery();
  const text = (handle: string) => screen.getByTestId(`addon-card-${handle}`).textContent;
  expect(document.querySelectorAll("[data-testid^=addon-card-]")).toHaveLength(6);
  expect(text("ai-integration")).toContain("OpenAI team, then Claude if it cannot answer.");
  expect(text("ai-translation")).toContain("Translates every text of a template at once");
  expect(text("ai-translation")).toContain("Needs DeepL.");
  expect(text("custom-ai-integration")).toContain("Your host app answers.");
});

test("an excluded AddOn says by which, and one action switches over", async () => {
  const { host, user } = await gallery();
  const card = within(screen.getByTestId("addon-card-custom-ai-integration"));
  expect(card.getByTestId("addon-excluded-custom-ai-integration").textContent).toContain(
    "Cannot be on together with AI Writing Assistant.",
  );
  expect(card.getByRole<HTMLInputElement>("switch").disabled).toBe(true);
  await user.click(card.getByTestId("addon-swap-custom-ai-integration"));
  await waitFor(() => expect(card.getByRole<HTMLInputElement>("switch").checked).toBe(true));
  expect(updates(host)).toEqual([
    { application: "a-1", handle: "ai-integration", enabled: false },
    { application: "a-1", handle: "custom-ai-integration", enabled: true },
  ]);
  expect(screen.getByTestId("addon-excluded-ai-integration")).toBeTruthy();
});

test("the order of providers is changed by keyboard, and only able ones are offered", async () => {
  const { host, user } = await gallery();
  await user.click(screen.getByTestId("addon-edit-ai-integration"));
  const asked = () =>
    screen.getAllByTestId("addon-asked").map((item) => item.querySelector("span")?.textContent);
  expect(asked()).toEqual(["OpenAI team OpenAI", "Claude Anthropic"]);
  const offered = [...screen.getByTestId<HTMLSelectElement>("addon-provider").options].map(
    (each) => each.text,
  );
  expect(offered).toEqual(["–", "Sandbox (Sandbox)"]);
  const [, second] = screen.getAllByRole("button", { name: "Move up" });
  second?.focus();
  await user.keyboard("{Enter}");
  expect(asked()).toEqual(["Claude Anthropic", "OpenAI team OpenAI"]);
  // The focus stays, and it is said where the provider is now.
  expect(document.activeElement).toBe(second);
  expect(screen.getByText("Claude is now number 1 of 2.")).toBeTruthy();
  await user.selectOptions(screen.getByTestId("addon-provider"), "p-5");
  await user.click(screen.getByTestId("addon-save"));
  await screen.findByTestId("addon-card-ai-integration");
  expect(updates(host)).toMatchObject([{ handle: "ai-integration", providers: ["p-2", "p-1", "p-5"] }]);
});

test("settings are entered by their type; a list that is none is not saved", async () => {
  const { host, user } = await gallery();
  await user.click(screen.getByTestId("addon-edit-ai-agent"));
  const list = screen.getByTestId("setting-loadingPhrases");
  const save = screen.getByTestId<HTMLButtonElement>("addon-save");
  await user.click(list);
  await user.paste('{"not": "a list"}');
  expect(list.getAttribute("aria-invalid")).toBe("true");
  expect(screen.getByRole("alert").textContent).toContain("no JSON array");
  expect(save.disabled).toBe(true);
  await user.clear(list);
  await user.paste('["Thinking"]');
  await user.clear(screen.getByTestId("setting-systemPrompt"));
  await user.type(screen.getByTestId("setting-maxIterations"), "4");
  await user.click(save);
  await screen.findByTestId("addon-card-ai-agent");
  expect(updates(host)).toMatchObject([
    {
      settings: {
        initialMessages: ["How can I help?"],
        loadingPhrases: ["Thinking"],
        maxIterations: 4,
        systemPrompt: null,
      },
    },
  ]);
});

// What is done with a provider's key after it was saved: replaced with an overlap, returned, switched off, shredded; and
// what a shut vault says of all that.
import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { failure } from "../src/ipc/memory";
import { asked, empty, full, nowhere, type Opened, open, vaultIs } from "./support";

async function table(...args: Parameters<typeof open>): Promise<Opened> {
  const opened = open(...args);
  await opened.user.click(await screen.findByTestId("nav-providers"));
  await screen.findByTestId("provider-row-OpenAI team");
  return opened;
}
const row = (name: string) => within(screen.getByTestId(`provider-row-${name}`));

test("a key is replaced with the old one kept for 24 hours, after the new one was tested", async () => {
  const { host, user } = await table(full());
  await user.click(row("OpenAI team").getByTestId("provider-replace"));
  const dialog = within(screen.getByRole("dialog"));
  expect(dialog.getByText(/returns to it by itself if the provider refuses/)).toBeTruthy();
  await user.selectOptions(dialog.getByTestId("key-overlap"), "24");
  await user.click(dialog.getByTestId("key-type"));
  await user.type(dialog.getByTestId("key-input"), "sk-canary-000011112222");
  await user.click(dialog.getByTestId("key-stage"));
  await dialog.findByTestId("key-ready");
  nowhere(host, "canary");
  await user.click(dialog.getByTestId("replace-save"));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  const key = { provider: "p-1", key: "staged-1" };
  expect(asked(host, "provider_test")).toEqual([{ replacement: key }]);
  expect(asked(host, "provider_replace_key")).toEqual([{ ...key, overlap_hours: 24 }]);
  expect(row("OpenAI team").getByTestId("key-previous").textContent).toContain("before ••••7f2c");
});

test("without an overlap none is asked for", async () => {
  const { host, user } = await table(full());
  await user.click(row("OpenAI team").getByTestId("provider-replace"));
  await user.click(screen.getByTestId("key-paste"));
  await screen.findByTestId("key-ready");
  await user.click(screen.getByTestId("replace-save"));
  await waitFor(() =>
    expect(asked(host, "provider_replace_key")).toEqual([{ provider: "p-1", key: "staged-1" }]),
  );
});

test("the key before is shown with its end; returning to it names the one that is lost", async () => {
  const { host, user } = await table(full());
  const cell = row("Claude").getByTestId("key-previous");
  expect(cell.textContent).toMatch(/before ••••0a1d.*until Sep 2\d/);
  await user.click(row("Claude").getByTestId("key-return"));
  expect(screen.getByRole("dialog").textContent).toContain(
    "Claude uses the key ••••0a1d again. The key ••••c0de is deleted.",
  );
  await user.click(screen.getByTestId("confirm"));
  await waitFor(() => expect(row("Claude").queryByTestId("key-previous")).toBeNull());
  expect(asked(host, "provider_return_key")).toEqual([{ provider: "p-2" }]);
  expect(screen.getByTestId("provider-row-Claude").textContent).toContain("••••0a1d");
});

test("a provider is switched off and on; an AddOn whose providers are all off says so", async () => {
  const { host, user } = await table(full());
  expect(row("DeepL Pro").getByTestId("provider-off").textContent).toBe("Off");
  await user.click(row("DeepL Pro").getByRole("button", { name: "Switch on: DeepL Pro" }));
  await waitFor(() => expect(row("DeepL Pro").queryByTestId("provider-off")).toBeNull());
  await user.click(row("Claude").getByTestId("provider-switch"));
  await waitFor(() => expect(row("Claude").getByTestId("provider-off")).toBeTruthy());
  await user.click(screen.getByTestId("nav-addons"));
  const card = async () => (await screen.findByTestId("addon-card-ai-integration")).textContent;
  expect(await card()).toContain("OpenAI team answers. Switched off: Claude.");
  await user.click(screen.getByTestId("nav-providers"));
  await user.click(row("OpenAI team").getByTestId("provider-switch"));
  await waitFor(() => expect(row("OpenAI team").getByTestId("provider-off")).toBeTruthy());
  await user.click(screen.getByTestId("nav-addons"));
  expect(await card()).toContain("All its providers are switched off: OpenAI team, Claude.");
  expect(await card()).toContain("Needs a provider");
  expect(asked(host, "provider_switch")).toEqual([
    { provider: "p-6", active: true },
    { provider: "p-2", active: false },
    { provider: "p-1", active: false },
  ]);
});

test("deleting can shred, and says what that means; where there is no key there is nothing to shred", async () => {
  const { host, user } = await table(full());
  await user.click(row("Sandbox").getByTestId("provider-delete"));
  expect(screen.queryByTestId("provider-shred")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Cancel" }));
  await user.click(row("Stability").getByTestId("provider-delete"));
  const dialog = within(screen.getByRole("dialog"));
  expect(dialog.getByText(/old copies of the database cannot give this key back/)).toBeTruthy();
  await user.click(dialog.getByTestId("provider-shred"));
  expect(dialog.getByTestId("confirm").textContent).toBe("Delete and shred");
  await user.click(dialog.getByTestId("confirm"));
  await waitFor(() => expect(asked(host, "provider_remove")).toEqual([{ provider: "p-4", shred: true }]));
});

test("a key that does not open is marked", async () => {
  const memory = full();
  memory.providers = memory.providers.map((each) => ({ ...each, damaged: each.id === "p-1" }));
  await table(memory);
  expect(row("OpenAI team").getByTestId("key-damaged").textContent).toBe("Damaged");
  expect(row("Claude").queryByTestId("key-damaged")).toBeNull();
});

test("while the vault is locked, acts that need a key say why; the others work", async () => {
  const { host, user } = await table(vaultIs({ state: "locked" }));
  const test = row("OpenAI team").getByTestId("provider-test");
  expect(test.getAttribute("aria-disabled")).toBe("true");
  const why = document.getElementById(test.getAttribute("aria-describedby") ?? "");
  expect(why?.textContent).toContain("wait until the vault is open");
  await user.click(test);
  await user.click(row("OpenAI team").getByTestId("provider-replace"));
  expect(asked(host, "provider_test")).toEqual([]);
  expect(screen.queryByRole("dialog")).toBeNull();
  await user.click(row("OpenAI team").getByTestId("provider-switch"));
  await waitFor(() => expect(row("OpenAI team").getByTestId("provider-off")).toBeTruthy());
  await user.click(row("OpenAI team").getByTestId("provider-edit"));
  expect(screen.getByTestId("models-state").textContent).toContain("it is locked");
  expect(screen.getByTestId<HTMLButtonElement>("provider-save").disabled).toBe(true);
  expect(screen.getByTestId<HTMLButtonElement>("provider-save-only").disabled).toBe(false);
  await user.click(screen.getByRole("button", { name: "Cancel" }));
  // What needs no key needs no vault: its edit page saves.
  await user.click(row("Sandbox").getByTestId("provider-edit"));
  expect(screen.getByTestId<HTMLButtonElement>("provider-save").disabled).toBe(false);
  expect(screen.queryByTestId("key-gate")).toBeNull();
});

test("a form under way is not lost to a locked vault: it is opened on the spot", async () => {
  const { host, user } = await table(vaultIs({ state: "locked", custody: "passphrase" }));
  await user.click(screen.getByTestId("provider-add"));
  await user.type(await screen.findByTestId("provider-name"), "Second");
  await user.click(screen.getByTestId("key-paste"));
  const gate = within(await screen.findByTestId("key-gate"));
  expect(gate.getByText(/it is locked/)).toBeTruthy();
  expect(screen.getByTestId<HTMLButtonElement>("provider-save").disabled).toBe(true);
  await user.type(gate.getByTestId("unlock-passphrase"), "canary phrase 12{Enter}");
  await waitFor(() => expect(screen.queryByTestId("key-gate")).toBeNull());
  nowhere(host, "canary");
  await user.click(screen.getByTestId("provider-save"));
  expect(await screen.findByTestId("provider-row-Second")).toBeTruthy();
  expect(asked(host, "provider_add")).toMatchObject([{ name: "Second", key: "staged-1" }]);
});

test("no keyring at the first save: a passphrase instead, and the same staged key is saved", async () => {
  const memory = empty();
  memory.applications = full().applications;
  let keyring = true;
  const { host, user } = open(memory, {
    provider_add: (request) => {
      if (keyring) return Promise.reject(failure("keyring-missing"));
      const [first] = full().providers;
      if (!first) throw new Error("no provider");
      memory.providers = [{ ...first, name: request.name }];
      host.tell({ type: "changed", topic: "providers" });
      return memory.providers[0] as typeof first;
    },
    vault_move: () => {
      keyring = false;
      return { ...memory.overview.vault, custody: "passphrase" };
    },
  });
  await user.click(await screen.findByTestId("nav-providers"));
  await user.click(await screen.findByTestId("provider-add"));
  await user.type(await screen.findByTestId("provider-name"), "First");
  await user.click(screen.getByTestId("key-paste"));
  await screen.findByTestId("key-ready");
  await user.click(screen.getByTestId("provider-save"));
  const instead = within(await screen.findByTestId("passphrase-instead"));
  expect(instead.getByText(/nothing typed is lost/)).toBeTruthy();
  expect(screen.getByTestId("key-ready")).toBeTruthy();
  await user.type(instead.getByTestId("passphrase-first"), "canary phrase 12");
  await user.type(instead.getByTestId("passphrase-second"), "canary phrase 12{Enter}");
  expect(await screen.findByTestId("provider-row-First")).toBeTruthy();
  const adds = asked(host, "provider_add");
  expect(adds).toHaveLength(2);
  expect(adds[1]).toEqual(adds[0]);
  expect(asked(host, "vault_move")).toEqual([{ passphrase: "secret-1" }]);
  expect(asked(host, "key_discard")).toEqual([]);
  nowhere(host, "canary");
});

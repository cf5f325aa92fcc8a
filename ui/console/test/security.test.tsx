// The Security screen while the vault is open or new: its key, locking, the recovery kit. Secrets leave no trace.
import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { VaultView } from "../src/ipc/generated";
import { failure } from "../src/ipc/memory";
import { asked, empty, nowhere, open, security, vaultIs } from "./support";

const PASSPHRASE = "canary pass phrase 8177";
const CODE = "CANARY-KIT-0123-4567";
const full = () => vaultIs({});

test("where the key is kept, how it stands and its version are said in plain words", async () => {
  await security(full());
  const said = screen.getByTestId("vault-key").textContent;
  for (const part of [
    "System keyring",
    "Opens with your session",
    "The proxy can use stored keys",
    "master-v2",
  ]) {
    expect(said).toContain(part);
  }
  expect(screen.queryByTestId("vault-state")).toBeNull();
});

test("a vault with no key yet says so, and where the first would be kept; no banner", async () => {
  const { host, user } = await security(empty());
  expect(screen.getByTestId("vault-key").textContent).toContain("Will be kept in");
  expect(screen.getByTestId("vault-version").textContent).toBe("None yet");
  expect(screen.getByTestId<HTMLButtonElement>("kit-make").disabled).toBe(true);
  expect(screen.queryByTestId("vault-rotate")).toBeNull();
  await user.click(screen.getByTestId("vault-move-passphrase"));
  await user.type(screen.getByTestId("passphrase-first"), PASSPHRASE);
  await user.type(screen.getByTestId("passphrase-second"), `${PASSPHRASE}{Enter}`);
  await waitFor(() => expect(screen.getByTestId("vault-custody").textContent).toContain("Passphrase"));
  expect(host.secrets).toEqual([PASSPHRASE]);
  await user.click(screen.getByTestId("nav-overview"));
  expect(screen.queryByTestId("vault-banner")).toBeNull();
});

test("moving to a passphrase wants it twice and long enough, and leaves nothing of it", async () => {
  const { host, user } = await security(full());
  await user.click(screen.getByTestId("vault-move-passphrase"));
  const [first, second] = [screen.getByTestId("passphrase-first"), screen.getByTestId("passphrase-second")];
  const save = screen.getByTestId<HTMLButtonElement>("passphrase-save");
  expect(document.activeElement).toBe(first);
  expect(first).toHaveProperty("type", "password");
  await user.type(first, "seven77");
  expect(save.disabled).toBe(true);
  expect(screen.getByTestId("passphrase-strength").textContent).toContain("at least 8");
  await user.clear(first);
  await user.type(first, PASSPHRASE);
  expect(screen.getByTestId("passphrase-strength").textContent).toBe("A strong length.");
  await user.type(second, "another");
  await user.click(save);
  expect(screen.getByRole("alert").textContent).toBe("The two are not the same.");
  expect(document.activeElement).toBe(second);
  expect(host.secrets).toEqual([]);
  await user.clear(second);
  await user.type(second, `${PASSPHRASE}{Enter}`);
  await waitFor(() => expect(screen.queryByTestId("passphrase-first")).toBeNull());
  expect(asked(host, "vault_move")).toEqual([{ passphrase: "secret-1" }]);
  expect(host.secrets).toEqual([PASSPHRASE]);
  nowhere(host, "canary");
  // And back, with no secret at all.
  await user.click(await screen.findByTestId("vault-move-keyring"));
  await user.click(screen.getByTestId("move-confirm"));
  await waitFor(() => expect(screen.getByTestId("vault-custody").textContent).toContain("System keyring"));
  expect(asked(host, "vault_move")[1]).toEqual({});
});

test("a passphrase that could not be handed over is wiped all the same", async () => {
  const { host, user } = await security(full(), { vault_move: () => Promise.reject(failure("read-only")) });
  await user.click(screen.getByTestId("vault-move-passphrase"));
  await user.type(screen.getByTestId("passphrase-first"), PASSPHRASE);
  await user.type(screen.getByTestId("passphrase-second"), PASSPHRASE);
  await user.click(screen.getByTestId("passphrase-save"));
  expect((await screen.findByTestId("problem")).textContent).toContain("only read here");
  nowhere(host, "canary");
});

test("rotating names what happens before it does; the new version shows", async () => {
  const { host, user } = await security(full());
  await user.click(screen.getByTestId("vault-rotate"));
  const dialog = within(screen.getByRole("dialog"));
  for (const words of [/new vault key is made/, /sealed anew/, /become unreadable/, /kit stays valid/]) {
    expect(dialog.getByText(words)).toBeTruthy();
  }
  expect(asked(host, "vault_rotate")).toEqual([]);
  await user.click(dialog.getByTestId("confirm"));
  await waitFor(() => expect(screen.getByTestId("vault-version").textContent).toContain("master-v3"));
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(screen.getByText("Vault key version 3 is in force.")).toBeTruthy();
});

test("a rotation that failed stays open with its reason", async () => {
  const { user } = await security(full(), { vault_rotate: () => Promise.reject(failure("not-writable")) });
  await user.click(screen.getByTestId("vault-rotate"));
  await user.click(screen.getByTestId("confirm"));
  expect((await screen.findByTestId("problem")).textContent).toContain("cannot be written");
  expect(screen.getByRole("dialog")).toBeTruthy();
});

test("an old vault key that is still in its slot is said", async () => {
  await security(vaultIs({ unfinished: true }));
  expect(screen.getByTestId("vault-version").textContent).toContain("old vault key still stands");
});

test("locking by itself is saved whole, and a value from elsewhere is shown", async () => {
  const { host, user } = await security(vaultIs({ lock_policy: { idle_minutes: 7, on_suspend: true } }));
  expect(screen.getByTestId<HTMLSelectElement>("lock-idle").selectedOptions[0]?.text).toBe("7 minutes");
  await user.selectOptions(screen.getByTestId("lock-idle"), "60");
  await waitFor(() => expect(screen.getByTestId<HTMLInputElement>("lock-suspend").disabled).toBe(false));
  await user.click(screen.getByTestId("lock-suspend"));
  await waitFor(() =>
    expect(asked(host, "vault_lock_policy")).toEqual([
      { idle_minutes: 60, on_suspend: true },
      { idle_minutes: 60, on_suspend: false },
    ]),
  );
});

test("without a kit the loss is named; making one shows paths only, which can be opened and deleted", async () => {
  const { host, user } = await security(vaultIs({ kit_made: null }));
  const kit = within(screen.getByTestId("kit"));
  expect(kit.getByText(/every stored key is lost with it/)).toBeTruthy();
  await user.click(kit.getByTestId("kit-make"));
  await user.type(screen.getByTestId("kit-folder"), "/media/stick");
  await user.click(screen.getByTestId("confirm"));
  expect((await screen.findByTestId("kit-files")).textContent).toContain(
    "/media/stick/addon-console-recovery-kit.html",
  );
  expect(asked(host, "kit_make")).toEqual([{ folder: "/media/stick" }]);
  // They are found again after looking at something else.
  await user.click(screen.getByTestId("nav-overview"));
  await user.click(screen.getByTestId("nav-security"));
  await user.click(await screen.findByTestId("kit-open"));
  await user.click(screen.getByTestId("kit-forget"));
  await waitFor(() => expect(screen.queryByTestId("kit-files")).toBeNull());
  expect(asked(host, "kit_open")).toHaveLength(1);
  expect(asked(host, "kit_forget")).toHaveLength(1);
  expect(screen.getByTestId("kit-pill").textContent).toContain("Made on");
});

test("a second kit says that the first code is good no more", async () => {
  const { user } = await security(full());
  await user.click(screen.getByTestId("kit-make"));
  expect(screen.getByText("The code you have printed before is good no more.")).toBeTruthy();
});

test("a code is checked and leaves nothing, right or wrong", async () => {
  let right = false;
  const { host, user } = await security(full(), {
    kit_check: () => (right ? {} : Promise.reject(failure("wrong-secret"))),
  });
  await user.click(screen.getByTestId("kit-check-open"));
  await user.type(screen.getByTestId("kit-code"), CODE);
  await user.click(screen.getByTestId("kit-check"));
  const said = () => screen.getByTestId("kit-checked").textContent;
  await waitFor(() => expect(said()).toBe("This is not the code of the kit in force."));
  right = true;
  await user.type(screen.getByTestId("kit-code"), `${CODE}{Enter}`);
  await waitFor(() => expect(said()).toBe("This is the code of the kit in force."));
  expect(host.secrets).toEqual([CODE, CODE]);
  expect(asked(host, "kit_check")).toEqual([{ secret: "secret-1" }, { secret: "secret-2" }]);
  nowhere(host, "CANARY");
});

test("the palette leads to every act of the vault", async () => {
  const { host, user } = open(full());
  const run = async (words: string) => {
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByRole("combobox", { name: "Type a command" }), `${words}{Enter}`);
  };
  await screen.findByTestId("flow-hop-1");
  await run("rotate vault");
  expect((await screen.findByRole("dialog")).textContent).toContain("Make a new vault key?");
  await user.click(screen.getByRole("button", { name: "Cancel" }));
  await run("recovery kit");
  expect((await screen.findByRole("dialog")).textContent).toContain("The code is never shown here");
  await user.click(screen.getByRole("button", { name: "Cancel" }));
  await run("verify audit");
  await waitFor(() => expect(screen.getByTestId("audit-result").textContent).toContain("Whole"));
  // Asked twice, done twice.
  await run("verify audit");
  await waitFor(() => expect(asked(host, "audit_verify")).toHaveLength(2));
  await run("lock the vault");
  expect((await screen.findByTestId("vault-state")).textContent).toContain("The vault is locked");
  await run("unlock vault");
  await waitFor(() => expect(screen.queryByTestId("vault-state")).toBeNull());
});

test("the focus is never lost to a state that went away", async () => {
  const { user } = await security(full());
  screen.getByTestId("vault-lock").focus();
  await user.keyboard("{Enter}");
  await screen.findByTestId("vault-state");
  await waitFor(() => expect(document.activeElement?.textContent).toBe("The vault is locked"));
  screen.getByTestId("unlock").focus();
  await user.keyboard("{Enter}");
  await waitFor(() => expect(document.activeElement?.textContent).toBe("Vault key"));
});

test("a first key saved anywhere is seen: the vault has a key from then on", async () => {
  const memory = empty();
  const { host } = await security(memory);
  memory.overview = full().overview;
  host.tell({ type: "changed", topic: "audit" });
  await waitFor(() => expect(screen.getByTestId("vault-version").textContent).toContain("master-v2"));
});

test("what the vault says itself wins over an answer that was on its way", async () => {
  const memory = full();
  let answer: (vault: VaultView) => void = () => {};
  let first = true;
  const { host } = await security(memory, {
    vault_status: () => {
      if (first) {
        first = false;
        return memory.overview.vault;
      }
      return new Promise<VaultView>((done) => {
        answer = done;
      });
    },
  });
  host.tell({ type: "changed", topic: "audit" });
  host.tell({ type: "vault", vault: { ...memory.overview.vault, state: "locked" } });
  await screen.findByTestId("vault-state");
  answer(memory.overview.vault);
  await new Promise((settled) => setTimeout(settled, 0));
  expect(screen.getByTestId("vault-pill").textContent).toBe("Locked");
});

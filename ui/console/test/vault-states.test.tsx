// The states of the vault, each with its way out; and a back end that did not start. No state is taken for another.
import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Code } from "../src/ipc/generated";
import { failure } from "../src/ipc/memory";
import { damaged } from "../src/ipc/samples/security";
import { asked, full, nowhere, open, security, vaultIs } from "./support";

const PASSPHRASE = "canary pass phrase 8177";
const CODE = "CANARY-KIT-0123-4567";
const panel = () => within(screen.getByTestId("vault-state"));

test.each([
  ["locked", "keyring", "Unlock"],
  ["locked", "passphrase", "Unlock"],
  ["keyring-missing", "keyring", "Try again"],
  ["key-missing", "keyring", "Use the recovery kit"],
  ["damaged", "keyring", "See what it is"],
] as const)("a vault that is %s (%s) has a banner with one act", async (state, custody, act) => {
  const { host, user } = open(vaultIs({ state, custody }));
  const banner = within(await screen.findByTestId("vault-banner"));
  expect(banner.getByTestId("vault-act").textContent).toBe(act);
  await user.click(banner.getByTestId("vault-act"));
  if (custody === "keyring" && act !== "Use the recovery kit" && act !== "See what it is") {
    await waitFor(() => expect(asked(host, "vault_unlock")).toEqual([{}]));
  } else {
    expect(await screen.findByTestId("vault-state")).toHaveProperty("dataset.state", state);
    // The screen tells the whole story: the banner would only repeat it.
    expect(screen.queryByTestId("vault-banner")).toBeNull();
  }
});

test("a vault that opens elsewhere takes the banner away", async () => {
  const { host } = open(vaultIs({ state: "locked" }));
  await screen.findByTestId("vault-banner");
  host.tell({ type: "vault", vault: full().overview.vault });
  await waitFor(() => expect(screen.queryByTestId("vault-banner")).toBeNull());
});

test("locked under a passphrase: the banner leads into its field; wrong is said, right opens, nothing stays", async () => {
  let right = false;
  const memory = vaultIs({ state: "locked", custody: "passphrase" });
  const { host, user } = open(memory, {
    vault_unlock: () => {
      if (!right) return Promise.reject(failure("wrong-secret"));
      const vault = { ...memory.overview.vault, state: "open" as const };
      host.tell({ type: "vault", vault });
      return vault;
    },
  });
  await user.click(await screen.findByTestId("vault-act"));
  const field = await screen.findByTestId<HTMLInputElement>("unlock-passphrase");
  expect(document.activeElement).toBe(field);
  expect(field.type).toBe("password");
  await user.keyboard(`${PASSPHRASE}{Enter}`);
  expect((await screen.findByTestId("problem")).textContent).toContain("This does not open the vault");
  expect(field.value).toBe("");
  expect(document.activeElement).toBe(field);
  right = true;
  await user.keyboard(PASSPHRASE);
  await user.click(screen.getByTestId("unlock"));
  await waitFor(() => expect(screen.queryByTestId("vault-state")).toBeNull());
  expect(host.secrets).toEqual([PASSPHRASE, PASSPHRASE]);
  expect(asked(host, "vault_unlock")).toEqual([{ passphrase: "secret-1" }, { passphrase: "secret-2" }]);
  nowhere(host, "canary");
});

test("a passphrase that is forgotten is replaced with the kit's code, and must be", async () => {
  const { host, user } = await security(vaultIs({ state: "locked", custody: "passphrase" }));
  await user.click(screen.getByTestId("security.forgotten"));
  await user.type(panel().getByTestId("recover-code"), CODE);
  expect(panel().getByTestId<HTMLButtonElement>("recover-act").disabled).toBe(true);
  await user.type(panel().getByTestId("passphrase-first"), PASSPHRASE);
  await user.type(panel().getByTestId("passphrase-second"), `${PASSPHRASE}{Enter}`);
  await waitFor(() => expect(screen.queryByTestId("vault-state")).toBeNull());
  expect(asked(host, "vault_recover")).toEqual([{ code: "secret-1", passphrase: "secret-2" }]);
});

test("a secret is shown only while somebody asks to see it", async () => {
  const { user } = await security(vaultIs({ state: "locked", custody: "passphrase" }));
  const field = screen.getByTestId<HTMLInputElement>("unlock-passphrase");
  await user.click(screen.getByRole("button", { name: "Show: Passphrase" }));
  expect(field.type).toBe("text");
  await user.click(screen.getByRole("button", { name: "Hide: Passphrase" }));
  expect(field.type).toBe("password");
});

test("waiting for the keyring says that a window may ask, and freezes nothing", async () => {
  const { host, user } = await security(vaultIs({ state: "locked", waiting: true }));
  expect(screen.getByTestId("vault-state").textContent).toContain("asks for its password");
  expect(screen.getByTestId("vault-pill").textContent).toBe("Waiting");
  expect(screen.queryByTestId("unlock")).toBeNull();
  await user.click(screen.getByTestId("nav-overview"));
  const banner = await screen.findByTestId("vault-banner");
  expect([banner.textContent, banner.getAttribute("role")]).toEqual([
    expect.stringContaining("Waiting for the keyring"),
    "status",
  ]);
  host.tell({ type: "vault", vault: full().overview.vault });
  await waitFor(() => expect(screen.queryByTestId("vault-banner")).toBeNull());
});

test("a vault that opens right after the start shows no banner first", async () => {
  const seen: string[] = [];
  const { host } = open(vaultIs({ state: "locked" }));
  const watching = new MutationObserver(() => {
    if (screen.queryByTestId("vault-banner")) seen.push("banner");
  });
  watching.observe(document.body, { childList: true, subtree: true });
  await screen.findByTestId("flow-hop-1");
  host.tell({ type: "vault", vault: full().overview.vault });
  await waitFor(() => expect(screen.queryByTestId("vault-banner")).toBeNull());
  watching.disconnect();
  expect(seen).toEqual([]);
});

test("a vault kept by a file speaks of a file, and one without a kit asks for no code", async () => {
  await security(vaultIs({ state: "keyring-missing", custody: "key-file", kit_made: null }));
  const said = screen.getByTestId("vault-state").textContent;
  expect(said).toContain("The file of the vault key cannot be read");
  expect(said).not.toContain("gnome-keyring");
  expect(screen.getByTestId("no-kit")).toBeTruthy();
  expect(screen.queryByTestId("recover-code")).toBeNull();
});

test("an unlock that never answers leaves the window usable", async () => {
  const { user } = await security(vaultIs({ state: "locked" }), {
    vault_unlock: () => new Promise(() => {}),
  });
  await user.click(screen.getByTestId("unlock"));
  await user.click(screen.getByTestId("nav-settings"));
  expect(await screen.findByTestId("network-save")).toBeTruthy();
});

test("no keyring: what to install, try again, or the kit's code with a passphrase", async () => {
  const { host, user } = await security(vaultIs({ state: "keyring-missing" }));
  expect(panel().getByText(/install gnome-keyring/)).toBeTruthy();
  expect(screen.getByTestId("vault-state").textContent).toContain("no new key is made");
  await user.click(screen.getByTestId("security.with-kit"));
  const act = panel().getByTestId<HTMLButtonElement>("recover-act");
  await user.type(panel().getByTestId("recover-code"), CODE);
  // Without a keyring the key needs another place.
  expect(act.disabled).toBe(true);
  await user.type(panel().getByTestId("passphrase-first"), PASSPHRASE);
  await user.type(panel().getByTestId("passphrase-second"), PASSPHRASE);
  await user.click(act);
  await waitFor(() => expect(screen.queryByTestId("vault-state")).toBeNull());
  expect(host.secrets).toEqual([CODE, PASSPHRASE]);
  expect(asked(host, "vault_recover")).toEqual([{ code: "secret-1", passphrase: "secret-2" }]);
  nowhere(host, "CANARY");
  nowhere(host, "canary");
});

test("no keyring and no key yet: a passphrase is offered in its place", async () => {
  const { host, user } = await security(
    vaultIs({ state: "keyring-missing", key_version: null, kit_made: null }),
  );
  expect(screen.getByTestId("vault-state").textContent).toContain("Nothing is sealed yet");
  expect(screen.queryByTestId("recover")).toBeNull();
  await user.click(screen.getByTestId("security.passphrase-instead"));
  await user.type(panel().getByTestId("passphrase-first"), PASSPHRASE);
  await user.type(panel().getByTestId("passphrase-second"), `${PASSPHRASE}{Enter}`);
  await waitFor(() => expect(asked(host, "vault_move")).toEqual([{ passphrase: "secret-1" }]));
});

test("the vault key is missing: nothing was overwritten, and the code brings it back", async () => {
  const { host, user } = await security(vaultIs({ state: "key-missing" }));
  const said = screen.getByTestId("vault-state").textContent;
  expect(said).toContain("Nothing was overwritten, and no new key is made");
  await user.type(panel().getByTestId("recover-code"), `${CODE}{Enter}`);
  await waitFor(() => expect(screen.queryByTestId("vault-state")).toBeNull());
  expect(asked(host, "vault_recover")).toEqual([{ code: "secret-1" }]);
  nowhere(host, "CANARY");
});

test("a wrong code is said, wiped, and may be typed again", async () => {
  const { host, user } = await security(vaultIs({ state: "key-missing" }), {
    vault_recover: () => Promise.reject(failure("wrong-secret")),
  });
  await user.type(panel().getByTestId("recover-code"), CODE);
  await user.click(panel().getByTestId("recover-act"));
  expect((await panel().findByTestId("problem")).textContent).toContain("This does not open the vault");
  expect(document.activeElement).toBe(panel().getByTestId("recover-code"));
  nowhere(host, "CANARY");
});

test("damaged keys are named, each with its two ways out", async () => {
  const memory = vaultIs({ state: "damaged", damaged });
  memory.providers = memory.providers.map((each) => ({ ...each, damaged: each.id === "p-2" }));
  const { host, user } = await security(memory);
  const record = within(screen.getByTestId("damaged-Claude"));
  await user.click(record.getByTestId("damaged-replace"));
  const dialog = within(await screen.findByRole("dialog"));
  // A key that does not open cannot be kept for a while.
  expect(dialog.queryByTestId("key-overlap")).toBeNull();
  await user.click(dialog.getByRole("button", { name: "Cancel" }));
  await user.click(record.getByTestId("damaged-remove"));
  await user.click(screen.getByTestId("confirm"));
  await waitFor(() => expect(asked(host, "provider_remove")).toEqual([{ provider: "p-2", shred: false }]));
  // The row in the table says it too.
  await user.click(screen.getByTestId("nav-providers"));
  expect(screen.queryByTestId("provider-row-Claude")).toBeNull();
});

test("a damaged database is told from damaged keys: it is put back from a backup", async () => {
  await security(vaultIs({ state: "damaged", damaged: [] }));
  expect(screen.getByTestId("vault-state").textContent).toContain("backups");
  expect(screen.queryByTestId("damaged-replace")).toBeNull();
});

test.each([
  ["in-use", "Another AddOn Console is running"],
  ["damaged", "The database cannot be opened"],
  ["not-writable", "The data directory cannot be written"],
] as const)("a back end that did not start (%s) fills the window, with what to do", async (code, title) => {
  const { host } = open(full(), {
    overview: () => Promise.reject(failure(code as Code, "Process 4711 holds it.")),
  });
  const said = await screen.findByTestId("no-back-end");
  expect(screen.getByRole("heading", { name: title })).toBeTruthy();
  expect(said.textContent).toContain("Process 4711 holds it.");
  expect(said.textContent).toContain("start AddOn Console again");
  // Nothing that cannot work is offered.
  expect(screen.queryByRole("button")).toBeNull();
  expect(asked(host, "overview")).toHaveLength(1);
});

test("a back end that is lost otherwise can be asked again", async () => {
  let gone = true;
  const { user } = open(full(), {
    overview: () => (gone ? Promise.reject(failure("internal")) : full().overview),
  });
  await screen.findByTestId("no-back-end");
  gone = false;
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByTestId("flow-hop-1")).toBeTruthy();
});

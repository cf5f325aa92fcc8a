// Export and import on Settings: files are named, previews shown, passphrases leave no trace.
import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import type { ImportPreview } from "../src/ipc/generated";
import { failure } from "../src/ipc/memory";
import { asked, full, nowhere, open } from "./support";

const PASSPHRASE = "canary pass phrase 8177";
const preview: ImportPreview = {
  id: "11111111-0000-4000-8000-000000000001",
  format: "settings",
  changes: [
    { subject: "console", application: "", name: "", verdict: "unchanged", fields: [] },
    {
      subject: "provider",
      application: "Mailer",
      name: "Team",
      verdict: "conflict",
      fields: [{ field: "base_url", before: '"https://a"', after: '"https://b"' }],
    },
    { subject: "key", application: "Mailer", name: "Team", verdict: "added", fields: [] },
  ],
  ignored: [{ name: "FOO", why: "unknown-name" }],
};

test("settings are written where it is said, and keys only under a passphrase given twice", async () => {
  const { host, user } = open(full(), {
    settings_export: () => ({ path: "/tmp/s.json", count: 1 }),
    keys_export: () => ({ path: "/tmp/k.age", count: 2 }),
  });
  await user.click(await screen.findByTestId("nav-settings"));
  await user.type(await screen.findByTestId("export-path"), "/tmp/s.json");
  await user.click(screen.getByTestId("export-settings"));
  await waitFor(() => expect(screen.getByTestId("export-written").textContent).toContain("/tmp/s.json"));
  expect(asked(host, "settings_export")).toEqual([{ path: "/tmp/s.json", replace: false }]);
  await user.click(screen.getByTestId("export-keys-open"));
  await user.type(screen.getByTestId("passphrase-first"), PASSPHRASE);
  await user.type(screen.getByTestId("passphrase-second"), PASSPHRASE);
  await user.click(screen.getByTestId("export-keys"));
  await waitFor(() => expect(screen.getByTestId("keys-written").textContent).toContain("/tmp/k.age"));
  expect(host.secrets).toEqual([PASSPHRASE]);
  nowhere(host, PASSPHRASE);
});

test("an import is shown before it is applied, and what was shown is what is applied", async () => {
  const { host, user } = open(full(), { import_preview: () => preview, import_apply: () => ({}) });
  await user.click(await screen.findByTestId("nav-settings"));
  await user.type(await screen.findByTestId("import-path"), "/tmp/s.json");
  await user.click(screen.getByTestId("import-look"));
  const shown = await screen.findByTestId("import-preview");
  for (const part of ["conflict", "https://b", "Key of", "FOO", "No name AddOn Console knows"]) {
    expect(shown.textContent).toContain(part);
  }
  await user.click(screen.getByTestId("import-apply"));
  await waitFor(() => expect(screen.queryByTestId("import-preview")).toBeNull());
  expect(asked(host, "import_apply")).toEqual([{ import: preview.id }]);
});

test("a file that is not taken says why, and the passphrase is gone from the field", async () => {
  const { host, user } = open(full(), {
    import_preview: () => Promise.reject(failure("wrong-secret", "The passphrase does not open the file.")),
  });
  await user.click(await screen.findByTestId("nav-settings"));
  await user.type(await screen.findByTestId("import-path"), "/tmp/k.age");
  await user.click(screen.getByTestId("import-more"));
  await user.type(screen.getByTestId("import-passphrase"), PASSPHRASE);
  await user.click(screen.getByTestId("import-look"));
  expect((await screen.findByRole("alert")).textContent).toContain("does not open");
  expect(host.secrets).toEqual([PASSPHRASE]);
  expect(screen.getByTestId<HTMLInputElement>("import-passphrase").value).toBe("");
});

test("a file is chosen in the system's window, and a change of mind changes nothing", async () => {
  let path: string | null = "/home/ada/config.yaml";
  const { host, user } = open(full(), { file_choose: () => ({ path }), import_preview: () => preview });
  await user.click(await screen.findByTestId("nav-settings"));
  await user.click(await screen.findByTestId("import-path-choose"));
  const field = screen.getByTestId<HTMLInputElement>("import-path");
  await waitFor(() => expect(field.value).toBe("/home/ada/config.yaml"));
  path = null;
  await user.click(screen.getByTestId("import-path-choose"));
  await user.click(screen.getByTestId("export-path-choose"));
  await waitFor(() => expect(asked(host, "file_choose")).toHaveLength(3));
  expect(asked(host, "file_choose")[2]).toEqual({ purpose: "settings" });
  expect(field.value).toBe("/home/ada/config.yaml");
  await user.click(screen.getByTestId("import-more"));
  await user.type(screen.getByTestId("import-env"), "/home/ada/.env");
  await user.click(screen.getByTestId("import-look"));
  await screen.findByTestId("import-preview");
  expect(asked(host, "import_preview")).toEqual([{ path: "/home/ada/config.yaml", env: "/home/ada/.env" }]);
});

test("a preview that nobody wants is forgotten by the back end, too", async () => {
  const { host, user } = open(full(), { import_preview: () => preview });
  await user.click(await screen.findByTestId("nav-settings"));
  await user.type(await screen.findByTestId("import-path"), "/tmp/s.json");
  await user.click(screen.getByTestId("import-look"));
  await screen.findByTestId("import-preview");
  await user.click(screen.getByTestId("import-look"));
  await waitFor(() => expect(asked(host, "import_discard")).toEqual([{ import: preview.id }]));
  await screen.findByTestId("import-preview");
  await user.click(screen.getByTestId("import-cancel"));
  await waitFor(() => expect(asked(host, "import_discard")).toHaveLength(2));
  expect(screen.queryByTestId("import-preview")).toBeNull();
});

// Every word the proxy has for a cause leads to a sentence of its own, not to "something failed".
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { AddonError } from "../src/client/errors.js";
import { explain } from "../src/i18n/causes.js";
import { en } from "../src/i18n/en.js";
import { PROXY } from "./support.js";

const sentence = (reason: string) => explain(new AddonError({ code: 9900, reason, message: "raw" }), PROXY);

describe("causes", () => {
  it.each(
    `addon-unknown addon-disabled no-provider vault-locked key-missing key-damaged key-rejected permission-denied
     rate-limited quota-exhausted model-unknown model-retired deployment-unknown endpoint-unknown wrong-endpoint
     region-unsupported capability-missing parameter-unsupported context-too-long not-supported
     image-unreachable image-unsupported image-rejected template-invalid translation-failed language-unsupported
     content-filtered upstream-rejected upstream-error upstream-overloaded upstream-unreachable name-unknown
     connection-refused corporate-proxy-failed tls-expired tls-wrong-host tls-unknown-ca upstream-tls
     upstream-timeout upstream-redirect destination-refused reply-invalid reply-too-large stream-cut busy
     application-disabled session-reset request-malformed head-too-large
     origin-not-allowed host-not-allowed session-over body-invalid body-too-large content-type
     translation-running part-missing answer-empty`
      .split(/\s+/)
      .filter(Boolean),
  )("%s", async (reason) => {
    const { key } = await sentence(reason);
    expect(key).not.toBe("cause-generic");
    expect(en[key]).toBeTruthy();
  });

  it("has a sentence for every cause a provoked failure leads to", async () => {
    const table = readFileSync(resolve(import.meta.dirname, "../../../tests/golden/faults.txt"), "utf8");
    const told = table.split("\n").map((line) => line.split(" | ")[1]?.split(" ")[1] ?? "ok");
    const causes = new Set(told.slice(1).filter((word) => word !== "ok"));
    expect(causes.size).toBeGreaterThan(30);
    for (const reason of causes) expect((await sentence(reason)).key, reason).not.toBe("cause-generic");
  });

  it("falls back for a word nobody knows yet, and never shows the raw message", async () => {
    for (const reason of ["moon-phase", "__proto__", "toString"])
      expect((await sentence(reason)).key).toBe("cause-generic");
  });
});

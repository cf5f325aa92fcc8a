// Where a script finds the proxy and the windows, from its own address.
import { afterEach, expect, it } from "vitest";
import { scriptOrigin, setScriptOrigin, windowsAddress } from "../src/script-origin.js";

afterEach(() => setScriptOrigin(undefined));

it("a classic script names the windows' whole address, since it may have no base of its own", () => {
  setScriptOrigin("http://127.0.0.1:23366/plugin/v2/BeePlugin.js", "../../sdk/ha-addon.windows.js");
  expect(scriptOrigin()).toBe("http://127.0.0.1:23366");
  expect(windowsAddress()).toBe("http://127.0.0.1:23366/sdk/ha-addon.windows.js");
  setScriptOrigin("https://cdn.example/a/ha-addon.classic.js", "./ha-addon.windows.js");
  expect(windowsAddress()).toBe("https://cdn.example/a/ha-addon.windows.js");
});

it("a module leaves that to import()", () => {
  setScriptOrigin("http://127.0.0.1:23366/sdk/ha-addon.js");
  expect(windowsAddress()).toBeUndefined();
});

// The real window, driven over WebDriver: tauri-driver and WebKitWebDriver. Needs a display and a session bus.
import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { Builder, By, error, type WebDriver, type WebElement } from "selenium-webdriver";
import { bin, scratch } from "./programs";

export interface Driven {
  driver: WebDriver;
  dataDir: string;
  /** The element with this test id, once it is there. */
  get: (testId: string) => Promise<WebElement>;
  click: (testId: string) => Promise<void>;
  type: (testId: string, text: string) => Promise<void>;
  /** Chooses an option of a select by its value. */
  choose: (testId: string, value: string) => Promise<void>;
  text: (testId: string) => Promise<string>;
  gone: (testId: string) => Promise<void>;
  /** The link the window opened in the system's browser. */
  opened: (count: number) => Promise<string>;
  /** All that the window and its driver said. */
  said: () => string;
  close: () => Promise<void>;
}

/** `tauri-driver`, where script/test has put it. */
const driverProgram = () =>
  [join(bin(".."), "tools/bin/tauri-driver"), "tauri-driver"].find(
    (path) => path === "tauri-driver" || existsSync(path),
  ) ?? "";

/** With `stored`, over a data directory that another window has filled. */
export async function openWindow(env: NodeJS.ProcessEnv = {}, stored?: string): Promise<Driven> {
  // Not fixed ones: whoever else runs these tests on this machine would be talked to.
  const [port, native] = await Promise.all([freePort(), freePort()]);
  const home = scratch();
  const dataDir = stored ?? join(home, "data");
  const links = join(home, "opened");
  // Stands where the desktop's opener would: writes down what it is asked to open.
  const tools = join(home, "bin");
  mkdirSync(tools);
  writeFileSync(join(tools, "xdg-open"), `#!/bin/sh\nprintf '%s\\n' "$1" >> '${links}'\n`);
  chmodSync(join(tools, "xdg-open"), 0o755);
  // What a test that ran out of time has left would hold up this one.
  for (const left of drivers) end(left);
  const child = spawn(driverProgram(), ["--port", String(port), "--native-port", String(native)], {
    env: {
      ...process.env,
      ...env,
      PATH: `${tools}:${process.env.PATH}`,
      XDG_DATA_HOME: join(home, "share"),
      XDG_CACHE_HOME: join(home, "cache"),
      WEBKIT_DISABLE_DMABUF_RENDERER: "1",
      LANG: "C.UTF-8",
    },
    // A group of its own: driver, web driver and window end together.
    detached: true,
  });
  drivers.add(child);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (bytes) => {
      said += bytes;
    });
  }
  await ready(port);
  const driver = await new Builder()
    .usingServer(`http://127.0.0.1:${port}`)
    .withCapabilities({
      browserName: "wry",
      "tauri:options": { application: bin("addon-console"), args: ["--data-dir", dataDir, "--port", "0"] },
    })
    .build();
  const css = (testId: string) => By.css(`[data-testid="${testId}"]`);
  // A page that is drawn anew between a search and its answer makes the driver call the element stale, in a search too:
  // whatever asks is asked again.
  const fresh = <T>(ask: () => Promise<T | undefined>, what: string) =>
    waitFor(
      () =>
        ask().catch((reason: unknown) => {
          if (reason instanceof error.StaleElementReferenceError) return undefined;
          throw reason;
        }),
      what,
    );
  const found = async (testId: string): Promise<WebElement | undefined> =>
    (await driver.findElements(css(testId)))[0];
  const get = (testId: string) => fresh(() => found(testId), testId);
  /** What `use` makes of the element, once that is there and enabled. */
  const using = <T>(testId: string, use: (element: WebElement) => Promise<T>) =>
    fresh(async () => {
      const element = await found(testId);
      return (await element?.isEnabled()) ? element : undefined;
    }, testId).then(use);
  return {
    driver,
    dataDir,
    get,
    click: (testId) => using(testId, (element) => element.click()),
    type: (testId, text) => using(testId, (element) => element.sendKeys(text)),
    choose: (testId, value) =>
      using(testId, (element) => element.findElement(By.css(`option[value="${value}"]`)).click()),
    text: (testId) => fresh(async () => (await found(testId))?.getText(), testId),
    gone: async (testId) => {
      await fresh(async () => ((await found(testId)) ? undefined : true), testId);
    },
    opened: (count) =>
      waitFor(() =>
        existsSync(links) ? readFileSync(links, "utf8").trim().split("\n")[count - 1] : undefined,
      ),
    said: () => said,
    close: async () => {
      const ended = new Promise((done) => child.once("exit", done));
      // A web driver that hangs does not answer this either.
      await Promise.race([
        driver.quit().catch(() => undefined),
        new Promise((late) => setTimeout(late, 10_000).unref()),
      ]);
      end(child);
      await ended;
    },
  };
}

/**
 * For tests of the window: WebKitWebDriver on a loaded machine sometimes never answers a command (seen once in some thirty
 * runs; nothing of the product hangs with it). Such a test is run once more, with a new driver.
 */
export const onceMore = { retry: 1 };

const drivers = new Set<ChildProcess>();

function end(child: ChildProcess) {
  drivers.delete(child);
  try {
    if (child.pid) process.kill(-child.pid, "SIGKILL");
  } catch {
    // Gone already.
  }
}

/** Asks until there is an answer, 20 s at most. */
export async function waitFor<T>(
  ask: () => T | undefined | Promise<T | undefined>,
  what = "nothing",
): Promise<T> {
  const end = Date.now() + 20_000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`waited 20 s for ${what}`);
    await new Promise((next) => setTimeout(next, 50));
  }
}

/** A port nobody listens on. */
function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
}

/** tauri-driver passes `/status` on, so its answer says that the native driver listens too. */
async function ready(port: number) {
  await waitFor(() =>
    fetch(`http://127.0.0.1:${port}/status`).then(
      (reply) => (reply.ok ? true : undefined),
      () => undefined,
    ),
  );
}

// Uses the playground in headless Chromium as a person does, and prints as JSON what is seen. It reads
// {chromium, address, scenario, folder, flags} as JSON; no other address than that one leads anywhere.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

const require = createRequire(process.env.NODE_PATH + "/");
const { default: puppeteer } = await import(pathToFileURL(require.resolve("puppeteer-core")));
const { chromium, address, scenario, folder, flags = [] } = JSON.parse(await text(process.stdin));
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const browser = await puppeteer.launch({
  executablePath: chromium,
  // Without a sandbox, which root in a container cannot have; it opens only our own page.
  args: ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", ...flags],
});
const page = await browser.newPage();
const mistakes = [];
page.on("pageerror", (error) => mistakes.push(error.message));
page.on("console", (message) => message.type() === "error" && mistakes.push(message.text()));
page.on("dialog", (dialog) => {
  mistakes.push(`a dialog: ${dialog.message()}`);
  dialog.dismiss();
});

const open = (fragment = "") => page.goto(address + fragment, { waitUntil: "load" });
const loaded = () => page.waitForFunction(() => document.getElementById("loading").hidden, { timeout: 60_000 });
const textOf = (selector) => page.$eval(selector, (element) => element.innerText);
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const choose = (name) => page.click(`#${name}-tab`);

/** Wait until what was typed has been answered. */
async function settled() {
  await pause(50);
  await page.waitForFunction(() => document.querySelector("main").ariaBusy === "false", { timeout: 60_000 });
}

/** Write a text as if it were pasted. */
async function paste(id, content) {
  await page.$eval(`#${id}`, (area, value) => {
    area.value = value;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }, content);
  await settled();
}

async function frameText(name) {
  const frame = await (await page.$(`[data-document=${name}] iframe`)).contentFrame();
  return frame.evaluate(() => document.body.innerText);
}

/** Return the seconds of processor time that the browser needs for something. */
async function processorTime(something) {
  const system = await browser.target().createCDPSession();
  const seconds = async () => {
    const { processInfo } = await system.send("SystemInfo.getProcessInfo");
    return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
  };
  const before = await seconds();
  await something();
  return (await seconds()) - before;
}

const scenarios = {
  /** What is seen first, once all that the page may load is there. */
  async visit() {
    await open();
    await loaded();
    for (const name of ["form", "page", "timetable", "calendar"]) await choose(name);
    await settled();
    return { first: await textOf("#findings li"), summary: await textOf("#summary") };
  },

  /** How long it takes until somebody sees a finding. */
  async finding() {
    const processor = await processorTime(async () => {
      await open();
      await page.waitForSelector("#findings li", { timeout: 60_000 });
    });
    return { processor };
  },

  /** How long it takes to start Python alone. */
  async bare() {
    const folder = new URL("../webassembly/", address).href;
    const processor = await processorTime(async () => {
      await page.goto(`${folder}manifest.json`);
      await page.evaluate(async (base) => {
        const manifest = await (await fetch(`${base}manifest.json`)).json();
        const { loadPyodide } = await import(`${base}${manifest.pyodide}/pyodide.mjs`);
        await loadPyodide({ indexURL: `${base}${manifest.pyodide}/`, lockFileContents: { info: manifest.info, packages: {} } });
      }, folder);
    });
    mistakes.length = 0; // the file that was opened has no icon
    return { processor };
  },

  /** What axe finds, and what is wider than the page, at each width in light and in dark. */
  async audit() {
    await open();
    await page.evaluate(axe);
    const found = [];
    const look = async (name) => {
      for (const scheme of ["light", "dark"]) {
        await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
        for (const width of [360, 768, 1366]) {
          await page.setViewport({ width, height: 800 });
          const where = `${name}, ${scheme}, ${width} px`;
          const { wide, violations } = await page.evaluate(async () => {
            const root = document.documentElement;
            const { violations } = await window.axe.run(document, { resultTypes: ["violations"], pingWaitTime: 50 });
            return {
              wide: root.scrollWidth > root.clientWidth ? root.scrollWidth : 0,
              violations: violations.map((each) => `${each.id}: ${each.nodes.map(({ html }) => html.slice(0, 200)).join(" | ")}`),
            };
          });
          if (wide) found.push(`${where}: ${wide} px wide`);
          found.push(...violations.map((each) => `${where}: ${each}`));
          if (folder) await page.screenshot({ path: join(folder, `${name}-${scheme}-${width}.png`), fullPage: true });
        }
      }
    };
    await loaded();
    await look("payload-findings");
    await choose("form");
    await choose("page");
    await settled();
    await page.click("#form button:last-of-type");
    await settled();
    await look("form-page");
    await page.select("#sample", "wtisd-23");
    await choose("event");
    await choose("calendar");
    await page.select("#language", "ar");
    await settled();
    await look("event-calendar");
    await choose("timetable");
    await page.select("#sample", "mistakes");
    await settled();
    await look("event-missing");
    return found;
  },

  /** Everything by keyboard: what has the focus is seen, and no key but Tab, arrows, Enter, Space and letters is used. */
  async keyboard() {
    await open();
    await loaded();
    const shown = {};
    const focused = () => page.evaluate(() => {
      const element = document.activeElement;
      const ring = element.closest(".editor") ?? element;
      return { id: element.id, name: element.name, text: element.innerText?.trim() ?? "", tag: element.localName, outline: getComputedStyle(ring).outlineStyle };
    });
    const reach = async (isIt, key = "Tab") => {
      for (let tries = 0; tries < 80; tries += 1) {
        await page.keyboard.press(key);
        const at = await focused();
        if (at.tag !== "body" && at.tag !== "iframe" && at.outline === "none") throw new Error(`nobody sees that ${JSON.stringify(at)} has the focus`);
        if (isIt(at)) return at;
      }
      throw new Error(`not reached: ${isIt}`);
    };
    const write = async (name, value) => {
      await reach((at) => at.name === name);
      await page.keyboard.down("Control");
      await page.keyboard.press("KeyA");
      await page.keyboard.up("Control");
      await page.keyboard.type(value);
    };
    // The skip link, then the first finding and back to its line.
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    shown.skipped = (await focused()).id;
    await reach((at) => at.text === "Payload, line 5");
    await page.keyboard.press("Enter");
    shown.line = await page.evaluate(() => {
      const { id, value, selectionStart, selectionEnd } = document.activeElement;
      return [id, value.slice(selectionStart, selectionEnd).trim()];
    });
    // The form: it is filled in and sent twice.
    await page.keyboard.down("Shift");
    await reach((at) => at.id === "payload-tab");
    await page.keyboard.up("Shift");
    await page.keyboard.press("ArrowLeft");
    await settled();
    shown.tab = (await focused()).id;
    await reach((at) => at.text === "Register");
    await page.keyboard.press("Enter");
    await settled();
    shown.sent = (await page.evaluate(() => document.activeElement.className));
    await write("participant.email", "participant1@example.org");
    await write("country", "Kenya");
    await reach((at) => at.name === "mode");
    await page.keyboard.press("Space");
    await reach((at) => at.name === "answers.meal");
    await page.keyboard.press("Space");
    await write("answers.guests", "2");
    await reach((at) => at.name === "answers.terms");
    await page.keyboard.press("Space");
    await reach((at) => at.text === "Register");
    await page.keyboard.press("Enter");
    await settled();
    shown.summary = await textOf("#summary");
    // What becomes of it, to download.
    await reach((at) => at.id === "findings-tab");
    await page.keyboard.press("End");
    await settled();
    const devtools = await browser.target().createCDPSession();
    await devtools.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: folder });
    for (const file of ["event.ics", "invitation.ics"]) {
      await reach((at) => at.text === `Download ${file}`);
      await page.keyboard.press("Enter");
    }
    const arrived = () => ["event.ics", "invitation.ics"].every((file) => existsSync(join(folder, file)));
    for (let tries = 0; tries < 100 && !arrived(); tries += 1) await pause(50);
    // Through all, and to the beginning again.
    await reach((at) => at.tag === "body" || at.text === "Skip to the findings");
    return shown;
  },

  /** The state is in the address, through a reload; what is no state, or too long for one, is said. */
  async address() {
    await open();
    await loaded();
    const shown = { first: await page.evaluate(() => location.hash) };
    const now = () => page.evaluate(() => ({
      hash: location.hash,
      values: ["sample", "language", "now", "event", "payload"].map((id) => document.getElementById(id).value),
      tabs: [...document.querySelectorAll("[aria-selected=true]")].map(({ id }) => id),
    }));
    await page.select("#sample", "wtisd-23");
    await settled();
    await page.select("#language", "fr");
    await page.$eval("#now", (input) => {
      input.value = "2023-05-01T10:30";
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    await paste("payload", '{\n  "é": "\u{1f5fa}"\n}');
    await choose("form");
    await choose("timetable");
    await settled();
    await browser.defaultBrowserContext().overridePermissions(new URL(address).origin, ["clipboard-read", "clipboard-sanitized-write"]);
    await page.click("#share");
    await page.waitForFunction(() => document.getElementById("note").textContent);
    shown.copied = await page.evaluate(async () => (await navigator.clipboard.readText()) === location.href);
    shown.before = await now();
    await page.reload({ waitUntil: "load" });
    await loaded();
    await settled();
    shown.after = await now();
    // Random letters, which cannot be deflated.
    await paste("event", Array.from({ length: 60_000 }, () => String.fromCodePoint(0x4e00 + Math.trunc(Math.random() * 20_000))).join(""));
    shown.tooLong = [await textOf("#note"), await page.evaluate(() => location.hash)];
    await page.click("#reset");
    await settled();
    shown.again = [await textOf("#note"), (await page.evaluate(() => location.hash)).length > 4];
    const bomb = await page.evaluate(async () => {
      const stream = new Blob(["0".repeat(20_000_000)]).stream().pipeThrough(new CompressionStream("deflate-raw"));
      const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")).replaceAll("+", "-").replaceAll("/", "_");
    });
    shown.unreadable = [];
    for (const fragment of ["#s=%00", "#s=AAAA", `#s=${bomb}`, `#s=${"A".repeat(40_000)}`]) {
      await page.evaluate((wanted) => { location.hash = wanted; }, fragment);
      await settled();
      shown.unreadable.push(await textOf("#note"));
    }
    return shown;
  },

  /** Whatever is typed is findings, and text; nothing of it runs. */
  async hostile() {
    await open();
    await loaded();
    const attack = `</script></style></textarea></title><img src=x onerror="alert(1)"><script>alert(2)</script>\u202e\u0000`;
    const shown = { findings: [], asText: [] };
    const codes = () => page.$$eval("#findings .foot a", (links) => links.map(({ textContent }) => textContent));
    const event = await page.$eval("#event", (area) => area.value);
    for (const typed of ["{", attack, "[".repeat(5000), JSON.stringify({ [attack]: attack }), "9".repeat(2_000_000), "\ud800"]) {
      await paste("event", typed);
      const broken = await codes();
      await paste("event", event);
      await paste("payload", typed);
      shown.findings.push([broken[0], (await codes()).at(-1)]);
    }
    await paste("event", event.replaceAll("Open Maps Day", JSON.stringify(attack.slice(0, -2)).slice(1, -1)));
    await paste("payload", JSON.stringify({ participant: { name: attack, email: attack }, mode: attack, answers: { hope: attack, [attack]: attack } }));
    for (const name of ["page", "timetable"]) {
      await choose(name);
      await settled();
      shown.asText.push((await frameText(name)).includes("<script>alert(2)</script>"));
    }
    await choose("form");
    await settled();
    await page.click("#form button:last-of-type");
    await settled();
    shown.asText.push(await page.$eval("#form [name='participant.name']", (input) => input.value.includes("<script>alert(2)</script>")));
    shown.images = (await page.$$("#form img, #findings img")).length;
    for (const frame of page.frames()) shown.images += (await frame.$$("img, body script:not([type='application/ld+json'])")).length;
    return shown;
  },

  /** What the page says where it cannot load Python. */
  async missing() {
    await open();
    await page.waitForSelector("#loading[role=alert]", { timeout: 60_000 });
    mistakes.length = 0;
    return textOf("#loading");
  },
};

const shown = await scenarios[scenario]();
await browser.close();
if (mistakes.length) throw new Error(mistakes.join("\n"));
console.log(JSON.stringify(shown));

// Presses "Run" in headless Chromium with the keyboard, as a reader of the docs does. Reads {chromium, address, button,
// width, scheme} as JSON, and prints what the page shows then, what it loaded, and what axe-core finds.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const require = createRequire(process.env.NODE_PATH + "/");
const { default: puppeteer } = await import(pathToFileURL(require.resolve("puppeteer-core")));
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const { chromium, address, button, width, scheme } = JSON.parse(readFileSync(0, "utf8"));
// Without a sandbox, which root in a container cannot have; it opens only our own page, and knows no other server.
const offline = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1";
const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox", offline] });
const page = await browser.newPage();
await page.setViewport({ width, height: 900 });
await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
const loaded = new Set();
const mistakes = [];
page.on("request", (request) => loaded.add(new URL(request.url()).origin));
page.on("pageerror", (error) => mistakes.push(error.message));
await page.goto(address, { waitUntil: "networkidle0" });

// Tab reaches it, and it shows that it has the focus.
for (let tries = 0; tries < 100; tries += 1) {
  await page.keyboard.press("Tab");
  if (await page.evaluate((label) => document.activeElement.ariaLabel === label, button)) break;
}
const found = await page.evaluate(() => document.activeElement.ariaLabel);
if (found !== button) throw new Error(`the keyboard does not reach ${button}`);
const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
await page.keyboard.press("Enter");
// It keeps the focus.
await page.waitForFunction((label) => document.activeElement.ariaLabel === label && !document.activeElement.ariaDisabled, { timeout: 60_000 }, button);

const texts = (selector) => page.$$eval(selector, (found) => found.map((each) => each.textContent));
await page.evaluate(axe);
const violations = await page.evaluate(async () =>
  (await window.axe.run("article", { resultTypes: ["violations"] })).violations.map((each) => `${each.id}: ${each.nodes[0].html}`)
);
const shown = {
  outline,
  statuses: await texts(".run-bar [role=status]"),
  outputs: await texts(".run-output"),
  files: await page.$$eval(".run-files a", (links) => Promise.all(links.map(async (each) => [each.download, await (await fetch(each.href)).text()]))),
  wide: await page.evaluate(() => document.documentElement.scrollWidth > innerWidth),
  loaded: [...loaded].filter((origin) => origin !== "null"),
  violations,
};
await browser.close();
if (mistakes.length) throw new Error(mistakes.join("\n"));
console.log(JSON.stringify(shown));

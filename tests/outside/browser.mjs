// Does in headless Chromium what a person does, finding fields by their labels. Reads {chromium, address, steps} as JSON,
// and prints as JSON what the steps show that look at something.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const require = createRequire(process.env.NODE_PATH + "/");
const { default: puppeteer } = await import(pathToFileURL(require.resolve("puppeteer-core")));

const { chromium, address, steps } = JSON.parse(readFileSync(0, "utf8"));
// Without a sandbox, which root in a container cannot have; it opens only our own page.
const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox"] });
const page = await browser.newPage();
await page.setViewport({ width: 900, height: 900 });
const mistakes = [];
page.on("pageerror", (error) => mistakes.push(error.message));
await page.goto(address, { waitUntil: "networkidle0" });

const labels = () =>
  page.$$eval("label", (all) =>
    all.filter((each) => each.checkVisibility()).map((each) => each.textContent.replace("*", "").trim())
  );

async function field(label) {
  const found = await page.evaluateHandle((wanted) => {
    const own = [...document.querySelectorAll("label")].find((each) => each.textContent.replace("*", "").trim() === wanted);
    return own && (own.control ?? own);
  }, label);
  if (!found.asElement()) throw new Error(`no field ${label}`);
  return found.asElement();
}

const actions = {
  labels,
  async type({ label, value }) {
    await (await field(label)).type(value);
  },
  async fill({ label, value }) {
    const input = await field(label);
    await input.evaluate((each) => { each.value = ""; });
    await input.type(value);
  },
  async choose({ label, value }) {
    const select = await field(label);
    await select.select(await select.evaluate((each, text) => [...each.options].find((one) => one.label === text).value, value));
  },
  async unfold({ label }) {
    await page.evaluate((text) => [...document.querySelectorAll("summary")].find((each) => each.textContent === text).click(), label);
  },
  async click({ label }) {
    await (await field(label)).click();
  },
  async authenticate({ label, value }) {
    await page.authenticate({ username: label, password: value });
  },
  async open({ path }) {
    await page.goto(new URL(path, address), { waitUntil: "networkidle0" });
  },
  async width({ value }) {
    await page.setViewport({ width: Number(value), height: 900 });
  },
  // The first button with this text, in a page that answers with another page.
  async press({ label }) {
    const button = await page.evaluateHandle((text) => [...document.querySelectorAll("button")].find((each) => each.textContent === text), label);
    await Promise.all([page.waitForNavigation({ waitUntil: "networkidle0" }), button.click()]);
  },
  // With a keyboard alone: goes through all fields, fills in those in value, and presses the button after the last one.
  async keyboard({ value }) {
    const wanted = JSON.parse(value);
    let before = "";
    for (let tries = 0; tries < 200; tries += 1) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => {
        const { id, localName, name, type, value, checked } = document.activeElement;
        return { id, localName, name, type, value, checked, outline: getComputedStyle(document.activeElement).outlineStyle };
      });
      if (at.outline === "none") throw new Error(`nobody sees that ${at.id || at.localName} has the focus`);
      if (at.localName === "button") {
        await Promise.all([page.waitForNavigation({ waitUntil: "load" }), page.keyboard.press("Enter")]);
        return;
      }
      const given = wanted[at.name];
      if (given === undefined || at.id === before) continue; // a date has several parts, and is filled in at once
      before = at.id;
      if (at.type === "checkbox") {
        if (given.includes(at.value) !== at.checked) await page.keyboard.press("Space");
      } else if (at.type === "radio") {
        await page.keyboard.press("Space");
        while ((await page.evaluate(() => document.activeElement.value)) !== given) await page.keyboard.press("ArrowDown");
      } else {
        if (at.localName !== "select" && at.type !== "date") {
          await page.keyboard.down("Control");
          await page.keyboard.press("KeyA");
          await page.keyboard.up("Control");
        }
        await page.keyboard.type(given);
      }
    }
    throw new Error("no button");
  },
  async send() {
    await page.click("button[type=submit]");
    await page.waitForNetworkIdle({ idleTime: 200 });
  },
  // The errors beside a field, which may appear a moment after the answer of the server.
  async beside({ label }) {
    const read = (each) =>
      [...each.closest(".rjsf-field, .control, .field").querySelectorAll(".error-detail li, .validation_error, p.error")].map((one) => one.textContent);
    for (let tries = 0; tries < 20; tries += 1) {
      const errors = await (await field(label)).evaluate(read);
      if (errors.length) return errors;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return [];
  },
  async checked({ label }) {
    return (await field(label)).evaluate((each) => each.checked);
  },
  async text() {
    return page.$eval("body", (body) => body.innerText);
  },
  async picture({ path }) {
    await page.screenshot({ path, fullPage: true });
  },
};

const shown = [];
for (const { action, ...step } of steps) {
  const seen = await actions[action](step);
  if (seen !== undefined) shown.push(seen);
}
await browser.close();
if (mistakes.length) throw new Error(mistakes.join("\n"));
console.log(JSON.stringify(shown));

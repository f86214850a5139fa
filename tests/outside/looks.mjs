// Opens documents in headless Chromium at each width, in light, in dark and as printed, and prints as JSON what is
// wrong with them. Reads {chromium, env, font, files, widths, pictures} as JSON; with `pictures`, a folder, it keeps what
// it sees.
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { launch, require, task } from "./in_font.mjs";

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const { files, widths, pictures, audit } = task;

// What axe-core finds; and what lies outside of the page, or of its picture. A picture alone is as wide as it is.
async function violations() {
  const { violations: found } = await window.axe.run(document, { resultTypes: ["violations"] });
  return found.map((each) => `${each.id}: ${each.nodes.map((node) => node.html.slice(0, 200)).join(" | ")}`);
}

function overflows() {
  const root = document.documentElement;
  const found = root.localName === "html" && root.scrollWidth > root.clientWidth ? [`the page is ${root.scrollWidth} px wide`] : [];
  for (const text of document.querySelectorAll("svg text")) {
    const [inner, outer] = [text, text.closest("svg")].map((each) => each.getBoundingClientRect());
    if (inner.left < outer.left - 1 || inner.right > outer.right + 1 || inner.top < outer.top - 1 || inner.bottom > outer.bottom + 1) {
      found.push(`outside of its picture: ${text.textContent}`);
    }
  }
  // The cells of mails.
  for (const cell of document.querySelectorAll("table[role=presentation] :is(td, th)")) {
    if (cell.scrollWidth > cell.clientWidth + 1) found.push(`wider than its cell: ${cell.textContent}`);
  }
  return found;
}

const { browser, page, devtools } = await launch();
const problems = [];
for (const file of files) {
  const address = String(pathToFileURL(file));
  const tell = (text) => problems.push(`${basename(file)}: ${text}`);
  // The browser has a picture of its own in an input for a date.
  const refuse = (request) => request.url() === address || request.url().startsWith("data:") || tell(`loads ${request.url()}`);
  page.on("request", refuse);
  await page.goto(address, { waitUntil: "load" });
  if (audit) await page.evaluate(axe);
  for (const [look, media, scheme] of [["light", "screen", "light"], ["dark", "screen", "dark"], ["print", "print", "light"]]) {
    // In one call: either of puppeteer's two ends what the other has set.
    await devtools.send("Emulation.setEmulatedMedia", { media, features: [{ name: "prefers-color-scheme", value: scheme }] });
    const query = `${media} and (prefers-color-scheme: ${scheme})`;
    if (await page.evaluate((text) => !matchMedia(text).matches, query)) tell(`${look}: the browser shows something else`);
    for (const width of widths) {
      await page.setViewport({ width, height: 900 });
      const found = [...(await page.evaluate(overflows)), ...(audit && !file.endsWith(".svg") ? await page.evaluate(violations) : [])];
      found.forEach((text) => tell(`${look}, ${width} px: ${text}`));
      if (pictures) {
        const path = join(pictures, `${basename(file)}-${width}-${look}.png`);
        // Beyond the viewport, Chromium moves what is written from right to left.
        await page.screenshot({ path, fullPage: true, captureBeyondViewport: false });
      }
    }
  }
  page.off("request", refuse);
}
await browser.close();
console.log(JSON.stringify(problems));

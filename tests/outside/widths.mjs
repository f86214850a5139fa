// Measures texts in headless Chromium at 100 pixels, and prints their widths as JSON, by the weight of the font.
// Reads {chromium, env, font, families, texts} as JSON.
import { launch, task } from "./in_font.mjs";

const { browser, page } = await launch();
await page.setContent(`<svg style="font-family:${task.families}" font-size="100"><text></text></svg>`);
const widths = await page.$eval("text", (shown, texts) =>
  Object.fromEntries([400, 600].map((weight) => {
    shown.setAttribute("font-weight", weight);
    return [weight, texts.map((text) => {
      shown.textContent = text;
      return shown.getComputedTextLength();
    })];
  })), task.texts);
await browser.close();
console.log(JSON.stringify(widths));

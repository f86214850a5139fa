// Draws an SVG image in headless Chromium and reads the QR code in it with jsQR. Reads {chromium, svg} as JSON, and
// prints as JSON what the code says.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(process.env.NODE_PATH + "/");
const { default: puppeteer } = await import(pathToFileURL(require.resolve("puppeteer-core")));
const { default: jsQR } = await import(pathToFileURL(require.resolve("jsqr")));

const { chromium, svg } = JSON.parse(readFileSync(0, "utf8"));
// Without a sandbox, which root in a container cannot have; it draws only our own image.
const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox"] });
const page = await browser.newPage();
const size = 290;
const pixels = await page.evaluate(async (image, side) => {
  const shown = new Image(side, side);
  shown.src = `data:image/svg+xml,${encodeURIComponent(image)}`;
  await shown.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: side, height: side });
  const context = canvas.getContext("2d");
  context.drawImage(shown, 0, 0, side, side);
  return [...context.getImageData(0, 0, side, side).data];
}, svg, size);
await browser.close();
console.log(JSON.stringify(jsQR(Uint8ClampedArray.from(pixels), size, size)?.data ?? null));

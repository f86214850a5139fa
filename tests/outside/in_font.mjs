// Starts headless Chromium with one font: `launch` needs {chromium, env, font}, and fails if it shows another one.
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

export const require = createRequire(process.env.NODE_PATH + "/");
const { default: puppeteer } = await import(pathToFileURL(require.resolve("puppeteer-core")));

// Not by readFileSync, which fails where the pipe is empty for a moment.
export const task = JSON.parse(await text(process.stdin));

export async function launch() {
  // Without a sandbox, which root in a container cannot have; it opens only our own files.
  const browser = await puppeteer.launch({ executablePath: task.chromium, args: ["--no-sandbox"], env: { ...process.env, ...task.env } });
  const page = await browser.newPage();
  const devtools = await page.createCDPSession();
  await page.setContent("<p style='font-family:system-ui'>Forum</p>");
  for (const domain of ["DOM", "CSS"]) await devtools.send(`${domain}.enable`);
  const { root } = await devtools.send("DOM.getDocument");
  const { nodeId } = await devtools.send("DOM.querySelector", { nodeId: root.nodeId, selector: "p" });
  const { fonts } = await devtools.send("CSS.getPlatformFontsForNode", { nodeId });
  const names = fonts.map((each) => each.familyName).join();
  if (names !== task.font) throw new Error(`${task.font} is missing: Chromium shows ${names}`);
  return { browser, page, devtools };
}

// Reads vCards with ical.js, Thunderbird's reader, and with vcard4. Prints as JSON what each finds in each card: the
// values of each property by its name.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(process.env.NODE_PATH + "/");
const { default: ICAL } = await import(pathToFileURL(require.resolve("ical.js")));
const { parse } = require("vcard4");

const text = readFileSync(0, "utf8");
const names = ["FN", "ORG", "TITLE", "ROLE", "EMAIL", "TEL", "LANG", "UID"];
const one = (value) => (Array.isArray(value) ? value.join(";") : String(value));
const cards = (found) => (Array.isArray(found) ? found : [found]);
const shown = (values) => Object.fromEntries(names.map((name) => [name, values(name)]).filter(([, all]) => all.length));
// ical.js 2.2.1 keeps the backslash of "\;", which RFC 6350 section 3.4 allows in any text.
const unescaped = (value) => one(value).replaceAll("\\;", ";");

const trees = ICAL.parse(text);
const ofIcalJs = (typeof trees[0] === "string" ? [trees] : trees).map((tree) =>
  shown((name) => new ICAL.Component(tree).getAllProperties(name.toLowerCase()).map((each) => unescaped(each.getFirstValue())))
);
const ofVcard4 = cards(parse(text)).map((card) => shown((name) => {
  const found = card.getProperty(name);
  return found === undefined ? [] : cards(found).map((each) => one(each.value));
}));
console.log(JSON.stringify({ "ical.js": ofIcalJs, vcard4: ofVcard4 }));

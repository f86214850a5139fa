// Converts calendars with ical.js, which jCal was made for. Reads a list of two as JSON: a calendar file, and jCal.
// Prints as JSON what ical.js makes of each: the jCal of the file, and the file of the jCal.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(process.env.NODE_PATH + "/");
const { default: ICAL } = await import(pathToFileURL(require.resolve("ical.js")));

const [file, jcal] = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify([ICAL.parse(file), ICAL.stringify(jcal)]));

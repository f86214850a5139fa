// Reads a calendar with ical.js, Thunderbird's reader, which evaluates the VTIMEZONE components of the file itself.
// Prints as JSON: the UID of each VEVENT with its start and end, dates as text and moments in seconds since 1970, its
// summary and its status.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(process.env.NODE_PATH + "/");
const { default: ICAL } = await import(pathToFileURL(require.resolve("ical.js")));

const written = (time) => (time.isDate ? time.toString() : time.toUnixTime());
const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
const events = calendar.getAllSubcomponents("vevent").map((each) => {
  const event = new ICAL.Event(each);
  return {
    uid: event.uid,
    start: written(event.startDate),
    end: written(event.endDate),
    summary: event.summary,
    status: each.getFirstPropertyValue("status"),
  };
});
console.log(JSON.stringify(events));

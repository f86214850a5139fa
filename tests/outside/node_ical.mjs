// Reads calendars with node-ical, which takes the names of zones and not the VTIMEZONE components.
// Takes a JSON array of calendars, and prints what is in each as calendars.py has it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const ical = createRequire(process.env.NODE_PATH + "/")("node-ical");

const text = (value) => (value == null ? null : typeof value === "string" ? value : value.val);
const two = (number) => String(number).padStart(2, "0");
// A date is a midnight by the clocks of the process.
const date = (value) => `${value.getFullYear()}-${two(value.getMonth() + 1)}-${two(value.getDate())}`;
const seconds = (value) => (value == null ? null : value.dateOnly ? date(value) : value.getTime() / 1000);
const address = (value) => (value == null ? null : text(value).slice(text(value).indexOf(":") + 1));
const unquoted = (value) => value?.replace(/^"|"$/g, "") ?? null;
const listed = (value) => (value == null ? [] : Array.isArray(value) ? value : [value]);

function read(source) {
  const calendar = ical.sync.parseICS(source);
  const method = calendar.vcalendar?.method ?? Object.values(calendar).find((each) => each.method)?.method ?? null;
  return Object.values(calendar)
    .filter((each) => each.type === "VEVENT")
    .map((each) => ({
      method,
      uid: each.uid,
      sequence: each.sequence == null ? null : Number(each.sequence),
      start: seconds(each.start),
      end: seconds(each.end),
      title: text(each.summary),
      description: text(each.description),
      location: text(each.location),
      organizer: address(each.organizer),
      people: listed(each.attendee).map((one) => [
        address(one),
        unquoted(one.params?.CN),
        one.params?.PARTSTAT ?? "NEEDS-ACTION",
      ]),
    }));
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(read)));

// Reads calendars with ical.js, Thunderbird's reader, which evaluates the VTIMEZONE components of each file itself.
// Takes a JSON array of calendars, and prints what is in each as calendars.py has it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(process.env.NODE_PATH + "/");
const { default: ICAL } = await import(pathToFileURL(require.resolve("ical.js")));

const address = (uri) => (uri == null ? null : uri.slice(uri.indexOf(":") + 1));

function read(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  return calendar.getAllSubcomponents("vevent").map((each) => {
    const value = (name) => each.getFirstPropertyValue(name);
    const written = (time) => (time.isDate ? time.toString() : time.toUnixTime());
    const seconds = (name) => (value(name) == null ? null : written(value(name)));
    return {
      method: calendar.getFirstPropertyValue("method"),
      uid: value("uid"),
      sequence: value("sequence"),
      start: seconds("dtstart"),
      end: seconds("dtend"),
      title: value("summary"),
      description: value("description"),
      location: value("location"),
      organizer: address(value("organizer")),
      people: each.getAllProperties("attendee").map((one) => [
        address(one.getFirstValue()),
        one.getParameter("cn") ?? null,
        one.getParameter("partstat") ?? "NEEDS-ACTION",
      ]),
    };
  });
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(read)));

// ical-generator, the library for Node: `node ical_generator.mjs FOLDER COUNT`, where FOLDER holds its node_modules.
// Entries come as JSON on standard input; what comes out is how many seconds of processor time a job took.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const [folder, job] = process.argv.slice(2);
const { default: ical } = createRequire(resolve(folder, 'package.json'))('ical-generator');
const { people, event, sessions, organizer } = JSON.parse(readFileSync(0, 'utf8'));

function add(calendar, entry) {
  return calendar.createEvent({
    id: entry.uid,
    start: new Date(entry.start),
    end: new Date(entry.end),
    stamp: new Date('2023-04-13T08:15:00Z'),
    lastModified: new Date('2023-04-13T08:15:00Z'),
    sequence: 0,
    status: 'CONFIRMED',
    summary: entry.title,
    description: entry.description,
    location: entry.location,
    organizer,
  });
}

const jobs = {
  invite() {
    for (const person of people) {
      const calendar = ical({ prodId: '-//benchmark//EN', method: 'REQUEST' });
      add(calendar, event).createAttendee({
        ...person,
        type: 'INDIVIDUAL',
        role: 'REQ-PARTICIPANT',
        status: 'NEEDS-ACTION',
        rsvp: true,
      });
      calendar.toString();
    }
  },
  feed() {
    const calendar = ical({ prodId: '-//benchmark//EN' });
    for (const session of sessions) add(calendar, session);
    calendar.toString();
  },
};

const begin = process.cpuUsage();
jobs[job]();
const { user, system } = process.cpuUsage(begin);
console.log((user + system) / 1e6);

// The samples: each is an event with a registration for it, at a time when people register.
export const samples = [
  { id: "conference", title: "A day with a workshop and questions", now: "2027-08-01T09:00" },
  { id: "wtisd-23", title: "WTISD-23, the reference event", now: "2023-04-13T08:15" },
  { id: "mistakes", title: "An event with mistakes", now: "2027-02-01T12:00" },
];

const read = new Map();

/** Return the documents of a sample, which are files beside this one. */
export async function documentsOf({ id }) {
  if (!read.has(id)) {
    const text = async (name) => (await (await fetch(new URL(`samples/${name}.json`, import.meta.url))).text()).trimEnd();
    const [event, payload] = await Promise.all([text(id), text(`${id}-registration`)]);
    read.set(id, { event, payload });
  }
  return read.get(id);
}

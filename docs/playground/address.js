// The state of the page in the fragment of its address, which browsers send to nobody: JSON, deflated, in base64url.

/** How many characters a fragment may have: many programs cut longer addresses. */
export const LONGEST = 30_000;
/** How many characters a state may have: a short fragment may hold a huge one. */
const LARGEST = 8_000_000;

const MARK = "#s=";

/** Return the fragment of a state, or null if it is too long. */
export async function fragmentOf(state) {
  const json = JSON.stringify(state);
  if (json.length > LARGEST) return null;
  const deflated = new Blob([json]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(deflated).arrayBuffer());
  // Three bytes are four characters.
  if ((bytes.length * 4) / 3 + MARK.length > LONGEST) return null;
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return MARK + btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** Return the state in a fragment; null if it has none, and fail if it cannot be read. */
export async function stateOf(fragment) {
  if (!fragment.startsWith(MARK)) return null;
  if (fragment.length > LONGEST) throw new RangeError("too long");
  const binary = atob(fragment.slice(MARK.length).replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (each) => each.charCodeAt(0));
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let json = "";
  for (const reader = inflated.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    json += decoder.decode(value, { stream: true });
    if (json.length > LARGEST) {
      await reader.cancel();
      throw new RangeError("too large");
    }
  }
  const state = JSON.parse(json);
  // Anybody can make an address, and write anything in it.
  return Object.fromEntries(Object.entries(state).filter(([, value]) => typeof value === "string"));
}

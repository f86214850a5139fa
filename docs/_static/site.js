// The other versions of the docs, and the pages of codes.

const { content_root } = document.documentElement.dataset;
const versions = document.querySelector(".sidebar-versions");

// A folder with the site of each version may hold versions.json beside them: their names, the newest first.
versions.addEventListener("toggle", async () => {
  const beside = new URL("..", new URL(content_root, location.href));
  const answer = await fetch(new URL("versions.json", beside)).catch(() => undefined);
  const names = answer?.ok ? await answer.json() : [];
  const links = names.map((name) => {
    const link = Object.assign(document.createElement("a"), { href: new URL(`${name}/index.html`, beside), textContent: name });
    const item = document.createElement("li");
    item.append(link);
    return item;
  });
  if (links.length > 0) versions.querySelector("li:last-child").replaceWith(...links);
}, { once: true });

// Each code keeps its anchor in the list of codes, but is described on the page about codes of its nature.
function follow() {
  const anchor = location.hash && document.getElementById(location.hash.slice(1));
  if (anchor && anchor.matches("a:not([href])")) location.replace(anchor.nextElementSibling.href);
}
addEventListener("hashchange", follow);
follow();

// Tabs as in the ARIA Authoring Practices: one is reached with Tab, the others with the arrows, Home and End.

/** Make tabs of the buttons of a tab list; `chosen` is called with the id of the panel that is shown. */
export function tabsOf(list, chosen) {
  const tabs = [...list.querySelectorAll("[role=tab]")];
  const panelOf = (tab) => document.getElementById(tab.getAttribute("aria-controls"));

  function show(tab) {
    for (const each of tabs) {
      const isShown = each === tab;
      each.setAttribute("aria-selected", String(isShown));
      each.tabIndex = isShown ? 0 : -1;
      panelOf(each).hidden = !isShown;
    }
    chosen(panelOf(tab).id);
  }

  list.addEventListener("click", (event) => {
    const tab = event.target.closest("[role=tab]");
    if (tab) show(tab);
  });
  list.addEventListener("keydown", (event) => {
    const at = tabs.indexOf(document.activeElement);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const tab = tabs.at(next % tabs.length);
    tab.focus();
    show(tab);
  });
  return {
    show: (id) => show(tabs.find((tab) => panelOf(tab).id === id) ?? tabs[0]),
  };
}

// Small comforts on top of pages that work without them. No framework, no inline code, nothing stored.
(() => {
  "use strict";
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const typing = (node) => node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName);

  // --- announcements -------------------------------------------------------------------------------------------
  const say = (text) => {
    const place = one("#announce");
    if (!place || !text) return;
    place.textContent = "";
    setTimeout(() => { place.textContent = text; }, 50);
  };

  // --- parts that only make sense with JavaScript -----------------------------------------------------------------
  const prepare = (root) => {
    all("[data-close], [data-help]", root).forEach((node) => { node.hidden = false; });
    all("[data-autosubmit-button]", root).forEach((node) => { node.hidden = true; });
    all("[data-bulk]", root).forEach(countTicks);
    const problems = one("[data-problems]", root);
    if (problems && root !== document) problems.focus();
  };

  // --- bulk bar: appears with the first tick -----------------------------------------------------------------------
  function countTicks(form) {
    const boxes = all("tbody input[type=checkbox]", form);
    const ticked = boxes.filter((box) => box.checked);
    boxes.forEach((box) => box.closest("tr").classList.toggle("is-selected", box.checked));
    const bar = one(".bulk-bar", form);
    if (bar) {
      bar.hidden = ticked.length === 0;
      all("[data-bulk-count]", bar).forEach((node) => { node.textContent = String(ticked.length); });
    }
    const master = one("[data-tick-all]", form);
    if (master) {
      master.checked = boxes.length > 0 && ticked.length === boxes.length;
      master.indeterminate = ticked.length > 0 && ticked.length < boxes.length;
    }
  }

  document.addEventListener("change", (event) => {
    const form = event.target.closest && event.target.closest("[data-bulk]");
    if (!form) return;
    if (event.target.matches("[data-tick-all]")) {
      all("tbody input[type=checkbox]", form).forEach((box) => { box.checked = event.target.checked; });
    }
    countTicks(form);
  });

  // --- leaving a half-written form warns ------------------------------------------------------------------------
  const dirty = new Set();
  document.addEventListener("input", (event) => {
    const form = event.target.closest && event.target.closest("form[data-guard]");
    if (form) dirty.add(form);
  });
  document.addEventListener("submit", (event) => {
    dirty.delete(event.target);
    const button = event.submitter;
    if (event.target.method === "post" && button && !event.defaultPrevented) {
      if (event.target.dataset.sent) { event.preventDefault(); return; }   // a double click sends once
      event.target.dataset.sent = "yes";
      setTimeout(() => { delete event.target.dataset.sent; }, 4000);
    }
  });
  window.addEventListener("beforeunload", (event) => {
    for (const form of dirty) if (!form.isConnected) dirty.delete(form);
    if (dirty.size === 0) return;
    event.preventDefault();
    event.returnValue = document.body.dataset.leaveWarning || "";
  });
  window.addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => { delete form.dataset.sent; }));

  // --- rows by keyboard ------------------------------------------------------------------------------------------
  const rows = () => all("[data-rows] tbody tr, [data-rows] > li");
  const current = () => one(".is-current[data-row-current]");
  const step = (by) => {
    const list = rows();
    if (list.length === 0) return;
    const at = list.indexOf(current());
    const next = list[Math.max(0, Math.min(list.length - 1, at < 0 ? (by > 0 ? 0 : list.length - 1) : at + by))];
    list.forEach((row) => { row.classList.remove("is-current"); delete row.dataset.rowCurrent; });
    next.classList.add("is-current");
    next.dataset.rowCurrent = "yes";
    const link = one("a[href]", next);
    if (link) link.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  };

  // --- shortcuts ---------------------------------------------------------------------------------------------------
  let afterG = 0;
  const help = () => { const dialog = one("#shortcuts"); if (dialog && !dialog.open) dialog.showModal(); };
  const jump = (letter) => {
    const link = one(`a[data-key="g ${letter}"]`);
    if (link) link.click();
    return Boolean(link);
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeMenus(null);
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || one("dialog[open]")) return;
    if (event.timeStamp - afterG < 1200 && /^[a-z]$/.test(event.key) && jump(event.key)) { event.preventDefault(); afterG = 0; return; }
    if (event.key === "g") { afterG = event.timeStamp; return; }
    const find = one("#find, [data-find]");
    const acts = {
      "/": () => find && find.focus(),
      "?": help,
      j: () => step(1),
      k: () => step(-1),
      x: () => { const box = current() && one("input[type=checkbox]", current()); if (box) box.click(); },
    };
    if (acts[event.key]) { event.preventDefault(); acts[event.key](); }
    if (event.key === "Enter" && event.target === document.body && current()) {
      const link = one("a[href]", current());
      if (link) link.click();
    }
  });

  // --- menus, messages, colours, copies ----------------------------------------------------------------------------
  const closeMenus = (but) => all("details.menu[open]").forEach((menu) => {
    if (menu === but) return;
    const inside = menu.contains(document.activeElement);
    menu.open = false;
    if (inside) one("summary", menu).focus();
  });
  document.addEventListener("click", (event) => {
    const target = event.target;
    closeMenus(target.closest("details.menu"));
    if (target.closest("[data-close]")) target.closest(".notice").remove();
    if (target.closest("[data-help]")) { closeMenus(null); help(); }
    const copy = target.closest("[data-copy]");
    if (copy && navigator.clipboard) navigator.clipboard.writeText(copy.dataset.copy).then(() => say(copy.dataset.copied));
    const print = target.closest("[data-print]");
    if (print) window.print();
  });
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-theme-form]") || !event.submitter) return;
    event.preventDefault();                                  // change at once, and let the server remember it
    const chosen = event.submitter.value;
    document.documentElement.dataset.bsTheme = chosen;
    all("button", form).forEach((button) => { button.toggleAttribute("aria-pressed", false); });
    event.submitter.setAttribute("aria-pressed", "true");
    const body = new FormData(form);
    body.set("theme", chosen);
    try { await fetch(form.action, { method: "POST", body, redirect: "manual" }); } catch { say(one("#announce").dataset.offline); }
    closeMenus(null);
  }, true);

  // --- pages kept for work without network go with the session; what was not sent yet stays ----------------------------
  const forgetPages = async () => {
    if (!window.caches || !navigator.serviceWorker) return;
    for (const name of await caches.keys()) if (name.startsWith("tizilim-site:")) await caches.delete(name);
    for (const found of await navigator.serviceWorker.getRegistrations()) if (found.scope.endsWith("/site/")) await found.unregister();
  };
  document.addEventListener("submit", (event) => { if (event.target.action.endsWith("/logout/")) forgetPages(); });
  if (one("form[action$='/login/']")) forgetPages();

  // --- HTMX: say what changed, say when it failed --------------------------------------------------------------------
  const spoken = (key) => { const place = one("#announce"); if (place) say(place.dataset[key]); };
  document.addEventListener("htmx:afterSettle", (event) => {
    prepare(event.target);
    const label = event.target.dataset && event.target.dataset.announce;
    if (label) say(label); else spoken("updated");
  });
  document.addEventListener("htmx:configRequest", (event) => {       // empty filters stay out of the address
    const sent = event.detail.formData;
    if (event.detail.verb === "get" && sent) for (const [name, value] of Array.from(sent)) if (value === "") sent.delete(name);
  });
  document.addEventListener("htmx:responseError", (event) => { if (event.detail.xhr.status >= 500) spoken("failed"); });
  document.addEventListener("htmx:sendError", () => spoken("offline"));

  const start = () => {
    prepare(document);
    const problems = one("[data-problems]");
    if (problems) problems.focus();
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start); else start();
})();

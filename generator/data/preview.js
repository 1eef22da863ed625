// Keeps a page of the preview what it would be now: reloads it when it has changed, swaps style sheets without a reload,
// and shows what is wrong with the chronicle. `chronicle serve` adds this to what it shows; it is never published.
(function () {
  "use strict";
  var host = document.querySelector("chronicle-preview");
  var root = host.attachShadow({ mode: "open" });
  var sheets = JSON.parse(host.dataset.sheets);
  var place = "chronicle-preview:" + location.pathname;
  var line = null; // to the worker that all pages of a browser share, or to the server itself

  function made(name, text, kind) {
    var element = document.createElement(name);
    if (text) element.textContent = text;
    if (kind) element.className = kind;
    return element;
  }

  // ---- where the reader was: how far down, and which folded parts were open

  function folds() {
    var seen = {};
    return Array.from(document.querySelectorAll("details"), function (element) {
      var summary = element.querySelector("summary");
      var name = summary ? summary.textContent.trim().replace(/[\d\s]+/g, " ") : "";
      seen[name] = (seen[name] || 0) + 1;
      return { element: element, name: name + ":" + seen[name] };
    });
  }

  function keepPlace() {
    var open = {};
    folds().forEach(function (fold) { open[fold.name] = fold.element.open; });
    try {
      sessionStorage.setItem(place, JSON.stringify({ x: window.scrollX, y: window.scrollY, open: open }));
    } catch (e) {} // storage may be forbidden; then the browser's own memory must do
  }

  function findPlace() {
    try {
      var kept = JSON.parse(sessionStorage.getItem(place));
      sessionStorage.removeItem(place);
      if (!kept) return;
      folds().forEach(function (fold) { if (fold.name in kept.open) fold.element.open = kept.open[fold.name]; });
      var back = function () { window.scrollTo({ left: kept.x, top: kept.y, behavior: "instant" }); };
      back();
      if (document.readyState !== "complete") window.addEventListener("load", back);
    } catch (e) {}
  }

  // ---- style sheets: the new one stands beside the old one until it has loaded

  function swapSheet(link, address) {
    var fresh = link.cloneNode();
    fresh.href = address;
    fresh.addEventListener("load", function () { link.remove(); });
    fresh.addEventListener("error", function () { fresh.remove(); });
    link.after(fresh);
  }

  function swapSheets(now) {
    document.querySelectorAll('link[rel="stylesheet"]').forEach(function (link) {
      var path = decodeURIComponent(new URL(link.href).pathname).slice(1);
      if (now[path] && now[path] !== sheets[path]) swapSheet(link, "/" + encodeURI(path) + "?" + now[path]);
    });
    sheets = now;
  }

  // ---- problems

  function item(problem) {
    var li = made("li");
    li.append(made("b", problem.place), made("p", problem.message));
    if (problem.hint) li.append(made("p", problem.hint, "hint"));
    if (problem.frame) li.append(made("pre", problem.frame));
    return li;
  }

  function panel(state) {
    var section = made("section");
    var header = made("header");
    var list = made("ol");
    var button = made("button", "Hide");
    section.setAttribute("role", "alert");
    button.type = "button";
    button.addEventListener("click", function () {
      list.hidden = !list.hidden;
      button.textContent = list.hidden ? "Show" : "Hide";
    });
    header.append(made("h2", state.title), button);
    list.append.apply(list, state.problems.map(item));
    if (state.more) list.append(made("li", state.more));
    section.append(header, list);
    return section;
  }

  function show(state) {
    var old = root.querySelector("section");
    if (old) old.remove();
    if (state.problems.length) root.prepend(panel(state));
    host.toggleAttribute("data-quiet", !state.problems.length);
    warnings.textContent = state.warnings;
    warnings.hidden = !state.warnings;
  }

  // ---- the server

  function hear(text) {
    var state = JSON.parse(text);
    var version = state.versions[host.dataset.path];
    if (!version) return; // told to other pages alone: this one has just joined
    if (version !== host.dataset.version) {
      leave();
      keepPlace();
      location.reload();
      return;
    }
    swapSheets(state.sheets);
    show(state);
  }

  function join() {
    if (line) return;
    try {
      line = new SharedWorker("/-/worker.js").port;
      line.onmessage = function (message) { hear(message.data); };
      line.postMessage(host.dataset.path);
    } catch (e) { // no such workers here: then each page has a connection of its own
      line = new EventSource("/-/events?path=" + encodeURIComponent(host.dataset.path));
      line.onmessage = function (message) { hear(message.data); };
    }
  }

  function lookedAt() { // of very many pages, the worker asks for those that were looked at last
    if (document.visibilityState === "visible" && line && line.postMessage) line.postMessage(host.dataset.path);
  }

  function leave() {
    if (!line) return;
    if (line.postMessage) line.postMessage("");
    line.close();
    line = null;
  }

  var sheet = made("link");
  sheet.rel = "stylesheet";
  sheet.href = "/-/preview.css";
  var about = made("footer", host.dataset.made);
  var warnings = made("a");
  warnings.href = "/-/problems.html";
  warnings.hidden = true;
  about.append(warnings);
  root.append(sheet, about);
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", join);
  document.addEventListener("visibilitychange", lookedAt);
  findPlace();
  join();
})();

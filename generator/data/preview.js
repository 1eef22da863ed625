// Keeps a page of the preview what it would be now: reloads it when it has changed, swaps style sheets without a reload,
// and shows what is wrong with the chronicle. `chronicle serve` adds this to what it shows; it is never published.
(function () {
  "use strict";
  var host = document.querySelector("chronicle-preview");
  var root = host.attachShadow({ mode: "open" });
  var sheets = JSON.parse(host.dataset.sheets);
  var place = "chronicle-preview:" + location.pathname;
  var events = null;

  function made(name, text, kind) {
    var element = document.createElement(name);
    if (text) element.textContent = text;
    if (kind) element.className = kind;
    return element;
  }

  // ---- where the reader was

  function keepPlace() {
    try {
      sessionStorage.setItem(place, window.scrollX + " " + window.scrollY);
    } catch (e) {} // storage may be forbidden; then the browser's own memory must do
  }

  function findPlace() {
    try {
      var kept = sessionStorage.getItem(place);
      sessionStorage.removeItem(place);
      if (kept) window.scrollTo({ left: +kept.split(" ")[0], top: +kept.split(" ")[1], behavior: "instant" });
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
    if (state.problems.length) root.append(panel(state));
    host.toggleAttribute("data-quiet", !state.problems.length);
  }

  // ---- the server: a page that nobody sees lets go of its connection, as a browser has few for one server

  function follow() {
    if (events || document.hidden) return;
    events = new EventSource("/-/events?path=" + encodeURIComponent(host.dataset.path));
    events.onmessage = function (message) {
      var state = JSON.parse(message.data);
      if (state.version !== host.dataset.version) {
        rest();
        keepPlace();
        location.reload();
        return;
      }
      swapSheets(state.sheets);
      show(state);
    };
  }

  function rest() {
    if (events) events.close();
    events = null;
  }

  var sheet = made("link");
  sheet.rel = "stylesheet";
  sheet.href = "/-/preview.css";
  root.append(sheet, made("slot"));
  document.addEventListener("visibilitychange", function () { document.hidden ? rest() : follow(); });
  window.addEventListener("pagehide", rest);
  window.addEventListener("pageshow", follow);
  if (document.readyState === "complete") findPlace();
  else window.addEventListener("load", findPlace);
  follow();
})();

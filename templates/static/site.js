// Adds comfort, never content: a switch of colours, UTC on tap, a button that copies a citation.
(function () {
  "use strict";
  var root = document.documentElement;
  var system = window.matchMedia("(prefers-color-scheme: dark)");

  function dark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : system.matches;
  }

  function remember(theme) {
    try {
      if (theme) localStorage.setItem("theme", theme);
      else localStorage.removeItem("theme");
    } catch (e) {} // a browser may forbid storage to pages from a disk
  }

  function addSwitch(masthead) {
    var button = document.createElement("button");
    function name() {
      button.textContent = dark() ? masthead.dataset.light : masthead.dataset.dark;
    }
    button.type = "button";
    button.addEventListener("click", function () {
      var wanted = dark() ? "light" : "dark";
      var own = wanted !== (system.matches ? "dark" : "light");
      if (own) root.dataset.theme = wanted;
      else delete root.dataset.theme;
      remember(own && wanted);
      name();
    });
    system.addEventListener("change", name);
    name();
    masthead.append(button);
  }

  document.querySelectorAll(".masthead").forEach(addSwitch);

  document.addEventListener("click", function (event) {
    var time = event.target.closest("time[title]");
    if (time) time.toggleAttribute("data-open");
    var copy = event.target.closest("button[data-copy]");
    if (copy) navigator.clipboard.writeText(document.getElementById(copy.dataset.copy).textContent.trim());
  });

  document.querySelectorAll("button[data-copy]").forEach(function (button) {
    button.hidden = !(navigator.clipboard && window.isSecureContext);
  });
})();

// Before the first paint: the colour scheme the reader chose, if any. Loaded in <head> without defer.
try {
  var theme = localStorage.getItem("theme");
  if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
} catch (e) {}

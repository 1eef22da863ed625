// The one connection of a browser to the preview, which all its pages share: it asks for what they show, and tells each of them
// what it hears.
"use strict";
var MOST = 100; // pages that are asked for; the address of a question has a limit
var pages = new Map(); // the port of a page to its path
var events = null;
var asked = "";

function ask() {
  var paths = Array.from(new Set(Array.from(pages.values()).reverse())).slice(0, MOST).sort();
  var question = paths.map(function (path) { return "path=" + encodeURIComponent(path); }).join("&");
  if (question === asked) return;
  asked = question;
  if (events) events.close();
  events = question ? new EventSource("/-/events?" + question) : null;
  if (events) events.onmessage = tell;
}

function tell(message) {
  pages.forEach(function (path, port) { port.postMessage(message.data); });
}

self.onconnect = function (connected) {
  var port = connected.ports[0];
  port.onmessage = function (message) {
    if (message.data) pages.set(port, message.data);
    else pages.delete(port);
    if (message.data && asked.split("&").includes("path=" + encodeURIComponent(message.data))) asked = ""; // it is to hear now
    ask();
  };
};

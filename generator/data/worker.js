// The one connection of a browser to the preview, which all its pages share: it asks for what they show, and tells each of them
// what it hears.
"use strict";
var MOST = 6000; // letters of a question: the server takes no address that is much longer
var pages = new Map(); // the port of a page to its path, those last that were looked at last
var events = null;
var asked = "";

function asking() {
  var parts = [];
  var left = MOST;
  new Set(Array.from(pages.values()).reverse()).forEach(function (path) {
    var part = "path=" + encodeURIComponent(path);
    if (part.length >= left) return; // it will be asked for when it is looked at
    parts.push(part);
    left -= part.length + 1;
  });
  return parts.sort().join("&");
}

function ask() {
  var question = asking();
  if (question === asked) return;
  asked = question;
  if (events) events.close();
  events = question ? new EventSource("/-/events?" + question) : null;
  if (!events) return;
  events.onmessage = tell;
  events.onerror = function () { // refused, by another server at this port, say: a browser would not ask again
    if (this !== events || this.readyState !== EventSource.CLOSED) return;
    asked = "";
    setTimeout(ask, 1000);
  };
}

function tell(message) {
  pages.forEach(function (path, port) { port.postMessage(message.data); });
}

self.onconnect = function (connected) {
  var port = connected.ports[0];
  port.onmessage = function (message) {
    var isNew = !pages.has(port);
    pages.delete(port);
    if (message.data) pages.set(port, message.data);
    if (message.data && isNew && asked.split("&").includes("path=" + encodeURIComponent(message.data))) asked = ""; // it is to hear now
    ask();
  };
};

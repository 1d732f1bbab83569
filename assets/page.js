// Before the page comes alive: its language, the visitor's time zone, a storage, and what a sign-out leaves behind.
(function () {
  var isEnglish = /^\/en(\/|$)/.test(location.pathname);
  document.documentElement.lang = isEnglish ? "en" : "el";
  try {
    var zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
    document.cookie = "dimoslive_zone=" + encodeURIComponent(zone) + "; path=/; SameSite=Lax" +
      (location.protocol === "https:" ? "; Secure" : "");
  } catch (error) { /* Greek time is shown, which is right for most. */ }

  // A frame that could open no window led the whole tab here: who has booked is led back to the page that was around it.
  var back = /[?&]back=(https%3A%2F%2F[a-z0-9.-]+(?:%3A[0-9]+)?)(?:&|$)/i.exec(location.search);
  if (back) {
    document.cookie = "dimoslive_back=" + back[1] + "; path=/; max-age=7200; SameSite=Lax" +
      (location.protocol === "https:" ? "; Secure" : "");
  }

  // Where cookies are blocked, in a frame or everywhere, the mere reading of a storage throws, and the pages' framework
  // reads it unguarded: then there is one that lasts as long as the page.
  function storage() {
    var kept = new Map();
    return {
      get length() { return kept.size; },
      key: function (index) { return Array.from(kept.keys())[index] || null; },
      getItem: function (name) { return kept.has(String(name)) ? kept.get(String(name)) : null; },
      setItem: function (name, value) { kept.set(String(name), String(value)); },
      removeItem: function (name) { kept.delete(String(name)); },
      clear: function () { kept.clear(); }
    };
  }
  ["localStorage", "sessionStorage"].forEach(function (name) {
    try { window[name].getItem(""); } catch (error) {
      Object.defineProperty(window, name, { value: storage(), configurable: true });
    }
  });

  // The tab's token goes with the person: whoever sits down next begins with one of their own.
  document.addEventListener("submit", function (event) {
    var action = event.target.getAttribute("action") || "";
    if (/^\/auth\/(staff\/)?sign-out$/.test(action)) {
      try { sessionStorage.removeItem("token"); } catch (error) { /* Then there was none. */ }
    }
  });

  // Said before the page's connection is cut, for what would go with it: whoever listens first is asked first.
  ["beforeunload", "pagehide"].forEach(function (end) {
    window.addEventListener(end, function () { document.dispatchEvent(new Event("goesaway")); });
  });

  // A step in the history is the page's, if it says so, before it is the router's: that one listens from its start on.
  window.addEventListener("popstate", function (event) {
    if (!document.dispatchEvent(new Event("historystep", { cancelable: true }))) event.stopImmediatePropagation();
  });

  // A page that the browser kept as it was may be somebody else's by now: it is shown only when it has loaded again.
  window.addEventListener("pagehide", function (event) {
    if (event.persisted) document.documentElement.style.visibility = "hidden";
  });
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) location.reload();
  });
})();

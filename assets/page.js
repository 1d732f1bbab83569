// Before the page comes alive: its language, the visitor's time zone, and arrow keys in the month grid.
(function () {
  var isEnglish = /^\/en(\/|$)/.test(location.pathname);
  document.documentElement.lang = isEnglish ? "en" : "el";
  try {
    var zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
    document.cookie = "dimoslive_zone=" + encodeURIComponent(zone) + "; path=/; SameSite=Lax" +
      (location.protocol === "https:" ? "; Secure" : "");
  } catch (error) { /* Greek time is shown, which is right for most. */ }

  var steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
  document.addEventListener("keydown", function (event) {
    var step = steps[event.key];
    var grid = step && event.target.closest && event.target.closest("[data-arrow-keys]");
    if (!grid || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    var cells = Array.prototype.slice.call(grid.querySelectorAll("td"));
    var at = cells.indexOf(event.target.closest("td"));
    for (at += step; at >= 0 && at < cells.length; at += step) {
      var day = cells[at].querySelector("button:not(:disabled)");
      if (day) { day.focus(); event.preventDefault(); return; }
    }
  });
})();

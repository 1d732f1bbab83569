// Before the page comes alive: its language and the visitor's time zone.
(function () {
  var isEnglish = /^\/en(\/|$)/.test(location.pathname);
  document.documentElement.lang = isEnglish ? "en" : "el";
  try {
    var zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
    document.cookie = "dimoslive_zone=" + encodeURIComponent(zone) + "; path=/; SameSite=Lax" +
      (location.protocol === "https:" ? "; Secure" : "");
  } catch (error) { /* Greek time is shown, which is right for most. */ }
})();

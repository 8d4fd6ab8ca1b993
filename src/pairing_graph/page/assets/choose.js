// Of several notices in one file the one that the address names (?n=12), else the first.
(() => {
  const asked = new URLSearchParams(location.search).get("n");
  const all = [...document.querySelectorAll("script[data-notice]")];
  const chosen = all.find((one) => one.dataset.notice === asked) ?? all[0];
  chosen.id = "payload";
  document.title = chosen.dataset.title;
})();

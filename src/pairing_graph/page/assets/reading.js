// reading.html: the documents alone; an address behind # is where it begins.

function startReading() {
  const payload = JSON.parse(byId("payload").textContent);
  const words = createWords(payload, createStore({ lang: payload.lang }));
  const source = createSource(byId("source"), payload.source, words);
  const follow = () => {
    let address = location.hash.slice(1);
    try { address = decodeURIComponent(address); } catch { /* a link that was cut is taken as it is */ }
    if (address) source.show(address.replace(/^at-/, ""));
  };
  window.addEventListener("hashchange", follow);
  follow();
  window.pairingReading = { source, ready: true };
}

startReading();

// The page in a frame of its own, so that its ids, styles and policy touch nothing of the notebook. The page says what is
// chosen on it, and gets what was chosen elsewhere; both sides take messages for data that may be anything.

function render({ model, el }) {
  const traits = model.get("_shared");
  const frame = document.createElement("iframe");
  frame.className = "pairing-graph-page";
  frame.setAttribute("sandbox", "allow-scripts allow-downloads");
  frame.setAttribute("allow", "fullscreen; clipboard-write");
  frame.style.cssText = "width: 100%; border: 1px solid #D5D8DC; box-sizing: border-box";
  frame.height = model.get("height");
  frame.srcdoc = model.get("_page");

  // What page and kernel have both last heard of: nothing is said twice, and no answer of the kernel undoes a later choice.
  let known = {};

  function send() {
    const state = {};
    for (const [name, trait] of Object.entries(traits)) {
      const value = model.get(trait);
      const text = JSON.stringify(value);
      if (known[name] !== text) state[name] = value;
      known[name] = text;
    }
    if (Object.keys(state).length) frame.contentWindow?.postMessage({ pairingGraph: "set", state }, "*");
  }

  function take(state) {
    for (const [name, trait] of Object.entries(traits)) {
      if (!Object.hasOwn(state, name)) continue;
      known[name] = JSON.stringify(state[name]);
      model.set(trait, state[name]);
    }
    model.save_changes();
  }

  function receive({ source, data }) {
    if (!source || source !== frame.contentWindow || typeof data !== "object" || data === null) return;
    if (data.pairingGraph === "ready") {
      known = {};
      send();
    } else if (data.pairingGraph === "state" && typeof data.state === "object" && data.state !== null) take(data.state);
  }

  const resize = () => { frame.height = model.get("height"); };
  const changes = Object.values(traits).map((trait) => `change:${trait}`);
  window.addEventListener("message", receive);
  for (const change of changes) model.on(change, send);
  model.on("change:height", resize);
  el.append(frame);
  return () => {
    window.removeEventListener("message", receive);
    for (const change of changes) model.off(change, send);
    model.off("change:height", resize);
  };
}

export default { render };

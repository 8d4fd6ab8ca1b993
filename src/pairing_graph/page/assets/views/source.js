// The tab 原文: the notice's own tables, drawn when they are first asked for.

// `mount(host)` puts the component into a host, a tab or the drawer, and keeps the place in the text; `show(addresses)`
// leads to cells of it.
function createSourceView(payload, words, onPick) {
  let source = null;

  function mount(host) {
    if (!source) source = createSource(host, payload.source, words, { onPick });
    else if (source.root.parentElement !== host) {
      const { scrollTop } = source.body;
      host.append(source.root);
      source.body.scrollTop = scrollTop;
    }
    return source;
  }

  return {
    mount, show: (addresses) => source?.show(addresses) ?? false, redraw: () => source?.redraw(),
    empty: !payload.source.documents.length, addresses: () => source?.addresses() ?? [],
  };
}

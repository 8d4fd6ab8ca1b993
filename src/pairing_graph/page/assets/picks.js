// What a cell of the source means on the page: its task, else the units that are named in it.

function createPicks(payload, model, words, select) {
  let byAddress = null;

  function collect() {
    byAddress = { exact: new Map(), cell: new Map() };
    const add = (table, address, id, place = 0) => {
      if (!table.has(address)) table.set(address, new Map());
      const places = table.get(address);
      places.set(id, Math.min(place, places.get(id) ?? Infinity));
    };
    const note = (numbers, id) => (numbers ?? []).forEach((number) => {
      const { address } = payload.cells[number];
      add(byAddress.exact, address, id);
      add(byAddress.cell, cellOf(address), id, Number(/(\d+)(?:-\d+)?$/.exec(address)?.[1] ?? 0));
    });
    for (const node of model.nodes) note(node.cells, node.id);
    for (const edge of model.edges) {
      if (edge.relation === "assigned" || edge.relation === "linked") { note(edge.cells, edge.from); note(edge.inherited, edge.from); }
      if (edge.relation === "part_of" || edge.relation === "aims_at") note(edge.cells, edge.to);
      if (edge.relation === "paired") {
        // One address for each side; one that has both names both.
        const sides = edge.cells?.length === 2 ? [[[edge.cells[0]], edge.from], [[edge.cells[1]], edge.to]] : [[edge.cells, edge.from], [edge.cells, edge.to]];
        for (const [numbers, id] of sides) note(numbers, id);
      }
    }
  }

  const ORDER = ["task", "other", "unit", "area", "target"];

  // The first kind of what is cited there that has any: a task rather than the amounts in it. In the order of the cell.
  function found(address) {
    if (!byAddress) collect();
    const ids = byAddress.exact.get(address) ?? byAddress.cell.get(cellOf(address)) ?? new Map();
    const inOrder = [...ids.keys()].sort((a, b) => ids.get(a) - ids.get(b) || a - b);
    const kinds = ORDER.map((type) => inOrder.filter((id) => model.nodes[id].type === type));
    return kinds.find((list) => list.length) ?? [];
  }

  function pick(address) {
    const ids = found(address);
    if (ids.length === 1) select({ type: "node", id: ids[0] });
    if (ids.length < 2) return [];
    return ids.map((id) => ({ text: model.nodes[id].type === "unit" ? model.nodes[id].node : model.nodes[id].label, choose: () => select({ type: "node", id }) }));
  }

  return { found, pick };
}

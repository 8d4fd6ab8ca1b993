// Loads of what is shown, counted as the measures count the whole: a task is answered for by its leads, else by its responsible units.

function createLoads(payload, model) {
  const shares = new Map();
  for (const task of model.nodes) if (model.isTask(task)) shareOut(model.incident[task.id].filter((edge) => edge.relation === "assigned"));

  // What each answerable unit of a task carries of it, and whether it is listed first in its region.
  function shareOut(assigned) {
    const leads = assigned.filter((edge) => edge.kind === "lead");
    const answerable = leads.length ? leads : assigned.filter((edge) => edge.kind === "responsible");
    const regions = new Map();
    for (const edge of answerable) {
      const region = model.nodes[edge.from].data.region ?? "";
      if (!regions.has(region)) regions.set(region, []);
      regions.get(region).push(edge);
    }
    for (const edges of regions.values()) {
      const units = new Set(edges.map((edge) => edge.from)).size;
      const first = Math.min(...edges.map((edge) => edge.data?.rank ?? Infinity));
      for (const edge of edges) shares.set(edge.id, { share: 1 / units, first: edge.data?.rank === first });
    }
  }

  // Counts by unit over the edges that are given.
  function count(edges) {
    const found = new Map();
    const of = (id) => {
      if (!found.has(id)) found.set(id, { tasks: new Set(), areas: new Set(), targets: new Set(), partners: new Set(), listed_first: new Set(), shares: new Map(), pairings: 0, roles: {} });
      return found.get(id);
    };
    for (const edge of edges) {
      if (edge.relation === "paired") {
        for (const id of [edge.from, edge.to]) {
          of(id).pairings += 1;
          of(id).partners.add(model.other(edge, id).id);
        }
      }
      if (edge.relation !== "assigned") continue;
      const own = of(edge.from);
      own.tasks.add(edge.to);
      (own.roles[edge.kind] ??= new Set()).add(edge.to);
      const share = shares.get(edge.id);
      if (!share) continue;
      if (share.first) own.listed_first.add(edge.to);
      own.shares.set(edge.to, share.share);
      if (model.areaOf.has(edge.to)) own.areas.add(model.areaOf.get(edge.to));
      for (const { relation, id } of model.incident[edge.to]) if (relation === "aims_at") own.targets.add(id);
    }
    return new Map([...found].map(([id, own]) => [id, asNumbers(own)]));
  }

  function asNumbers({ tasks, areas, targets, partners, listed_first, shares: parts, pairings, roles }) {
    const sum = [...parts.values()].reduce((total, share) => total + share, 0);
    const counts = { tasks: tasks.size, areas: areas.size, targets: targets.size, partners: partners.size, pairings, listed_first: listed_first.size, fractional: Math.round(sum * 1e4) / 1e4 };
    for (const role of ROLES) counts[role] = roles[role]?.size ?? 0;
    return counts;
  }

  return { count };
}

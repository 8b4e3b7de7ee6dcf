/**
 * Breadth-first search from both ends over numbered entities and relations, relations walked either way.
 *
 * Invariant: both searches are whole up to their depth, so when they first meet, every shortest route passes through
 * an entity that both have reached, and no step taken back from there leads nowhere.
 */

/** Relations as columns: numbers of their ends, and how sure each is. */
export interface Ends {
  /** Number of entities. */
  readonly size: number;
  readonly head: Int32Array;
  readonly tail: Int32Array;
  readonly confidence: Float64Array;
}

/** At most `count` routes of the fewest relations, at most `maxHops`, that differ in their entities; as relation numbers. */
export function shortestRoutes(
  ends: Ends,
  start: number,
  target: number,
  count: number,
  maxHops: number,
): number[][] {
  const touching = touchingOf(ends);
  const fromStart = openSearch(ends.size, start);
  const fromTarget = openSearch(ends.size, target);
  let meeting: number[] = [];
  while (meeting.length === 0) {
    const nearer = fromStart.frontier.length <= fromTarget.frontier.length ? fromStart : fromTarget;
    const other = nearer === fromStart ? fromTarget : fromStart;
    if (nearer.frontier.length === 0 || nearer.depth + other.depth >= maxHops) return [];
    spread(ends, touching, nearer);
    meeting = nearer.frontier.filter((entity) => other.distance[entity] !== -1);
  }
  // The last step was of one search: where it met, the other is at its own depth or less; only the nearest count.
  const hops = (entity: number): number =>
    (fromStart.distance[entity] as number) + (fromTarget.distance[entity] as number);
  const least = Math.min(...meeting.map(hops));
  const routes: number[][] = [];
  for (const entity of meeting.filter((one) => hops(one) === least).sort((a, b) => a - b)) {
    for (const before of back(ends, touching, fromStart.distance, entity)) {
      for (const after of back(ends, touching, fromTarget.distance, entity)) {
        routes.push([...before.toReversed(), ...after]);
        if (routes.length >= count) return routes;
      }
    }
  }
  return routes;
}

interface Search {
  /** Steps to each entity, -1 where it was not reached. */
  readonly distance: Int32Array;
  frontier: number[];
  depth: number;
}

function openSearch(size: number, from: number): Search {
  const distance = new Int32Array(size).fill(-1);
  distance[from] = 0;
  return { distance, frontier: [from], depth: 0 };
}

function spread(ends: Ends, touching: Touching, search: Search): void {
  const next: number[] = [];
  search.depth += 1;
  for (const entity of search.frontier)
    for (const relation of touching(entity)) {
      const other = otherEnd(ends, relation, entity);
      if (search.distance[other] !== -1) continue;
      search.distance[other] = search.depth;
      next.push(other);
    }
  search.frontier = next;
}

/** Routes from an entity back to where a search began, as relations from the entity on. */
function* back(ends: Ends, touching: Touching, distance: Int32Array, entity: number): Generator<number[]> {
  const steps = distance[entity] as number;
  if (steps === 0) {
    yield [];
    return;
  }
  const surest = new Map<number, number>();
  for (const relation of touching(entity)) {
    const other = otherEnd(ends, relation, entity);
    if (distance[other] !== steps - 1) continue;
    const known = surest.get(other);
    if (known === undefined || (ends.confidence[relation] as number) > (ends.confidence[known] as number))
      surest.set(other, relation);
  }
  for (const [other, relation] of surest)
    for (const rest of back(ends, touching, distance, other)) yield [relation, ...rest];
}

function otherEnd({ head, tail }: Ends, relation: number, entity: number): number {
  return (head[relation] === entity ? tail[relation] : head[relation]) as number;
}

/** Numbers of the relations that leave or reach an entity, in order. */
type Touching = (entity: number) => Int32Array;

function touchingOf({ size, head, tail }: Ends): Touching {
  const from = new Int32Array(size + 2);
  const count = (entity: number): void => {
    from[entity + 2] = (from[entity + 2] as number) + 1;
  };
  const isLoop = (relation: number): boolean => head[relation] === tail[relation];
  for (let relation = 0; relation < head.length; relation++) {
    if (isLoop(relation)) continue;
    count(head[relation] as number);
    count(tail[relation] as number);
  }
  for (let entity = 2; entity < from.length; entity++)
    from[entity] = (from[entity] as number) + (from[entity - 1] as number);
  const relations = new Int32Array(head.length * 2);
  const add = (entity: number, relation: number): void => {
    const at = from[entity + 1] as number;
    relations[at] = relation;
    from[entity + 1] = at + 1;
  };
  for (let relation = 0; relation < head.length; relation++) {
    if (isLoop(relation)) continue;
    add(head[relation] as number, relation);
    add(tail[relation] as number, relation);
  }
  return (entity) => relations.subarray(from[entity], from[entity + 1]);
}

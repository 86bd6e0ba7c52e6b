/**
 * How flows that ship with Homeroom come into a user's own, and are brought up to date there. Pure. Rules:
 * - a piece is a tab or a subflow with what is on it, or a configuration node by itself;
 * - a piece that nobody changed since it came is replaced by its new version, or goes if there is none any more;
 * - a piece that somebody changed stays as it is, and one that somebody removed stays away;
 * - where a node of ours would have the id of one of theirs, ours stays out.
 */

/** A node of a flow file, as far as it matters here. */
export interface FlowNode {
  readonly id: string;
  readonly type: string;
  /** The tab or subflow that it is on. */
  readonly z?: string | undefined;
}

/** What was put there, by the id of the piece: the fingerprint it had. */
export type Shipped = Readonly<Record<string, string>>;

export interface UpgradeRequest {
  readonly own: readonly FlowNode[];
  readonly shippedBefore: Shipped;
  readonly ours: readonly FlowNode[];
  /** @returns what tells two versions of a piece apart */
  readonly fingerprint: (nodes: readonly FlowNode[]) => string;
}

export interface Upgraded {
  readonly nodes: readonly FlowNode[];
  readonly shipped: Shipped;
  /** Ids of pieces, for the log. */
  readonly added: readonly string[];
  readonly replaced: readonly string[];
  readonly removed: readonly string[];
  readonly keptAsChanged: readonly string[];
}

type Pieces = ReadonlyMap<string, readonly FlowNode[]>;

/** @returns the flows with what is new in ours */
export function upgradeFlows({ own, shippedBefore, ours, fingerprint }: UpgradeRequest): Upgraded {
  const [ownPieces, ourPieces] = [piecesOf(own), piecesOf(ours)];
  const result = new Map(ownPieces);
  const shipped: Record<string, string> = {};
  const told = { added: [], replaced: [], removed: [], keptAsChanged: [] } as Record<
    'added' | 'replaced' | 'removed' | 'keptAsChanged',
    string[]
  >;
  for (const [id, nodes] of ourPieces) {
    const before = shippedBefore[id];
    const there = ownPieces.get(id);
    const now = fingerprint(nodes);
    shipped[id] = now;
    if (before === undefined) {
      if (there || clashes(nodes, own)) continue;
      result.set(id, nodes);
      told.added.push(id);
    } else if (there && before !== now) {
      if (fingerprint(there) === now) continue;
      if (fingerprint(there) === before) {
        result.set(id, nodes);
        told.replaced.push(id);
      } else told.keptAsChanged.push(id);
    }
  }
  for (const [id, before] of Object.entries(shippedBefore)) {
    const there = ownPieces.get(id);
    if (ourPieces.has(id) || !there || fingerprint(there) !== before) continue;
    result.delete(id);
    told.removed.push(id);
  }
  return { nodes: [...result.values()].flat(), shipped, ...told };
}

/** @returns the pieces by id, in the order of the file, each with its own node first */
function piecesOf(nodes: readonly FlowNode[]): Pieces {
  const pieces = new Map<string, FlowNode[]>();
  for (const node of nodes) if (!node.z) pieces.set(node.id, [node]);
  for (const node of nodes) {
    if (!node.z) continue;
    const piece = pieces.get(node.z);
    if (piece) piece.push(node);
    else pieces.set(node.z, [node]);
  }
  return pieces;
}

function clashes(nodes: readonly FlowNode[], own: readonly FlowNode[]): boolean {
  const taken = new Set(own.map(({ id }) => id));
  return nodes.some(({ id }) => taken.has(id));
}

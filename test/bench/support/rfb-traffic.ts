/** What a desktop says on a lively day: updates of a typed letter, a menu, a scrolled window, a whole screen. */
export interface UpdateKind {
  /** Of all updates. */
  readonly share: number;
  readonly minBytes: number;
  readonly maxBytes: number;
}

const updateKinds: readonly UpdateKind[] = [
  { share: 0.6, minBytes: 100, maxBytes: 2_000 },
  { share: 0.25, minBytes: 2_000, maxBytes: 20_000 },
  { share: 0.12, minBytes: 20_000, maxBytes: 100_000 },
  { share: 0.03, minBytes: 150_000, maxBytes: 600_000 },
];

/**
 * Updates as Xvnc writes them (RFC 6143, 7.6.1, in ZRLE's frame), one buffer each. Their pixels are noise,
 * as compressed pixels are; their sizes are the same in every run.
 *
 * @param totalBytes how much they are together
 */
export function recordedUpdates(totalBytes: number): Buffer[] {
  const random = seededRandom(1);
  const updates: Buffer[] = [];
  for (let left = totalBytes; left > 0; ) {
    const update = Buffer.alloc(Math.min(left, updateBytes(random)));
    for (let at = 0; at + 4 <= update.length; at += 4) update.writeUInt32LE(random() * 2 ** 32, at);
    writeHead(update);
    updates.push(update);
    left -= update.length;
  }
  return updates;
}

function updateBytes(random: () => number): number {
  let at = random();
  const kind = updateKinds.find(({ share }) => {
    at -= share;
    return at < 0;
  });
  const { minBytes, maxBytes } = kind ?? { minBytes: 100, maxBytes: 100 };
  return Math.round(minBytes + random() * (maxBytes - minBytes));
}

/** FramebufferUpdate of one rectangle in ZRLE, as far as there is room for it. */
function writeHead(update: Buffer): void {
  const head = Buffer.alloc(20);
  head.writeUInt16BE(1, 2);
  head.writeUInt16BE(1280, 8);
  head.writeUInt16BE(720, 10);
  head.writeInt32BE(16, 12);
  head.writeUInt32BE(Math.max(0, update.length - head.length), 16);
  head.copy(update);
}

/** A linear congruential generator (Numerical Recipes): poor chance, but the same for everybody. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

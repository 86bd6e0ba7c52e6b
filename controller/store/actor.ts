/** Who asks for a change: written to the audit log, never used to decide whether it is allowed. */
export interface Actor {
  /** Null for Homeroom itself. */
  readonly userId: string | null;
  readonly username: string;
  /** The network address that the request came from. */
  readonly address: string | null;
}

/** Homeroom itself: reconcilers, sweepers, the first start. */
export const systemActor: Actor = { userId: null, username: 'homeroom', address: null };

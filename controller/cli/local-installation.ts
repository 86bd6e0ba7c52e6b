import type { Config } from '../config-keys.ts';

/** A controller of this machine, whether it runs or not. */
export interface LocalInstallation {
  readonly config: Config;
  /** Absolute. */
  readonly dataDir: string;
  /** The controller's own folder, in it. */
  readonly ownDir: string;
  /** Of the Homeroom that this command belongs to. */
  readonly version: string;
  /** The Node that runs this. */
  readonly nodeVersion: string;
  /** Whether owners of files can be set. */
  readonly isRoot: boolean;
}

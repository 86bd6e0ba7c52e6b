import type { Logger } from 'pino';

/** One embedded server's place on disk, and how it is to be run there. */
export interface ServerPlace {
  /** The folder of the socket and of the log. */
  readonly parent: string;
  readonly dataFolder: string;
  readonly isDurable: boolean;
  readonly logger: Logger;
}

/** A server that answers. */
export interface RunningServer {
  readonly pid: number;
  readonly socketFolder: string;
  /** Whether it ran before it was asked for. */
  readonly adopted: boolean;
}

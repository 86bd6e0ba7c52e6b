declare module 'node-cec' {
  import type { ChildProcessWithoutNullStreams } from 'node:child_process';
  import type { EventEmitter } from 'node:events';

  /** Wraps `cec-client`; version 0.1.2 has no types of its own. */
  class NodeCec extends EventEmitter {
    constructor(osdName?: string);
    client: ChildProcessWithoutNullStreams;
    start(program: string, ...args: string[]): void;
    stop(): void;
    send(line: string): boolean;
  }

  /** CommonJS: Node does not see its names, so they are reached through `default`. */
  const nodeCec: { readonly NodeCec: typeof NodeCec };
  export = nodeCec;
}

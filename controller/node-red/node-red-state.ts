/**
 * Where Node-RED stands:
 * - `starting`: its process runs, and does not answer yet;
 * - `running`: it answers;
 * - `safe`: it answers, with its flows stopped, because they ended it again and again;
 * - `waiting`: it ended by itself, and is started again soon;
 * - `stopped`: it is not to run.
 */
export type NodeRedPhase = 'starting' | 'running' | 'safe' | 'waiting' | 'stopped';

/** What is told of Node-RED on `/readyz`. Whatever it is, the controller is ready without it. */
export interface NodeRedState {
  readonly phase: NodeRedPhase;
  /** A sentence, where there is something to know. */
  readonly reason: string | null;
  /** How often it has ended by itself since the controller started. */
  readonly ends: number;
  readonly memoryMiB: number | null;
}

/** @returns what does not work, although the controller is ready; empty when everything does */
export function degradedBy({ phase, reason }: NodeRedState): string[] {
  if (phase === 'running' || phase === 'stopped') return [];
  return [`Node-RED is ${phase}${reason === null ? '' : `: ${reason}`}`];
}

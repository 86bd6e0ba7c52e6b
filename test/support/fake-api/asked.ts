import type { Caller } from './caller.ts';
import type { Classroom } from './classroom.ts';

/** A request to the fake controller. */
export interface Asked {
  readonly classroom: Classroom;
  readonly caller: Caller;
  readonly id: string;
  readonly body: Record<string, unknown>;
  readonly query: URLSearchParams;
}

/** Answers a request; what it throws as a Refusal becomes a problem document. */
export type FakeRoute = (asked: Asked) => unknown;

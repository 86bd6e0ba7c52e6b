import type { Host } from '@homeroom/protocol/wire';
import type { Happening } from './happening.ts';

/** @returns which desktops ended by themselves between two looks; one that was stopped is simply gone. */
export function hostEvents(before: Host, after: Host): Happening[] {
  const hadEnded = new Set(
    before.desktops.filter(({ state }) => state === 'ended').map(({ desktop }) => desktop),
  );
  return after.desktops
    .filter(({ desktop, state }) => state === 'ended' && !hadEnded.has(desktop))
    .map(({ desktop, error }) => ({
      name: 'desktop.ended',
      message: (error ? `a desktop ended: ${error.message}` : 'a desktop ended').slice(0, 200),
      details: { desktop, ...(error && { code: error.code }) },
    }));
}

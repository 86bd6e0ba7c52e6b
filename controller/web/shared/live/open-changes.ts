import type { Change } from '@homeroom/protocol';
import { type ChangeSource, LiveChanges } from './live-changes.ts';

/** @returns the page's stream of changes, from `GET /api/v1/events`; not yet started. */
export function openChanges(): LiveChanges {
  return new LiveChanges({
    open: eventSource,
    schedule: (run, delayMs) => {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
    chance: Math.random,
  });
}

function eventSource(): ChangeSource {
  const events = new EventSource('/api/v1/events');
  const source: ChangeSource = { onopen: null, onerror: null, onchange: null, close: () => events.close() };
  events.onopen = () => source.onopen?.();
  events.onerror = () => source.onerror?.();
  events.addEventListener('change', (event) => source.onchange?.(JSON.parse(event.data) as Change));
  return source;
}

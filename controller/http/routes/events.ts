import type { LiveEvents } from '../events/live-events.ts';
import { type Route, route } from '../route.ts';

/** Live pages. */
export function eventRoutes(events: LiveEvents): Route[] {
  return [
    route('GET /events', {
      access: 'viewer',
      summary: 'Server-sent events: what changed, of what this caller may see.',
      mediaTypes: ['text/event-stream'],
      handle: async ({ caller }) => {
        const place = events.reserve(caller);
        return { takeOver: (response) => place.open(response) };
      },
    }),
  ];
}

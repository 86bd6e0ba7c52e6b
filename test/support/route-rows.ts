import { LiveEvents } from '@homeroom/controller/http/events/live-events.ts';
import type { Route } from '@homeroom/controller/http/route.ts';
import { routeTable } from '@homeroom/controller/http/route-table.ts';
import { pino } from 'pino';
import { fakeServices } from '../integration/http/support/fake-services.ts';

/** The route table, for tests that walk over it; nothing behind it is called. */
export function routeRows(): Route[] {
  const services = fakeServices();
  const changes = { announce: () => undefined, subscribe: () => () => undefined };
  const { sessions, devices, roomAccess } = services;
  return routeTable(
    services,
    new LiveEvents({ changes, sessions, devices, roomAccess, logger: pino({ level: 'silent' }) }),
  );
}

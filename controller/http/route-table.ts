import type { LiveEvents } from './events/live-events.ts';
import type { Route } from './route.ts';
import { deviceRoutes } from './routes/devices.ts';
import { enrolmentRoutes } from './routes/enrolment.ts';
import { eventRoutes } from './routes/events.ts';
import { kioskRoutes } from './routes/kiosk.ts';
import { loadTestRoutes } from './routes/load-tests.ts';
import { recordRoutes } from './routes/records.ts';
import { roomRoutes } from './routes/rooms.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { signInRoutes } from './routes/sign-in.ts';
import { statusRoutes } from './routes/status.ts';
import { userRoutes } from './routes/users.ts';
import type { Services } from './services.ts';

/** Every route below `/api/v1`: the server registers them, tests and docs walk over them. */
export function routeTable(services: Services, events: LiveEvents): Route[] {
  return [
    ...signInRoutes(services),
    ...kioskRoutes(services),
    ...recordRoutes(services),
    ...userRoutes(services),
    ...roomRoutes(services),
    ...deviceRoutes(services),
    ...sessionRoutes(services),
    ...enrolmentRoutes(services),
    ...eventRoutes(events),
    ...loadTestRoutes(services),
    ...statusRoutes(services),
  ];
}

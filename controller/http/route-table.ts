import type { LiveEvents } from './events/live-events.ts';
import type { Route } from './route.ts';
import { attentionRoutes } from './routes/attention.ts';
import { auditRoutes } from './routes/audit.ts';
import { broadcastRoutes } from './routes/broadcasts.ts';
import { classRunRoutes } from './routes/class-runs.ts';
import { deviceRoutes } from './routes/devices.ts';
import { enrolmentRoutes } from './routes/enrolment.ts';
import { eventRoutes } from './routes/events.ts';
import { fileRoundRoutes } from './routes/file-rounds.ts';
import { findingRoutes } from './routes/findings.ts';
import { groupRoutes } from './routes/groups.ts';
import { guestRoutes } from './routes/guests.ts';
import { hdmiSwitchRoutes } from './routes/hdmi-switches.ts';
import { hostFileRoutes } from './routes/host-files.ts';
import { kioskRoutes } from './routes/kiosk.ts';
import { lessonRoutes } from './routes/lessons.ts';
import { loadTestRoutes } from './routes/load-tests.ts';
import { oidcRoutes } from './routes/oidc.ts';
import { poolRoutes } from './routes/pools.ts';
import { quotaRoutes } from './routes/quotas.ts';
import { recordRoutes } from './routes/records.ts';
import { relayRoutes } from './routes/relays.ts';
import { roomRoutes } from './routes/rooms.ts';
import { seatPowerRoutes } from './routes/seat-power.ts';
import { secondStepRoutes } from './routes/second-step.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { signInRoutes } from './routes/sign-in.ts';
import { statusRoutes } from './routes/status.ts';
import { streamTicketRoutes } from './routes/stream-tickets.ts';
import { tokenRoutes } from './routes/tokens.ts';
import { userImportRoutes } from './routes/user-import.ts';
import { userRoutes } from './routes/users.ts';
import { wallRoutes } from './routes/wall.ts';
import { areasOf } from './scope-guard.ts';
import type { Services } from './services.ts';

/** Every route below `/api/v1`: the server registers them, tests and docs walk over them. */
export function routeTable(services: Services, events: LiveEvents): Route[] {
  const table: Route[] = [
    ...signInRoutes(services),
    ...oidcRoutes(services),
    ...kioskRoutes(services),
    ...guestRoutes(services),
    ...recordRoutes(services),
    ...poolRoutes(services),
    ...userRoutes(services),
    ...userImportRoutes(services),
    ...groupRoutes(services),
    ...secondStepRoutes(services),
    ...tokenRoutes(services, () => areasOf(table)),
    ...roomRoutes(services),
    ...relayRoutes(services),
    ...hdmiSwitchRoutes(services),
    ...seatPowerRoutes(services),
    ...wallRoutes(services),
    ...attentionRoutes(services),
    ...fileRoundRoutes(services),
    ...hostFileRoutes(services),
    ...classRunRoutes(services),
    ...deviceRoutes(services),
    ...sessionRoutes(services),
    ...streamTicketRoutes(services),
    ...broadcastRoutes(services),
    ...lessonRoutes(services),
    ...quotaRoutes(services),
    ...enrolmentRoutes(services),
    ...findingRoutes(services),
    ...auditRoutes(services),
    ...eventRoutes(events),
    ...loadTestRoutes(services),
    ...statusRoutes(services),
  ];
  return table;
}

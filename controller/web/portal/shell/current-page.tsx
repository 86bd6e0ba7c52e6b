import type { User } from '@homeroom/protocol';
import { type ComponentType, lazy } from 'react';
import { HomePage } from '../home/home-page.tsx';
import { Link } from '../route/link.tsx';
import type { PageName, Route } from '../route/route-of.ts';
import { Empty } from './empty.tsx';
import { Page } from './page.tsx';

interface PageProps {
  readonly user: User;
  /** Of the record that the page is about; empty for pages of none. */
  readonly id: string;
}

/** Each page is fetched when it is opened: a student who wants a desktop waits for none of the admin's pages. */
const pages: Record<Exclude<PageName, 'home' | 'not-found'>, ComponentType<PageProps>> = {
  rooms: lazy(async () => ({ default: (await import('../rooms/rooms-page.tsx')).RoomsPage })),
  room: lazy(async () => ({ default: (await import('../rooms/room-page.tsx')).RoomPage })),
  seats: lazy(async () => ({ default: (await import('../seats/seats-page.tsx')).SeatsPage })),
  sessions: lazy(async () => ({ default: (await import('../sessions/sessions-page.tsx')).SessionsPage })),
  lessons: lazy(async () => ({ default: (await import('../lessons/lessons-page.tsx')).LessonsPage })),
  devices: lazy(async () => ({ default: (await import('../devices/devices-page.tsx')).DevicesPage })),
  enrolment: lazy(async () => ({ default: (await import('../enrolment/enrolment-page.tsx')).EnrolmentPage })),
  pools: lazy(async () => ({ default: (await import('../pools/pools-page.tsx')).PoolsPage })),
  templates: lazy(async () => ({ default: (await import('../templates/templates-page.tsx')).TemplatesPage })),
  template: lazy(async () => ({ default: (await import('../templates/template-page.tsx')).TemplatePage })),
  findings: lazy(async () => ({ default: (await import('../findings/findings-page.tsx')).FindingsPage })),
  people: lazy(async () => ({ default: (await import('../people/people-page.tsx')).PeoplePage })),
  groups: lazy(async () => ({ default: (await import('../groups/groups-page.tsx')).GroupsPage })),
  limits: lazy(async () => ({ default: (await import('../limits/limits-page.tsx')).LimitsPage })),
  audit: lazy(async () => ({ default: (await import('../audit/audit-page.tsx')).AuditPage })),
  settings: lazy(async () => ({ default: (await import('../settings/settings-page.tsx')).SettingsPage })),
  tokens: lazy(async () => ({ default: (await import('../tokens/tokens-page.tsx')).TokensPage })),
  security: lazy(async () => ({ default: (await import('../security/security-page.tsx')).SecurityPage })),
  simulator: lazy(async () => ({ default: (await import('../simulator/simulator-page.tsx')).SimulatorPage })),
};

/** The page that a route names. */
export function CurrentPage({ route, user }: { route: Route; user: User }) {
  if (route.page === 'home') return <HomePage user={user} />;
  if (route.page === 'not-found') return <NotFound />;
  const id = 'id' in route ? route.id : '';
  const Shown = pages[route.page];
  return <Shown key={id} id={id} user={user} />;
}

function NotFound() {
  return (
    <Page title="There is no such page">
      <Empty title="Nothing here for you" icon="page">
        The address is wrong, or this page is for another role. <Link href="/">Go to your desktops</Link>
      </Empty>
    </Page>
  );
}

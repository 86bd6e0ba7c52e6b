import type { User } from '@homeroom/protocol';
import { DevicesPage } from '../devices/devices-page.tsx';
import { EnrolmentPage } from '../enrolment/enrolment-page.tsx';
import { GroupsPage } from '../groups/groups-page.tsx';
import { HomePage } from '../home/home-page.tsx';
import { PeoplePage } from '../people/people-page.tsx';
import { RoomPage } from '../rooms/room-page.tsx';
import { RoomsPage } from '../rooms/rooms-page.tsx';
import { Link } from '../route/link.tsx';
import type { Route } from '../route/route-of.ts';
import { SecurityPage } from '../security/security-page.tsx';
import { SessionsPage } from '../sessions/sessions-page.tsx';
import { SimulatorPage } from '../simulator/simulator-page.tsx';
import { TokensPage } from '../tokens/tokens-page.tsx';
import { Empty } from './empty.tsx';
import { Page } from './page.tsx';

/** The page that a route names. */
export function CurrentPage({ route, user }: { route: Route; user: User }) {
  switch (route.page) {
    case 'home':
      return <HomePage user={user} />;
    case 'rooms':
      return <RoomsPage user={user} />;
    case 'room':
      return <RoomPage key={route.id} id={route.id} user={user} />;
    case 'devices':
      return <DevicesPage />;
    case 'enrolment':
      return <EnrolmentPage />;
    case 'people':
      return <PeoplePage user={user} />;
    case 'groups':
      return <GroupsPage user={user} />;
    case 'tokens':
      return <TokensPage user={user} />;
    case 'security':
      return <SecurityPage user={user} />;
    case 'sessions':
      return <SessionsPage />;
    case 'simulator':
      return <SimulatorPage key={route.id} id={route.id} />;
    case 'not-found':
      return (
        <Page title="There is no such page">
          <Empty title="Nothing here for you" icon="page">
            The address is wrong, or this page is for another role. <Link href="/">Go to your desktops</Link>
          </Empty>
        </Page>
      );
  }
}

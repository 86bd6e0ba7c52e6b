import type { Device, Seat, Session } from '@homeroom/protocol';
import { useNow } from '../../shared/hooks/use-now.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { useMe } from '../me/me-provider.tsx';
import { Link } from '../route/link.tsx';
import { FactList } from './fact-list.tsx';
import { RelaySwitches } from './relay-switches.tsx';
import { SeatTools } from './seat-tools.tsx';
import { Snapshot } from './snapshot.tsx';
import { connectionFact } from './words/connection-words.ts';
import { deviceFacts } from './words/device-words.ts';
import { healthFacts } from './words/health-words.ts';
import { inputFact } from './words/input-words.ts';
import { pageFact } from './words/page-words.ts';
import { hdmiFact, screenFact, televisionFact } from './words/screen-words.ts';

export interface SeatDrawerProps {
  readonly seat: Seat;
  readonly device: Device;
  readonly session: Session | undefined;
  readonly onClose: () => void;
}

/** Everything about one seat, with every tool in words. */
export function SeatDrawer({ seat, device, session, onClose }: SeatDrawerProps) {
  const now = useNow(5_000);
  const { user } = useMe();
  const television = televisionFact(device.cec);
  return (
    <Dialog title={seat.name} shape="drawer" onClose={onClose}>
      <Snapshot device={device} periodMs={1_000} />
      <p>{session ? `${session.username} works here (${session.template}).` : 'Nobody sits here.'}</p>
      <SeatTools device={device} seat={seat} session={session} isWordy />
      <h3>Now</h3>
      <FactList
        facts={[
          connectionFact(device, now),
          pageFact(device),
          screenFact(device),
          hdmiFact(device.hdmi),
          ...(television ? [television] : []),
          inputFact(device.input),
        ]}
      />
      <RelaySwitches device={device} />
      <h3>Health</h3>
      {device.health ? <FactList facts={healthFacts(device.health)} /> : <p>Not reported yet.</p>}
      <h3>Device</h3>
      <FactList facts={deviceFacts(device)} />
      {user?.role === 'admin' && device.info?.capabilities.includes('simulated') && (
        <Link className="button" href={`/simulator/${device.id}`}>
          Open its simulated board
        </Link>
      )}
    </Dialog>
  );
}

import type { Device } from '@homeroom/protocol';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { FactList } from '../seat/fact-list.tsx';
import { RelaySwitches } from '../seat/relay-switches.tsx';
import { healthFact } from '../seat/words/health-words.ts';
import { inputFact } from '../seat/words/input-words.ts';
import { hdmiFact, televisionFact } from '../seat/words/screen-words.ts';
import { Empty } from '../shell/empty.tsx';
import { Page } from '../shell/page.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { BoardControls } from './board-controls.tsx';
import { SeatHands } from './seat-hands.tsx';
import './simulator-page.css';

/** Plays with a device's simulated board: what would be done by hand at a real seat. */
export function SimulatorPage({ id }: { id: string }) {
  const device = useResource<Device>(`devices/${id}`, { kinds: ['device'], id });
  const { value } = device;
  const isSimulated = value?.info?.capabilities.includes('simulated') ?? false;
  const television = value && televisionFact(value.cec);

  return (
    <Page
      title={value ? `Board of ${value.name}` : 'Board'}
      lead="Pull plugs, switch televisions and sit down at the seat without leaving the chair."
    >
      <ProblemNotice error={device.error} />
      {value && !isSimulated && (
        <Empty title="This device has a real board" icon="board">
          Its plugs can only be pulled by hand.
        </Empty>
      )}
      {value && isSimulated && (
        <div className="simulator">
          {value.info?.capabilities.includes('kiosk') && (
            <section className="card simulator-part">
              <h2>At the seat</h2>
              <SeatHands device={value} />
            </section>
          )}
          <section className="card simulator-part">
            <h2>What you do</h2>
            <BoardControls device={value} />
          </section>
          <section className="card simulator-part">
            <h2>What the device reports</h2>
            <FactList
              facts={[
                hdmiFact(value.hdmi),
                ...(television ? [television] : []),
                inputFact(value.input),
                healthFact(value.health),
              ]}
            />
            <RelaySwitches device={value} />
          </section>
        </div>
      )}
    </Page>
  );
}

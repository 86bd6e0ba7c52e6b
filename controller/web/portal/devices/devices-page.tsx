import type { Device, Room, Seat } from '@homeroom/protocol';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { byName } from '../../shared/words/by-name.ts';
import { Link } from '../route/link.tsx';
import { Empty } from '../shell/empty.tsx';
import { Page } from '../shell/page.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { DeviceRow } from './device-row.tsx';
import { HostRequests } from './host-requests.tsx';
import { seatChoices } from './seat-choices.ts';
import './devices-page.css';

/** Every device that has enrolled, with a seat or without. */
export function DevicesPage() {
  const devices = useResource<{ items: Device[] }>('devices', { kinds: ['device', 'seat', 'credential'] });
  const seats = useResource<{ items: Seat[] }>('seats', { kinds: ['seat', 'room'] });
  const rooms = useResource<{ items: Room[] }>('rooms', { kinds: ['room'] });
  const choices = seatChoices(seats.value?.items ?? [], rooms.value?.items ?? []);
  const items = devices.value && byName(devices.value.items, ({ name }) => name);

  return (
    <Page title="Devices" lead="Seats and hosts: every machine that runs the agent.">
      <ProblemNotice error={devices.error} />
      {items?.length === 0 && (
        <Empty title="No devices yet" icon="device">
          Make a join token on the <Link href="/enrolment">Enrolment page</Link> and start an agent with it.
        </Empty>
      )}
      {items && <HostRequests devices={items} />}
      {items && items.length > 0 && (
        <div className="table-frame card">
          <table className="table devices-table">
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Connection</th>
                <th scope="col">Seat</th>
                <th scope="col">What it is</th>
                <th scope="col" className="actions">
                  <span className="visually-hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((device) => (
                <DeviceRow key={device.id} device={device} choices={choices} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Page>
  );
}

import type { Room, RoomWall, SeatPower, User } from '@homeroom/protocol';
import { byName } from '@homeroom/web/shared/words/by-name.ts';
import { computed } from 'vue';
import { defineWidget } from '../desk/define-widget.tsx';
import { useDesk } from '../desk/desk.ts';
import { useResource } from '../desk/use-resource.ts';
import { badge } from '../parts/badge.tsx';
import { HdmiSwitches } from './hdmi-switches.tsx';
import { overrideWords, powerState, relayWords } from './power-words.ts';
import { RelayList } from './relay-list.tsx';
import { type PowerActions, usePowerActions } from './use-power-actions.ts';

/** What is true of each seat's power, and the switches for it. */
export const HomeroomPower = defineWidget('HomeroomPower', { setup: setUpPower });

function setUpPower() {
  const { room } = useDesk();
  const wall = useResource<RoomWall>(
    () => room.value && `rooms/${room.value.id}/wall`,
    ['relay', 'device', 'seat', 'room'],
  );
  const powers = useResource<{ items: SeatPower[] }>(
    () => room.value && `rooms/${room.value.id}/power`,
    ['relay', 'device', 'seat'],
  );
  const names = computed(() => new Map(wall.value.value?.seats.map(({ seat, name }) => [seat, name])));
  const rows = computed(() =>
    byName(powers.value.value?.items ?? [], ({ seat }) => names.value.get(seat) ?? ''),
  );
  const actions = usePowerActions((seat) => names.value.get(seat) ?? 'the seat', powers.renew);

  return ({ room: shown, user }: { readonly room: Room; readonly user: User }) => {
    if (!powers.value.value) return <p class="hr-quiet">{powers.error.value?.title ?? 'One moment …'}</p>;
    const isSwitchable = rows.value.some(({ relay }) => relay !== null);
    return (
      <div class="hr-wall">
        {!isSwitchable && (
          <p class="notice">
            No seat of this room hangs on a relay yet. Seats can be shut down from here, but not be switched
            on again.
          </p>
        )}
        <div class="hr-bar">
          <p class="hr-summary">{summary(rows.value)}</p>
          <button
            type="button"
            class="button"
            disabled={!isSwitchable}
            onClick={() => void actions.all(rows.value, 'on')}
          >
            All on
          </button>
          <button type="button" class="button danger" onClick={() => void actions.all(rows.value, 'off')}>
            All off
          </button>
        </div>
        <div class="hr-table-frame">
          <table class="hr-table hr-power">
            <thead>
              <tr>
                {heads.map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>{rows.value.map((power) => row(power, names.value.get(power.seat) ?? '', actions))}</tbody>
          </table>
        </div>
        {user.role === 'admin' && <RelayList room={shown.id} names={names.value} />}
        <HdmiSwitches room={shown.id} />
      </div>
    );
  };
}

const heads = ['Seat', 'State', 'Why', 'Relay', 'Waits for', ''];

function row(power: SeatPower, name: string, actions: PowerActions) {
  const { words, tone } = powerState(power);
  const isOff = power.state === 'off';
  const { seat, relay, override, fault } = power;
  return (
    <tr key={seat} data-seat={name}>
      <td>
        <strong>{name}</strong>
      </td>
      <td>{badge(words, tone)}</td>
      <td>
        {power.reason}
        {fault !== null && <p class="hr-fault">{fault}</p>}
      </td>
      <td data-head="Relay">{relayWords(power)}</td>
      <td data-head="Waits for" data-empty={power.waitsFor === null && !override}>
        {power.waitsFor ?? ''}
        {override && badge(overrideWords(power), 'warn')}
      </td>
      <td class="hr-actions">
        <button
          type="button"
          class="button"
          disabled={!relay || !isOff}
          onClick={() => void actions.one(seat, 'on')}
        >
          On
        </button>
        <button type="button" class="button" disabled={isOff} onClick={() => void actions.one(seat, 'off')}>
          Off
        </button>
        <button
          type="button"
          class="button"
          disabled={!relay || isOff}
          onClick={() => void actions.one(seat, 'cycle')}
        >
          Cycle
        </button>
        {relay &&
          (override ? (
            <button type="button" class="button" onClick={() => void actions.hold(seat, null)}>
              Let go
            </button>
          ) : (
            <button type="button" class="button" onClick={() => void actions.hold(seat, !isOff)}>
              {`Hold ${isOff ? 'off' : 'on'}`}
            </button>
          ))}
      </td>
    </tr>
  );
}

function summary(rows: readonly SeatPower[]): string {
  const counts = new Map<string, number>();
  for (const { state } of rows) counts.set(state, (counts.get(state) ?? 0) + 1);
  return [...counts].map(([state, count]) => `${count} ${state}`).join(' · ');
}

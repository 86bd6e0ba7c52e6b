import type { SeatPower } from '@homeroom/protocol';
import { request } from '@homeroom/web/shared/api/request.ts';
import { useDesk } from '../desk/desk.ts';

type Deed = 'on' | 'off' | 'cycle';

export interface PowerActions {
  readonly one: (seat: string, action: Deed) => Promise<void>;
  readonly all: (rows: readonly SeatPower[], action: 'on' | 'off') => Promise<void>;
  /** Null lets it go. */
  readonly hold: (seat: string, on: boolean | null) => Promise<void>;
}

/** A lesson long: who holds a seat by hand and forgets it finds it let go by the next one. */
const holdS = 2 * 3600;

/** @param changed called when something was asked for */
export function usePowerActions(nameOf: (seat: string) => string, changed: () => void): PowerActions {
  const { run, ask } = useDesk();
  const send = (seat: string, action: Deed) => request('POST', `seats/${seat}/power`, { body: { action } });
  const words: Record<Deed, string> = {
    on: 'goes on',
    off: 'shuts down, then goes off',
    cycle: 'goes off and on again',
  };

  return {
    one: async (seat, action) => {
      const name = nameOf(seat);
      const isSure =
        action === 'on' ||
        (await ask({
          title: action === 'off' ? `Switch ${name} off?` : `Switch ${name} off and on again?`,
          text: 'The computer is shut down first, and power is cut when it has said that it is done. A desktop goes on at its host.',
          confirmLabel: action === 'off' ? 'Switch it off' : 'Cycle it',
        }));
      if (isSure && (await run(() => send(seat, action), `${name} ${words[action]}.`))) changed();
    },
    all: async (rows, action) => {
      const due = rows.filter(({ state, relay }) =>
        action === 'on' ? state === 'off' && relay : state !== 'off',
      );
      const count = `${due.length} ${due.length === 1 ? 'seat' : 'seats'}`;
      const isSure =
        action === 'on' ||
        (await ask({
          title: `Switch ${count} off?`,
          text: 'Computers are shut down first, and power is cut when each has said that it is done.',
          confirmLabel: 'Switch them off',
        }));
      if (!isSure) return;
      await run(() => Promise.all(due.map(({ seat }) => send(seat, action))), `${count}: on the way.`);
      changed();
    },
    hold: async (seat, on) => {
      const name = nameOf(seat);
      const body = { on, forS: on === null ? null : holdS };
      const done = on === null ? `${name} is let go.` : `${name} is held ${on ? 'on' : 'off'} for two hours.`;
      if (await run(() => request('PUT', `seats/${seat}/power/override`, { body }), done)) changed();
    },
  };
}

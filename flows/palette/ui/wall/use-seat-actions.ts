import type { WallSeat } from '@homeroom/protocol';
import { request } from '@homeroom/web/shared/api/request.ts';
import { useDesk } from '../desk/desk.ts';

export interface SeatActions {
  readonly moveSession: (session: string, to: WallSeat) => Promise<void>;
  readonly endSession: (seat: WallSeat) => Promise<void>;
  readonly lock: (seat: WallSeat, on: boolean) => Promise<void>;
  /** @returns whether it was sent */
  readonly message: (seat: WallSeat, text: string) => Promise<boolean>;
  readonly identify: (seat: WallSeat) => Promise<void>;
  readonly reboot: (seat: WallSeat) => Promise<void>;
  readonly setScreen: (seat: WallSeat, screen: 'on' | 'off') => Promise<void>;
  readonly powerCycle: (seat: WallSeat) => Promise<void>;
}

/**
 * What a teacher does to one seat. How it went is told; what loses work is asked first.
 *
 * @param seats those of the room, to tell where a session came from
 */
export function useSeatActions(seats: () => readonly WallSeat[]): SeatActions {
  const { run, ask, tell, room } = useDesk();
  const inRoom = (path: string): string => `rooms/${room.value?.id ?? ''}/${path}`;
  const command = (seat: WallSeat, name: string, done: string) =>
    run(() => request('POST', `devices/${seat.device}/commands`, { body: { name, args: {} } }), done);
  const move = (session: string, seat: string) =>
    run(() => request('POST', `sessions/${session}/move`, { body: { seat } }));

  return {
    moveSession: async (session, to) => {
      const from = seats().find((seat) => seat.session?.id === session);
      if (!from || from.seat === to.seat) return;
      if (!(await move(session, to.seat))) return;
      const who = from.session?.displayName ?? 'The desktop';
      const back = { label: 'Move back', run: () => void move(session, from.seat) };
      tell({ tone: 'good', text: `${who} is at ${to.name} now.`, deed: back });
    },
    endSession: async ({ session }) => {
      if (!session) return;
      const isSure = await ask({
        title: `End the desktop of ${session.displayName}?`,
        text: 'Open programs are closed and what is not saved is lost. Files in the home folder are kept.',
        confirmLabel: 'End it',
      });
      if (isSure)
        await run(
          () => request('DELETE', `sessions/${session.id}`),
          `The desktop of ${session.displayName} ends.`,
        );
    },
    lock: async ({ seat, name }, on) => {
      const body = { on, seats: [seat] };
      await run(
        () => request('POST', inRoom('lock'), { body }),
        `${name} is ${on ? 'locked' : 'free again'}.`,
      );
    },
    message: async ({ seat, name }, text) => {
      const body = { text, seats: [seat] };
      return (
        (await run(() => request('POST', inRoom('message'), { body }), `${name} shows the message.`)) !==
        undefined
      );
    },
    identify: async (seat) => void (await command(seat, 'identify', `${seat.name} shows its name now.`)),
    reboot: async (seat) => {
      const isSure = await ask({
        title: `Restart ${seat.name}?`,
        text: 'Its screen is dark for about a minute. A desktop that runs at this seat goes on.',
        confirmLabel: 'Restart it',
      });
      if (isSure) await command(seat, 'reboot', `${seat.name} restarts.`);
    },
    setScreen: async ({ device, name }, screen) => {
      await run(
        () => request('PATCH', `devices/${device}`, { body: { screen } }),
        `The screen of ${name} goes ${screen}.`,
      );
    },
    powerCycle: async ({ seat, name }) => {
      const isSure = await ask({
        title: `Cut the power of ${name} and give it again?`,
        text: 'The computer is shut down first; the seat is away for a minute or two. A desktop that runs there goes on.',
        confirmLabel: 'Power-cycle it',
      });
      const body = { action: 'cycle' };
      if (isSure)
        await run(() => request('POST', `seats/${seat}/power`, { body }), `${name} goes off and on again.`);
    },
  };
}

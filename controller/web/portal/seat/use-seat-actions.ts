import type { CommandName, Device, PatchDeviceRequest, Session } from '@homeroom/protocol';
import { useMemo } from 'react';
import { request } from '../../shared/api/request.ts';
import { useConfirm } from '../confirm/confirm-provider.tsx';
import { type Action, useAction } from '../toasts/use-action.ts';

export interface SeatActions {
  readonly isBusy: boolean;
  readonly identify: () => void;
  readonly setScreen: (screen: 'on' | 'off') => void;
  readonly setLock: (lock: boolean) => void;
  /** Null takes the page back. */
  readonly pushPage: (page: string | null) => Promise<boolean>;
  readonly sendMessage: (message: string | null) => Promise<boolean>;
  readonly switchRelay: (channel: number, on: boolean) => void;
  /** A command without arguments, told by `done` when the device has answered. */
  readonly command: (name: CommandName, args: object, done: string) => void;
  readonly reboot: () => Promise<void>;
  readonly endSession: (session: Session) => Promise<void>;
}

/** Everything that a teacher does to one seat. Failures are told; what loses work is asked first. */
export function useSeatActions(device: Device): SeatActions {
  const action = useAction();
  const confirm = useConfirm();
  return useMemo(
    () => seatActions(device.id, device.name, action, confirm),
    [device.id, device.name, action, confirm],
  );
}

function seatActions(
  id: string,
  name: string,
  { isBusy, run }: Action,
  confirm: ReturnType<typeof useConfirm>,
): SeatActions {
  const patch = (body: PatchDeviceRequest, done?: string): Promise<boolean> =>
    run(() => request('PATCH', `devices/${id}`, { body }), done);
  const command: SeatActions['command'] = (commandName, args, done) =>
    void run(() => request('POST', `devices/${id}/commands`, { body: { name: commandName, args } }), done);

  return {
    isBusy,
    command,
    identify: () => command('identify', {}, `${name} shows its name now.`),
    setScreen: (screen) => void patch({ screen }),
    setLock: (lock) => void patch({ lock }),
    pushPage: (page) =>
      patch(
        { page },
        page === null ? `${name} shows its own page again.` : `${name} was asked to show the page.`,
      ),
    sendMessage: (message) =>
      patch({ message }, message === null ? 'The message is gone.' : `${name} shows the message.`),
    switchRelay: (channel, on) => command('relay', { channel, on }, `The relay is ${on ? 'on' : 'off'}.`),
    reboot: async () => {
      const isSure = await confirm({
        title: `Restart ${name}?`,
        text: 'Its screen is dark for about a minute. A desktop that runs at this seat goes on.',
        confirmLabel: 'Restart it',
      });
      if (isSure) command('reboot', {}, `${name} restarts.`);
    },
    endSession: async (session) => {
      const isSure = await confirm({
        title: `End the desktop of ${session.username}?`,
        text: 'Open programs are closed and what is not saved is lost. Files in the home folder are kept.',
        confirmLabel: 'End it',
      });
      if (isSure)
        await run(
          () => request('DELETE', `sessions/${session.id}`),
          `The desktop of ${session.username} has ended.`,
        );
    },
  };
}

import type { Device, PatchDeviceRequest } from '@homeroom/protocol';
import { request } from '../../shared/api/request.ts';
import { useConfirm } from '../confirm/confirm-provider.tsx';
import { useAction } from '../toasts/use-action.ts';

export interface DeviceActions {
  readonly isBusy: boolean;
  /** Null takes the device off its seat. */
  readonly moveTo: (seat: string | null) => void;
  /** Let it run desktops, or place no more on it. */
  readonly decideHost: (isAllowed: boolean) => Promise<void>;
  readonly revoke: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** What only an admin does with a device; what cuts it off is asked first. */
export function useDeviceActions({ id, name, host }: Device): DeviceActions {
  const { isBusy, run } = useAction();
  const confirm = useConfirm();
  const patch = (body: PatchDeviceRequest, done: string): Promise<boolean> =>
    run(() => request('PATCH', `devices/${id}`, { body }), done);

  return {
    isBusy,
    moveTo: (seat) => void patch({ seat }, `${name} was moved.`),
    decideHost: async (isAllowed) => {
      const running = host?.desktops.filter(({ state }) => state !== 'ended').length ?? 0;
      const isSure =
        isAllowed ||
        running === 0 ||
        (await confirm({
          title: `Place no more desktops on ${name}?`,
          text: 'Those that run on it go on until they end.',
          confirmLabel: 'Place no more',
        }));
      const done = isAllowed ? `${name} may run desktops.` : `No desktops are placed on ${name}.`;
      if (isSure) await patch({ host: isAllowed }, done);
    },
    revoke: async () => {
      const isSure = await confirm({
        title: `Revoke ${name}?`,
        text: 'It is cut off at once and shows so on its screen. To come back it has to be enrolled again.',
        confirmLabel: 'Revoke it',
      });
      if (isSure) await patch({ revoked: true }, `${name} was revoked.`);
    },
    remove: async () => {
      const isSure = await confirm({
        title: `Remove ${name}?`,
        text: 'It vanishes from every list, with its settings. If it enrols again it starts as a new device.',
        confirmLabel: 'Remove it',
      });
      if (isSure) await run(() => request('DELETE', `devices/${id}`), `${name} was removed.`);
    },
  };
}

import type { Device, PatchDeviceRequest } from '@homeroom/protocol';
import { useState } from 'react';
import { request } from '../../shared/api/request.ts';
import { settleEach } from '../../shared/settle-each.ts';
import { useToast } from '../toasts/toast-provider.tsx';
import { roomOutcome } from './room-outcome.ts';

/** Enough for a room to follow at once, little enough for a Pi that is the controller. */
const atOnce = 4;

export interface RoomActions {
  readonly isBusy: boolean;
  /** Ask it of every device; what came of it is told. @param asked in a word, `locked` */
  readonly patchAll: (body: PatchDeviceRequest, asked: string) => Promise<boolean>;
}

/** The same for every seat of a room. */
export function useRoomActions(devices: readonly Device[]): RoomActions {
  const [isBusy, setBusy] = useState(false);
  const toast = useToast();
  const patchAll: RoomActions['patchAll'] = async (body, asked) => {
    setBusy(true);
    const settled = await settleEach(devices, atOnce, ({ id }) =>
      request('PATCH', `devices/${id}`, { body }),
    );
    setBusy(false);
    toast(roomOutcome(settled, asked));
    return settled.failed.length === 0;
  };
  return { isBusy, patchAll };
}

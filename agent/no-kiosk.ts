import { HomeroomError } from '@homeroom/protocol/wire';
import type { Kiosk } from './kiosk/kiosk-port.ts';

const nothing = async (): Promise<void> => undefined;
const unsubscribe = (): void => undefined;
const refuse = async (): Promise<never> => {
  throw new HomeroomError('hardware_absent', 'this agent runs without a kiosk (HOMEROOM_KIOSK)');
};

/** The kiosk of a device that shows nothing: a host, a server. */
export const noKiosk: Kiosk = {
  status: { state: 'absent', url: null, loadedAt: null },
  start: nothing,
  stop: nothing,
  show: nothing,
  showLocal: nothing,
  identify: refuse,
  restart: refuse,
  screenshot: refuse,
  type: refuse,
  click: refuse,
  onStatus: () => unsubscribe,
  onCrash: () => unsubscribe,
};

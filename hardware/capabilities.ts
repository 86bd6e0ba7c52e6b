import type { DeviceInfo } from '@homeroom/protocol/wire';
import type { Board } from './board.ts';

const ports = [
  ['screen', 'screen'],
  ['hdmi', 'hdmi'],
  ['cec', 'cec'],
  ['input', 'input'],
  ['relays', 'relays'],
  ['simulated', 'simulator'],
  ['reboot', 'reboot'],
  ['shutdown', 'shutdown'],
  ['audio', 'audio'],
  ['hdmi-switch', 'hdmiSwitches'],
] as const;

/** @returns what the board lends to `info.capabilities`; empty when it has nothing. */
export function capabilitiesOf(board: Board): DeviceInfo['capabilities'] {
  return ports.filter(([, port]) => board[port].present).map(([capability]) => capability);
}

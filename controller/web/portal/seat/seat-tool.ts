import type { Device, Session } from '@homeroom/protocol';
import type { IconName } from '../../shared/icons/icon-paths.ts';
import type { SeatActions } from './use-seat-actions.ts';

export type SeatDialog = 'page' | 'message' | 'seated' | 'move';

/** One button of a seat. */
export interface SeatTool {
  /** Stays the same when icon and word change, so that the focus stays, too. */
  readonly key: string;
  readonly icon: IconName;
  /** What stands beside the icon; it is part of `label`. */
  readonly word: string;
  readonly label: string;
  readonly run: () => void;
  readonly isOn?: boolean;
  readonly isDanger?: boolean;
  /** There is nothing to do it to; it keeps its place all the same. */
  readonly isIdle?: boolean;
  /** Works on what is desired, so also while the device is away. */
  readonly worksAway?: boolean;
}

export interface SeatToolsOf {
  readonly device: Device;
  readonly session: Session | undefined;
  readonly actions: SeatActions;
  readonly open: (dialog: SeatDialog) => void;
}

/** @returns the tools of a seat, always the same number in the same order. */
export function seatTools(of: SeatToolsOf): SeatTool[] {
  return [...screenTools(of), ...personTools(of)];
}

function screenTools({ device, actions, open }: SeatToolsOf): SeatTool[] {
  const { lock, screen, message, page } = device.desired;
  const isOff = screen === 'off';
  const power = isOff ? 'Screen on' : 'Screen off';
  return [
    { key: 'identify', icon: 'sparkle', word: 'Identify', label: 'Identify', run: actions.identify },
    {
      key: 'message',
      icon: 'message',
      word: 'Message',
      label: 'Message',
      run: () => open('message'),
      isOn: message !== null,
      worksAway: true,
    },
    {
      key: 'page',
      icon: 'page',
      word: 'Page',
      label: 'Show a page',
      run: () => open('page'),
      isOn: page !== null,
      worksAway: true,
    },
    {
      key: 'lock',
      icon: lock ? 'unlock' : 'lock',
      word: lock ? 'Unlock' : 'Lock',
      label: lock ? 'Unlock' : 'Lock',
      run: () => actions.setLock(!lock),
      isOn: lock,
      worksAway: true,
    },
    {
      key: 'screen',
      icon: 'power',
      word: power,
      label: power,
      run: () => actions.setScreen(isOff ? 'on' : 'off'),
      isOn: isOff,
      worksAway: true,
    },
  ];
}

function personTools({ session, actions, open }: SeatToolsOf): SeatTool[] {
  return [
    {
      key: 'seated',
      icon: 'enter',
      word: 'Log in',
      label: 'Log in as seated here',
      run: () => open('seated'),
    },
    {
      key: 'move',
      icon: 'move',
      word: 'Move',
      label: 'Move to another seat',
      run: () => open('move'),
      isIdle: !session,
      worksAway: true,
    },
    {
      key: 'restart',
      icon: 'restart',
      word: 'Restart',
      label: 'Restart',
      run: () => void actions.reboot(),
      isDanger: true,
    },
    {
      key: 'end',
      icon: 'close',
      word: 'End',
      label: 'End session',
      run: () => session && void actions.endSession(session),
      isDanger: true,
      isIdle: !session,
      worksAway: true,
    },
  ];
}

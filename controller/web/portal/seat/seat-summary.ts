import type { Device, Session } from '@homeroom/protocol';
import { sessionState } from '../../shared/words/session-words.ts';
import type { Tone } from './words/tone.ts';

export interface SeatSummary {
  readonly words: string;
  readonly tone: Tone;
}

/**
 * A seat in one or two words, for a glance over the room. What hinders comes before what is going on.
 *
 * @param device of the seat; undefined where it has none
 * @param session that is shown there; undefined where nobody works
 */
export function seatSummary(device: Device | undefined, session: Session | undefined): SeatSummary {
  if (!device) return { words: 'No device', tone: 'idle' };
  if (device.connection === 'revoked') return { words: 'Revoked', tone: 'bad' };
  if (device.connection === 'lost') return { words: 'Lost', tone: 'bad' };
  if (device.connection !== 'ready') return { words: 'Off', tone: 'idle' };
  if (device.alerts.length > 0) return { words: 'Needs attention', tone: 'bad' };
  if (device.desired.lock) return { words: 'Locked', tone: 'warn' };
  if (device.desired.page !== null) return { words: 'Shows a page', tone: 'busy' };
  if (!session) return { words: 'Free', tone: 'good' };
  // Seen over a room, a seat in use is taken, not praised.
  const { words, tone } = sessionState(session.state);
  return { words, tone: session.state === 'active' ? 'busy' : tone };
}

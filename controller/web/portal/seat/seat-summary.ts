import type { Device, Session } from '@homeroom/protocol';
import { sessionState } from '../../shared/words/session-words.ts';
import { pageFact } from './words/page-words.ts';
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
  if (device.desired.screen === 'off') return { words: 'Screen off', tone: 'idle' };
  if (hasNoScreen(device)) return { words: 'No screen', tone: 'warn' };
  if (device.desired.message !== null) return { words: 'Message', tone: 'busy' };
  if (device.desired.page !== null) return pageSummary(device);
  if (!session) return { words: 'Free', tone: 'good' };
  // Seen over a room, a seat in use is taken, not praised.
  const { words, tone } = sessionState(session.state);
  return { words, tone: session.state === 'active' ? 'busy' : tone };
}

/** Something could be plugged in, and nothing is. */
function hasNoScreen({ hdmi }: Device): boolean {
  return hdmi !== null && hdmi.connectors.length > 0 && !hdmi.connectors.some(({ connected }) => connected);
}

/** A pushed page counts as shown once the device says so. */
function pageSummary(device: Device): SeatSummary {
  const { tone } = pageFact(device);
  if (tone === 'bad') return { words: 'Page not shown', tone: 'bad' };
  return { words: tone === 'good' ? 'Shows a page' : 'Opens a page', tone: 'busy' };
}

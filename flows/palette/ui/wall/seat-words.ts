import type { WallSeat } from '@homeroom/protocol';
import { spanWords } from '@homeroom/web/shared/words/time-words.ts';

export type Tone = 'good' | 'busy' | 'warn' | 'bad' | 'idle';

/** Something about a seat in a word or two, with a colour that says no more than the words. */
export interface Mark {
  readonly words: string;
  readonly tone: Tone;
}

const sessionWords: Record<NonNullable<WallSeat['session']>['state'], Mark> = {
  waiting: { words: 'waiting', tone: 'busy' },
  starting: { words: 'starting', tone: 'busy' },
  active: { words: 'working', tone: 'good' },
  detached: { words: 'screen left', tone: 'warn' },
  ended: { words: 'ended', tone: 'idle' },
};

/** @returns the seat in two words */
export function seatState({ connection, device, session, power }: WallSeat): Mark {
  if (device === null) return { words: 'no device', tone: 'idle' };
  if (connection === 'revoked') return { words: 'revoked', tone: 'bad' };
  if (connection === 'lost') return { words: 'lost', tone: 'bad' };
  if (power?.state === 'starting') return { words: 'starting up', tone: 'busy' };
  if (connection === 'never') return { words: 'never connected', tone: 'idle' };
  if (connection === 'disconnected') return { words: 'off', tone: 'idle' };
  return session ? sessionWords[session.state] : { words: 'free', tone: 'idle' };
}

/** @returns who sits there, in a line */
export function personWords({ session }: WallSeat): string {
  return session ? session.displayName : 'Nobody';
}

/** @returns which desktop, and for how long: `Linux desktop · 12 min` */
export function deskWords({ session }: WallSeat, now: Date): string {
  if (!session) return '';
  const spanS = (now.getTime() - Date.parse(session.startedAt)) / 1000;
  return `${session.templateName} · ${spanWords(spanS)}`;
}

/** @returns what a teacher should see at a glance: what was done to the seat, and what is wrong with it */
export function seatMarks(seat: WallSeat): Mark[] {
  const marks: (Mark | undefined)[] = [
    seat.pageFault ? { words: pageRefusal(seat.pageFault, seat.page), tone: 'bad' } : undefined,
    seat.isLocked ? { words: 'locked', tone: 'busy' } : undefined,
    seat.isShowingBroadcast ? { words: 'sees the broadcast', tone: 'busy' } : undefined,
    seat.message === null ? undefined : { words: 'message', tone: 'busy' },
    seat.page === null || seat.pageFault ? undefined : { words: 'page opened', tone: 'busy' },
    seat.isMuted ? { words: 'muted', tone: 'busy' } : undefined,
    ...seat.onlookers.map(onlookerMark),
    ...troubleMarks(seat),
  ];
  return marks.filter((mark) => mark !== undefined);
}

/** @returns why a page that was opened is not there */
function pageRefusal({ code, message }: NonNullable<WallSeat['pageFault']>, page: string | null): string {
  if (code !== 'kiosk_url_not_allowed') return `page refused: ${message}`;
  const site = page !== null && URL.canParse(page) ? new URL(page).host : 'it';
  return `page refused: ${site} is not allowed at this seat`;
}

function onlookerMark({ displayName, isInControl }: WallSeat['onlookers'][number]): Mark {
  return isInControl
    ? { words: `${displayName} is in control`, tone: 'warn' }
    : { words: `${displayName} looks`, tone: 'busy' };
}

function troubleMarks(seat: WallSeat): (Mark | undefined)[] {
  const { power, health } = seat;
  const unclear: Mark | undefined =
    power?.state === 'unclear' && seat.device !== null ? { words: 'power unclear', tone: 'warn' } : undefined;
  const fault: Mark | undefined = power?.fault ? { words: 'power fault', tone: 'bad' } : undefined;
  const held: Mark | undefined = power?.override
    ? { words: `held ${power.override.on ? 'on' : 'off'} by hand`, tone: 'warn' }
    : undefined;
  if (seat.connection !== 'ready') return [unclear, fault, held];
  return [
    unclear,
    fault,
    held,
    seat.screen === 'off' ? { words: 'screen off', tone: 'idle' } : undefined,
    seat.hdmi === 'disconnected' ? { words: 'no HDMI', tone: 'warn' } : undefined,
    seat.tv === 'standby' && seat.screen === 'on' ? { words: 'TV on standby', tone: 'warn' } : undefined,
    inputMark(seat.input),
    health.level === 'bad' ? { words: health.reason ?? 'not well', tone: 'bad' } : undefined,
    health.level === 'warning' ? { words: health.reason ?? 'look at it', tone: 'warn' } : undefined,
  ];
}

function inputMark({ keyboard, mouse }: WallSeat['input']): Mark | undefined {
  if (keyboard && mouse) return undefined;
  const words = keyboard ? 'no mouse' : mouse ? 'no keyboard' : 'no keyboard, no mouse';
  return { words, tone: 'warn' };
}

/** @returns every fact of a seat as a label and words, for its panel */
export function seatFacts(seat: WallSeat, now: Date): { label: string; words: string; tone: Tone }[] {
  const { power, health, session } = seat;
  return [
    { label: 'Seat', ...seatState(seat) },
    {
      label: 'Person',
      words: session ? `${session.displayName} (${session.username})` : 'nobody',
      tone: 'idle',
    },
    { label: 'Desktop', words: deskWords(seat, now) || 'none', tone: 'idle' },
    {
      label: 'Power',
      words: power ? `${power.state}: ${power.reason}` : 'cannot be switched here',
      tone: powerTone(power),
    },
    { label: 'HDMI', words: seat.hdmi, tone: seat.hdmi === 'disconnected' ? 'warn' : 'idle' },
    { label: 'TV', words: seat.tv === 'none' ? 'does not speak CEC' : seat.tv, tone: 'idle' },
    { label: 'Screen', words: seat.screen, tone: 'idle' },
    {
      label: 'Input',
      words: inputMark(seat.input)?.words ?? 'keyboard and mouse',
      tone: inputMark(seat.input)?.tone ?? 'good',
    },
    { label: 'Health', words: health.reason ?? health.level, tone: healthTones[health.level] },
  ];
}

const healthTones: Record<WallSeat['health']['level'], Tone> = {
  good: 'good',
  warning: 'warn',
  bad: 'bad',
  unknown: 'idle',
};

function powerTone(power: WallSeat['power']): Tone {
  if (!power) return 'idle';
  return power.fault
    ? 'bad'
    : ({ on: 'good', starting: 'busy', off: 'idle', unclear: 'warn' } as const)[power.state];
}

/** @returns the seats counted by what they are: `12 work · 3 free · 1 lost` */
export function roomSummary(seats: readonly WallSeat[]): string {
  const counts = new Map<string, number>();
  for (const seat of seats) {
    const { words } = seatState(seat);
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  const count = `${seats.length} ${seats.length === 1 ? 'seat' : 'seats'}`;
  return [count, ...[...counts].map(([words, n]) => `${n} ${words}`)].join(' · ');
}

/** What a start would do at one seat, in sentences. Pure. */
import type { PowerOfSeat } from './ports.ts';

export interface PreviewFacts {
  readonly seat: string;
  readonly student: { readonly id: string; readonly displayName: string } | null;
  readonly hasDevice: boolean;
  readonly deviceState: string | null;
  readonly power: PowerOfSeat | undefined;
  readonly templateName: string;
  /** Who has a live session there. */
  readonly hereUser: string | null;
  readonly hereName: string | null;
  readonly isHereOfClass: boolean;
  /** The live session of who is to sit there. */
  readonly theirState: string | null;
  readonly theirSeat: string | null;
  readonly theirSeatName: string | null;
  readonly mayUse: boolean;
}

export interface SeatPreview {
  readonly steps: string[];
  readonly problems: string[];
}

/** @returns what will happen there, and what will keep it from happening */
export function previewSeat(facts: PreviewFacts): SeatPreview {
  if (!facts.hasDevice) return { steps: [], problems: ['There is no device at this seat.'] };
  const parts = [previewPower(facts), previewDesktop(facts)];
  return {
    steps: [...(parts[0]?.steps ?? []), 'The screen is switched on.', ...(parts[1]?.steps ?? [])],
    problems: parts.flatMap(({ problems }) => problems),
  };
}

function previewPower({ power, deviceState }: PreviewFacts): SeatPreview {
  if (deviceState === 'ready') return step('The computer is on already.');
  if (!power?.relay) {
    return problem('The computer is off or not in the network, and no relay can switch it on.');
  }
  if (power.override?.on === false) return problem('Its power is held off by hand.');
  const coming = 'The computer starts.';
  if (power.state === 'on' || power.state === 'starting') return step(coming);
  const steps = ['Its power is switched on.', coming];
  return { steps, problems: power.relay.online ? [] : ['Its relay does not answer.'] };
}

function previewDesktop(facts: PreviewFacts): SeatPreview {
  const { student, templateName, hereUser, hereName, isHereOfClass, theirState, theirSeat, seat } = facts;
  if (!student) return step(hereUser === null ? 'The sign-in page is shown.' : `${hereName} goes on there.`);
  const who = student.displayName;
  if (hereUser !== null && hereUser !== student.id && !isHereOfClass) {
    return problem(`The desktop of ${hereName} is on this seat.`);
  }
  if (theirState === null) {
    if (!facts.mayUse) return problem(`${who} may not use ${templateName}.`);
    return step(`${withArticle(templateName)} is claimed for ${who} and shown.`);
  }
  if (theirSeat === seat) return step(`${who} goes on with the desktop that is there.`);
  if (theirState === 'detached' || theirState === 'waiting') {
    return step(`The desktop that ${who} has is brought here and shown.`);
  }
  return problem(`${who} works ${facts.theirSeatName === null ? 'elsewhere' : `at ${facts.theirSeatName}`}.`);
}

/** By its first letter, as most names are said. */
function withArticle(name: string): string {
  return `${/^[aeio]/i.test(name) ? 'An' : 'A'} ${name}`;
}

const step = (text: string): SeatPreview => ({ steps: [text], problems: [] });
const problem = (text: string): SeatPreview => ({ steps: [], problems: [text] });

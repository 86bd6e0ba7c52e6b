/** What a refusal of `claim_rules` means to a person. Pure. */
import { HomeroomError } from '@homeroom/protocol';

/** An exam keeps the person from the template. */
interface ExamRefusal {
  readonly exam: string;
  readonly freesAt: string;
  readonly templates: readonly string[];
}

interface QuotaRefusal {
  readonly quota: string;
  readonly limit: 'activeSessions' | 'totalDesktops' | 'hoursPerWeek';
  readonly most: number;
  readonly used: number;
  /** When hours are new; sessions and desktops free when somebody ends. */
  readonly freesAt?: string;
}

export type Refusal = ExamRefusal | QuotaRefusal;

/** Whom and what a quota is for; null where it is for all. */
export interface QuotaScope {
  readonly user: string | null;
  readonly group: string | null;
  readonly template: string | null;
}

/**
 * @param scope of the quota that refuses; undefined when it is gone meanwhile
 * @param timeZone the school's
 */
export function refusalError(
  refusal: Refusal,
  scope: QuotaScope | undefined,
  timeZone: string,
): HomeroomError {
  if ('exam' in refusal) {
    const { exam, freesAt, templates } = refusal;
    return new HomeroomError(
      'template_not_in_exam',
      `Until ${timeOf(freesAt, timeZone)} “${exam}” offers ${templates.join(', ')} only.`,
    );
  }
  return new HomeroomError('quota_exceeded', `${limitWords(refusal, scope)} ${frees(refusal, timeZone)}`);
}

/** @returns whom and what a quota limits: `7b with Web browser` */
export function scopeWords({ user, group, template }: QuotaScope): string {
  const who = user ?? group ?? 'Everybody';
  return template === null ? who : `${who} with ${template}`;
}

function limitWords({ limit, most, used }: QuotaRefusal, scope: QuotaScope | undefined): string {
  const who = scope ? scopeWords(scope) : 'Somebody';
  switch (limit) {
    case 'activeSessions':
      return `${who} may have ${most} sessions at once, and ${used} are live.`;
    case 'totalDesktops':
      return `${who} may have ${most} desktops at once, and ${used} are used or being removed.`;
    default:
      return `${who} may use desktops ${spanWords(most)} a week, and you used ${spanWords(used)}.`;
  }
}

/** @returns `2 hours`, `1.5 hours`, `36 minutes`, `0.6 minutes` */
function spanWords(hours: number): string {
  const [amount, unit] = hours >= 1 || hours === 0 ? [hours, 'hour'] : [hours * 60, 'minute'];
  const told = Number(amount.toFixed(1));
  return `${told} ${unit}${told === 1 ? '' : 's'}`;
}

function frees({ most, freesAt }: QuotaRefusal, timeZone: string): string {
  if (most === 0) return 'An admin has to change that.';
  if (freesAt !== undefined) return `Your hours begin anew on ${timeOf(freesAt, timeZone)}.`;
  return 'It frees as soon as one of them ends.';
}

function timeOf(time: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'full', timeStyle: 'short' });
  return format.format(new Date(time));
}

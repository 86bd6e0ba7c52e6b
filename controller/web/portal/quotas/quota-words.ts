import type { Quota } from '@homeroom/protocol';

type Limits = Pick<Quota, 'activeSessions' | 'hoursPerWeek' | 'totalDesktops' | 'sessions' | 'desktops'>;

/** @returns what a limit allows, one phrase for each that it has */
export function limitWords({
  activeSessions,
  hoursPerWeek,
  totalDesktops,
  sessions,
  desktops,
}: Limits): string[] {
  return [
    activeSessions === null ? '' : `${sessions} of ${activeSessions} sessions at once`,
    totalDesktops === null ? '' : `${desktops} of ${totalDesktops} desktops at once`,
    hoursPerWeek === null ? '' : `${hoursPerWeek} hours a week for each`,
  ].filter((words) => words !== '');
}

/** @returns the limits of a form; an empty field limits nothing */
export function limitsOf(fields: FormData): Pick<Quota, 'activeSessions' | 'hoursPerWeek' | 'totalDesktops'> {
  const number = (name: string) => {
    const text = String(fields.get(name) ?? '').trim();
    return text === '' ? null : Number(text);
  };
  return {
    activeSessions: number('activeSessions'),
    hoursPerWeek: number('hoursPerWeek'),
    totalDesktops: number('totalDesktops'),
  };
}

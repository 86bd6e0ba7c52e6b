import type { Quota } from '@homeroom/protocol';

/** What the ids in limits stand for. */
export interface LimitNames {
  readonly people: readonly {
    readonly id: string;
    readonly username: string;
    readonly displayName: string;
  }[];
  readonly groups: readonly { readonly id: string; readonly name: string }[];
  readonly templates: readonly { readonly id: string; readonly name: string }[];
}

/** @returns whom and what a limit is for. */
export function scopeWords(quota: Pick<Quota, 'user' | 'group' | 'template'>, names: LimitNames): string {
  const person = names.people.find(({ id }) => id === quota.user);
  const group = names.groups.find(({ id }) => id === quota.group);
  const template = names.templates.find(({ id }) => id === quota.template);
  const whom =
    quota.user !== null
      ? (person?.displayName ?? 'one person')
      : quota.group !== null
        ? `Members of ${group?.name ?? 'a group'}`
        : 'Everybody';
  return quota.template === null ? whom : `${whom}, with ${template?.name ?? quota.template}`;
}

/** @returns each thing that is limited, with what counts against it now. */
export function limitWords(quota: Quota): string[] {
  const { activeSessions, hoursPerWeek, totalDesktops, sessions, desktops } = quota;
  return [
    activeSessions !== null && `${sessions} of ${activeSessions} sessions at the same time`,
    totalDesktops !== null && `${desktops} of ${totalDesktops} desktops at the same time`,
    hoursPerWeek !== null && `${hoursPerWeek} hours a week for each person`,
  ].filter((each) => each !== false);
}

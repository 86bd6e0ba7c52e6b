import type { Group } from '@homeroom/protocol';

type Known = Pick<Group, 'id' | 'name' | 'templates'>;

/** @returns the groups that a template is for once one of them has it, or has it no more */
export function groupsAfter(
  groups: readonly Known[],
  template: string,
  group: string,
  isWanted: boolean,
): string[] {
  const others = groups.filter(({ id, templates }) => id !== group && templates.includes(template));
  const ids = others.map(({ id }) => id);
  return isWanted ? [...ids, group] : ids;
}

/** @returns whose a template is now, in words */
export function whoseWords(groups: readonly Known[], template: string): string {
  const names = groups.filter(({ templates }) => templates.includes(template)).map(({ name }) => name);
  return names.length === 0 ? 'everybody’s' : `for ${names.join(', ')}`;
}

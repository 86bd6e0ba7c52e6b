import type { Group, Room, Template } from '@homeroom/protocol';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { byName } from '../../shared/words/by-name.ts';

/** What a lesson is for, where, and with which desktops: what there is to choose from. */
export interface Choices {
  readonly groups: readonly Group[];
  readonly rooms: readonly Room[];
  readonly templates: readonly Template[];
}

/** @returns the choices by name; empty until they are there */
export function useChoices(): Choices {
  const groups = useResource<{ items: Group[] }>('groups', { kinds: ['group'] });
  const rooms = useResource<{ items: Room[] }>('rooms', { kinds: ['room'] });
  const templates = useResource<{ items: Template[] }>('templates', { kinds: ['template'] });
  return {
    groups: byName(groups.value?.items ?? [], ({ name }) => name),
    rooms: byName(rooms.value?.items ?? [], ({ name }) => name),
    templates: byName(templates.value?.items ?? [], ({ name }) => name),
  };
}

/** @returns the name of a record by its id; a dash for none */
export function nameIn(
  items: readonly { readonly id: string; readonly name: string }[],
  id: string | null,
): string {
  if (id === null) return '–';
  return items.find((item) => item.id === id)?.name ?? id;
}

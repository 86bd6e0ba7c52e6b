/**
 * Retained messages, found without a scan: aedes' own store walks every one of them for each subscription.
 * Messages are grouped by their first three levels (`homeroom/v1/<device>`), which every filter of a device
 * names, so a device's subscription looks at its own messages alone.
 */
import { filterMatches } from './topic-filter.ts';

const groupLevels = 3;

/** A map from topic to message that can be asked by topic filter. */
export class RetainedMessages<Message> {
  readonly #groups = new Map<string, Map<string, Message>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  set(topic: string, message: Message): void {
    const key = groupOf(topic);
    let group = this.#groups.get(key);
    if (!group) {
      group = new Map();
      this.#groups.set(key, group);
    }
    if (!group.has(topic)) this.#size += 1;
    group.set(topic, message);
  }

  delete(topic: string): void {
    const key = groupOf(topic);
    const group = this.#groups.get(key);
    if (!group?.delete(topic)) return;
    this.#size -= 1;
    if (group.size === 0) this.#groups.delete(key);
  }

  /** @returns the messages that `filter` selects, in no promised order. */
  select(filter: string): Message[] {
    const key = groupOf(filter);
    if (!hasWildcard(filter)) {
      const message = this.#groups.get(key)?.get(filter);
      return message === undefined ? [] : [message];
    }
    if (hasWildcard(key)) return [...this.#groups.values()].flatMap((group) => selectFrom(group, filter));
    const group = this.#groups.get(key);
    return group ? selectFrom(group, filter) : [];
  }
}

function selectFrom<Message>(group: ReadonlyMap<string, Message>, filter: string): Message[] {
  const selected: Message[] = [];
  for (const [topic, message] of group) if (filterMatches(filter, topic)) selected.push(message);
  return selected;
}

function groupOf(topic: string): string {
  let at = -1;
  for (let level = 0; level < groupLevels; level += 1) {
    at = topic.indexOf('/', at + 1);
    // A short filter such as `homeroom/#` may reach into every group.
    if (at === -1) return topic;
  }
  return topic.slice(0, at);
}

function hasWildcard(filter: string): boolean {
  return filter.includes('+') || filter.includes('#');
}

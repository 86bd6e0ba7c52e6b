import type { DeviceState, RelayState, Relays } from '@homeroom/protocol';
import type { FleetMessage, RelayTopicMessage } from '../fleet/ports.ts';
import { wordOfBoard } from './dialects/board.ts';
import type { RelayWord } from './dialects/relay-dialect.ts';
import { shellyGen1 } from './dialects/shelly-gen1.ts';
import { shellyGen2 } from './dialects/shelly-gen2.ts';
import { tasmota } from './dialects/tasmota.ts';

/** By what a relay is found that said something. */
export type RelayName =
  | { readonly by: 'id'; readonly id: string }
  | { readonly by: 'device'; readonly device: string }
  | { readonly by: 'topic'; readonly kind: 'tasmota' | 'shelly'; readonly topic: string };

export interface HeardWord {
  readonly from: RelayName;
  readonly word: RelayWord;
  /** Shelly: in which of its two languages. */
  readonly generation?: 1 | 2;
}

/** @returns what a message on Homeroom's own topics says of a relay; undefined when it says nothing. Pure. */
export function wordOf({ parsed, value }: FleetMessage): HeardWord | undefined {
  if (parsed.kind === 'relay-state')
    return { from: { by: 'id', id: parsed.relay }, word: wordOfBoard(value as RelayState) };
  if (parsed.kind !== 'device') return undefined;
  const from = { by: 'device', device: parsed.device } as const;
  if (parsed.leaf === 'state')
    return { from, word: { isOnline: (value as DeviceState).state === 'ready', channels: [] } };
  return parsed.leaf === 'relays' ? { from, word: wordOfDevice(value as Relays) } : undefined;
}

/** Whether the device is here, its state says; its relays are told again after each connection. */
function wordOfDevice({ channels }: Relays): RelayWord {
  return { channels: channels.flatMap(({ channel, on }) => (on === null ? [] : [{ channel, on }])) };
}

/** @returns what a message on another maker's topics says; undefined when it says nothing. Pure. */
export function foreignWordOf({ topic, payload }: RelayTopicMessage): HeardWord | undefined {
  const [first = '', second = ''] = topic.split('/');
  if (first === 'stat' || first === 'tele') {
    const word = tasmota.read(second, topic, payload);
    return word && { from: { by: 'topic', kind: 'tasmota', topic: second }, word };
  }
  const generation = first === 'shellies' ? 1 : 2;
  const own = generation === 1 ? second : first;
  const word = (generation === 1 ? shellyGen1 : shellyGen2).read(own, topic, payload);
  return word && { from: { by: 'topic', kind: 'shelly', topic: own }, word, generation };
}

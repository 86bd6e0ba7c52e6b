/**
 * The topics of relays that are none of ours: Tasmota's and Shelly's, as their makers publish them. Pure. Each relay has
 * one level that is its own; nothing of another relay lies below it.
 */
import type { RelayKind } from '@homeroom/protocol';

/** First levels that already mean something: no relay may have one of them as its own. */
const takenLevels: ReadonlySet<string> = new Set([
  'homeroom',
  'homeassistant',
  'shellies',
  'stat',
  'tele',
  'cmnd',
  'tasmota',
  'tasmotas',
]);

/** A relay's user name at the broker is this and its id. */
export const relayUserPrefix = 'relay-';

/** Relays that come to the broker by themselves. */
export type SpeakingKind = Exclude<RelayKind, 'device'>;

/** @returns whether a relay may have this level as its own */
export function isRelayLevel(level: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(level) && !takenLevels.has(level.toLowerCase());
}

/** @returns the filters of one relay of another maker's */
export function foreignFilters(kind: 'tasmota' | 'shelly', own: string) {
  return kind === 'tasmota' ? tasmotaFilters(own) : shellyFilters(own);
}

/** It asks itself for its power when it connects, and announces itself to whoever looks for its kind. */
function tasmotaFilters(own: string) {
  return {
    publish: [`stat/${own}/#`, `tele/${own}/#`, `cmnd/${own}/POWER`, 'tasmota/discovery/+/+'],
    subscribe: [`cmnd/${own}/#`],
    retain: [`tele/${own}/LWT`],
  };
}

function shellyFilters(own: string) {
  const gen1 = `shellies/${own}`;
  return {
    publish: [
      ...[
        'relay/#',
        'input/#',
        'input_event/#',
        'longpush/#',
        'online',
        'announce',
        'info',
        'temperature',
      ].map((leaf) => `${gen1}/${leaf}`),
      ...['temperature_f', 'temperature_status', 'overtemperature', 'voltage'].map(
        (leaf) => `${gen1}/${leaf}`,
      ),
      'shellies/announce',
      ...['online', 'status/#', 'events/rpc', 'debug/#', 'homeroom/rpc'].map((leaf) => `${own}/${leaf}`),
    ],
    subscribe: [
      `${gen1}/command`,
      `${gen1}/relay/+/command`,
      `${own}/rpc`,
      `${own}/command`,
      `${own}/command/#`,
    ],
    retain: [`${gen1}/online`, `${own}/online`],
  };
}

/** What the controller hears of all of them. */
export const heardOfRelays: readonly string[] = [
  'stat/+/+',
  'tele/+/LWT',
  'tele/+/STATE',
  'shellies/+/online',
  'shellies/+/relay/+',
  '+/online',
  '+/events/rpc',
  '+/status/+',
  '+/homeroom/rpc',
];

/** What the controller says to all of them. */
export const saidToRelays: readonly string[] = [
  'cmnd/+/+',
  'shellies/+/command',
  'shellies/+/relay/+/command',
  '+/rpc',
];

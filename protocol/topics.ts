/**
 * Topic names. One place builds them and one place parses them, so no other file joins strings.
 * A device id is always a whole topic level: brokers' pattern rules (`%u`) need that.
 */

export const topicRoot = 'homeroom/v1';

/** What a device publishes as retained state; each is one topic under the device. */
export const deviceStateLeaves = [
  'state',
  'info',
  'reported',
  'hdmi',
  'cec',
  'input',
  'relays',
  'health',
  'host',
] as const;
export type DeviceStateLeaf = (typeof deviceStateLeaves)[number];

/** `[a-z0-9-]`, 3 to 63 characters, as Homie and DNS labels have it. */
export const deviceIdPattern = /^[a-z0-9](?:[a-z0-9-]{1,61})[a-z0-9]$/;
/** The last level of commands, results and events: dotted lower-case words. */
export const namePattern = /^[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*$/;
/** A nonce that an enrolling device chooses; it is also the tail of its MQTT client id. */
export const noncePattern = /^[a-z0-9]{16,64}$/;

export type ParsedTopic =
  | { kind: 'device'; device: string; leaf: DeviceStateLeaf | 'desired' }
  | { kind: 'event' | 'command' | 'result'; device: string; name: string }
  | { kind: 'relay-command' | 'relay-state'; relay: string }
  | { kind: 'controller-state' }
  | { kind: 'enrol-request' | 'enrol-reply'; nonce: string };

export const topics = {
  /** Retained state of a device, or its desired document. */
  device: (device: string, leaf: DeviceStateLeaf | 'desired') => `${topicRoot}/${device}/${leaf}`,
  event: (device: string, name: string) => `${topicRoot}/${device}/event/${name}`,
  command: (device: string, name: string) => `${topicRoot}/${device}/command/${name}`,
  result: (device: string, name: string) => `${topicRoot}/${device}/result/${name}`,
  relayCommand: (relay: string) => `${topicRoot}/relay/${relay}/command`,
  relayState: (relay: string) => `${topicRoot}/relay/${relay}/state`,
  controllerState: () => `${topicRoot}/controller/state`,
  enrolRequest: (nonce: string) => `${topicRoot}/enrol/${nonce}/request`,
  enrolReply: (nonce: string) => `${topicRoot}/enrol/${nonce}/reply`,
} as const;

/** Ids that would collide with the fixed second levels of the topic tree. */
export const reservedDeviceIds: ReadonlySet<string> = new Set(['relay', 'controller', 'enrol']);

/** @returns whether `id` may name a device. */
export function isDeviceId(id: string): boolean {
  return deviceIdPattern.test(id) && !reservedDeviceIds.has(id);
}

/** @returns what a topic means, or undefined when it is none of Homeroom's. */
export function parseTopic(topic: string): ParsedTopic | undefined {
  if (!topic.startsWith(`${topicRoot}/`)) return undefined;
  const levels = topic.slice(topicRoot.length + 1).split('/');
  const [first = '', second = '', third = ''] = levels;
  if (first === 'controller')
    return isExactly(levels, 'controller', 'state') ? { kind: 'controller-state' } : undefined;
  if (first === 'enrol') return parseEnrol(levels, second, third);
  if (first === 'relay') return parseRelay(levels, second, third);
  return isDeviceId(first) ? parseDevice(levels, first, second, third) : undefined;
}

function isExactly(levels: readonly string[], ...expected: string[]): boolean {
  return levels.length === expected.length && levels.every((level, index) => level === expected[index]);
}

function parseEnrol(levels: readonly string[], nonce: string, leaf: string): ParsedTopic | undefined {
  if (levels.length !== 3 || !noncePattern.test(nonce)) return undefined;
  if (leaf === 'request') return { kind: 'enrol-request', nonce };
  return leaf === 'reply' ? { kind: 'enrol-reply', nonce } : undefined;
}

function parseRelay(levels: readonly string[], relay: string, leaf: string): ParsedTopic | undefined {
  if (levels.length !== 3 || !deviceIdPattern.test(relay)) return undefined;
  if (leaf === 'command') return { kind: 'relay-command', relay };
  return leaf === 'state' ? { kind: 'relay-state', relay } : undefined;
}

function parseDevice(
  levels: readonly string[],
  device: string,
  leaf: string,
  name: string,
): ParsedTopic | undefined {
  if (levels.length === 2) {
    const known = leaf === 'desired' ? leaf : deviceStateLeaves.find((candidate) => candidate === leaf);
    return known ? { kind: 'device', device, leaf: known } : undefined;
  }
  if (levels.length !== 3 || !namePattern.test(name)) return undefined;
  return leaf === 'event' || leaf === 'command' || leaf === 'result'
    ? { kind: leaf, device, name }
    : undefined;
}

import type { GenericSchema } from 'valibot';
import { cec } from './payloads/cec.ts';
import { command } from './payloads/command.ts';
import { controllerState } from './payloads/controller-state.ts';
import { desired } from './payloads/desired.ts';
import { deviceInfo } from './payloads/device-info.ts';
import { deviceState } from './payloads/device-state.ts';
import { enrolReply, enrolRequest } from './payloads/enrolment.ts';
import { event } from './payloads/events.ts';
import { hdmi } from './payloads/hdmi.ts';
import { health } from './payloads/health.ts';
import { host } from './payloads/host.ts';
import { input } from './payloads/input.ts';
import { relayCommand, relayState } from './payloads/relay-board.ts';
import { relays } from './payloads/relays.ts';
import { reported } from './payloads/reported.ts';
import { result } from './payloads/result.ts';
import { type ParsedTopic, parseTopic } from './topics.ts';

export type Sender = 'device' | 'controller' | 'claim' | 'board';

/** How one kind of message travels. `maxBytes` bounds its payload; a larger one is refused unread. */
export interface MessageRule {
  readonly topic: string;
  readonly from: Sender;
  readonly retained: boolean;
  readonly qos: 0 | 1;
  readonly maxBytes: number;
  readonly schema: GenericSchema;
  readonly description: string;
}

const device = { from: 'device', retained: true, qos: 1, maxBytes: 16_384 } as const;

/** The one table from topic to schema and direction. `docs/mqtt-topics.md` is made from it. */
export const messages = {
  state: {
    ...device,
    topic: '<device>/state',
    maxBytes: 1_024,
    schema: deviceState,
    description: 'Is the device there; the will publishes `lost`.',
  },
  info: {
    ...device,
    topic: '<device>/info',
    schema: deviceInfo,
    description: 'Model, serial, operating system, agent version, addresses, capabilities.',
  },
  desired: {
    ...device,
    from: 'controller',
    topic: '<device>/desired',
    schema: desired,
    description: 'The whole document that the controller wants of the device.',
  },
  reported: {
    ...device,
    topic: '<device>/reported',
    schema: reported,
    description: 'What the device made of `desired`.',
  },
  hdmi: {
    ...device,
    topic: '<device>/hdmi',
    schema: hdmi,
    description: 'Connectors and monitors; on change, at most one per second.',
  },
  cec: {
    ...device,
    topic: '<device>/cec',
    schema: cec,
    description: 'CEC adapters and televisions; on change, at most one per second.',
  },
  input: {
    ...device,
    topic: '<device>/input',
    schema: input,
    description: 'Input devices, as an inventory; on change, at most one per second.',
  },
  relays: {
    ...device,
    topic: '<device>/relays',
    schema: relays,
    description: 'The device’s own relay channels; on change, at most one per second.',
  },
  health: {
    ...device,
    topic: '<device>/health',
    qos: 0,
    schema: health,
    description: 'Temperature, under-voltage, load, memory, disk, link; every 30 s.',
  },
  host: {
    ...device,
    topic: '<device>/host',
    maxBytes: 131_072,
    schema: host,
    description: 'A host’s capacity and the desktops that run there.',
  },
  event: {
    ...device,
    topic: '<device>/event/<kind>',
    retained: false,
    schema: event,
    description: 'Something happened; what lasts is in the retained topics.',
  },
  command: {
    ...device,
    from: 'controller',
    topic: '<device>/command/<name>',
    retained: false,
    schema: command,
    description: 'Something to do once, within its time to live.',
  },
  result: {
    ...device,
    topic: '<device>/result/<name>',
    retained: false,
    maxBytes: 524_288,
    schema: result,
    description: 'How a command ended.',
  },
  'relay-command': {
    ...device,
    from: 'controller',
    topic: 'relay/<relay>/command',
    retained: false,
    maxBytes: 1_024,
    schema: relayCommand,
    description: 'Switch a channel of a relay board, or of a relay that a flow bridges.',
  },
  'relay-state': {
    ...device,
    from: 'board',
    topic: 'relay/<relay>/state',
    schema: relayState,
    description: 'A relay board’s channels; the will publishes `online: false`.',
  },
  'controller-state': {
    ...device,
    from: 'controller',
    topic: 'controller/state',
    maxBytes: 1_024,
    schema: controllerState,
    description: 'Online, or offline by will; agents publish afresh on online.',
  },
  'enrol-request': {
    ...device,
    from: 'claim',
    topic: 'enrol/<nonce>/request',
    retained: false,
    schema: enrolRequest,
    description: 'A new device asks for a credential of its own.',
  },
  'enrol-reply': {
    ...device,
    from: 'controller',
    topic: 'enrol/<nonce>/reply',
    retained: false,
    schema: enrolReply,
    description: 'The answer, for the one who asked alone.',
  },
} as const satisfies Record<string, MessageRule>;

export type MessageKind = keyof typeof messages;

/** @returns the row of {@link messages} that a parsed topic belongs to. */
export function messageKindOf(topic: ParsedTopic): MessageKind {
  return topic.kind === 'device' ? topic.leaf : topic.kind;
}

/** @returns the rule of a topic, or undefined when the topic is none of Homeroom's. */
export function messageRuleOf(topic: string): MessageRule | undefined {
  const parsed = parseTopic(topic);
  return parsed && messages[messageKindOf(parsed)];
}

/**
 * Who may publish and read what: one table for every broker. The embedded broker asks it for each
 * message; for an external broker the same table is written as access lists.
 */
import { commands, deviceStateLeaves, messageRuleOf, topicRoot, topics } from '@homeroom/protocol';
import { foreignFilters, heardOfRelays, type SpeakingKind, saidToRelays } from '../power/relay-topics.ts';
import { filterCovers, filterMatches } from './topic-filter.ts';

/** Whom a connection speaks for, once its credential has been checked. */
export type Identity =
  | { readonly kind: 'device'; readonly device: string }
  | { readonly kind: 'claim'; readonly nonce: string }
  | { readonly kind: 'observer' }
  | {
      readonly kind: 'relay';
      readonly relay: string;
      readonly speaks: SpeakingKind;
      /** The level of its topics that is its own; a board's is its id. */
      readonly topic: string;
    }
  | { readonly kind: 'controller' };

/** Topic filters that an identity may use. What no filter includes is refused. */
export interface Access {
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
  /** Never delivered, although a subscription selects it. */
  readonly hidden: readonly string[];
  /** Topics of other makers' relays among `publish`: no schema of ours is theirs. */
  readonly foreign?: readonly string[];
  /** Those of them that the broker keeps; what else of them asks to be kept is delivered once. */
  readonly keepsForeign?: readonly string[];
}

/** What other makers' relays say is short. */
export const maxForeignBytes = 4_096;

const everything = `${topicRoot}/#`;

/** @returns the filters of one identity. */
export function accessOf(identity: Identity): Access {
  switch (identity.kind) {
    case 'device':
      return deviceAccess(identity.device);
    case 'claim':
      return {
        publish: [topics.enrolRequest(identity.nonce)],
        subscribe: [topics.enrolReply(identity.nonce)],
        hidden: [],
      };
    case 'observer':
      return observerAccess();
    case 'relay':
      return relayAccess(identity);
    case 'controller':
      return {
        publish: [everything, ...saidToRelays],
        subscribe: [everything, ...heardOfRelays],
        hidden: [],
        foreign: saidToRelays,
        keepsForeign: [],
      };
  }
}

function relayAccess({ speaks, relay, topic }: Extract<Identity, { kind: 'relay' }>): Access {
  if (speaks === 'board')
    return { publish: [topics.relayState(relay)], subscribe: [topics.relayCommand(relay)], hidden: [] };
  const { publish, subscribe, retain } = foreignFilters(speaks, topic);
  return { publish, subscribe, hidden: [], foreign: publish, keepsForeign: retain };
}

function deviceAccess(device: string): Access {
  return {
    publish: [
      ...deviceStateLeaves.map((leaf) => topics.device(device, leaf)),
      topics.event(device, '+'),
      topics.result(device, '+'),
    ],
    subscribe: [topics.device(device, 'desired'), topics.command(device, '+'), topics.controllerState()],
    hidden: [],
  };
}

function observerAccess(): Access {
  const secret = Object.entries(commands).filter(([, rule]) => rule.secret);
  return {
    publish: [],
    subscribe: ['homeroom/#'],
    hidden: [
      `${topicRoot}/enrol/#`,
      ...secret.flatMap(([name]) => [topics.command('+', name), topics.result('+', name)]),
    ],
  };
}

/** What is asked when something is published; `payloadBytes` is the payload's length. */
export interface Publication {
  readonly topic: string;
  readonly retain: boolean;
  readonly payloadBytes: number;
}

export type Refusal = 'topic_unknown' | 'topic_not_allowed' | 'payload_too_large' | 'command_retained';

/**
 * @returns why this may not be published, or undefined when it may. Wills are asked about in the same way.
 */
export function refusalOfPublication(access: Access, message: Publication): Refusal | undefined {
  const rule = messageRuleOf(message.topic);
  if (!rule) return refusalOfForeign(access, message);
  if (!access.publish.some((filter) => filterMatches(filter, message.topic))) return 'topic_not_allowed';
  if (message.payloadBytes > rule.maxBytes) return 'payload_too_large';
  // What must happen once is never retained: a later subscriber would do it again.
  if (message.retain && !rule.retained) return 'command_retained';
  return undefined;
}

/** Topics of other makers' relays: by their filters alone. A command is never retained, whoever sends it. */
function refusalOfForeign({ foreign = [] }: Access, message: Publication): Refusal | undefined {
  if (!foreign.some((filter) => filterMatches(filter, message.topic))) return 'topic_unknown';
  if (message.payloadBytes > maxForeignBytes) return 'payload_too_large';
  const isCommand = saidToRelays.some((filter) => filterMatches(filter, message.topic));
  return message.retain && isCommand ? 'command_retained' : undefined;
}

/**
 * @returns whether the broker keeps this message: of other makers' relays only who is there, so that none can fill
 * the broker's memory by topics that it makes up
 */
export function isKept({ foreign = [], keepsForeign = [] }: Access, topic: string): boolean {
  if (!foreign.some((filter) => filterMatches(filter, topic))) return true;
  return keepsForeign.some((filter) => filterMatches(filter, topic));
}

/** @returns whether a subscription to `filter` is granted. */
export function maySubscribe(access: Access, filter: string): boolean {
  return access.subscribe.some((granted) => filterCovers(granted, filter));
}

/** @returns whether a message on `topic` may be delivered to a subscriber whose filter selected it. */
export function mayReceive(access: Access, topic: string): boolean {
  return !access.hidden.some((filter) => filterMatches(filter, topic));
}

/** Our access rules, written as access lists of mosquitto's dynamic-security plugin. Pure. */
import { topics } from '@homeroom/protocol';
import { type Access, accessOf, type Identity } from './access-rules.ts';

export const aclTypes = [
  'publishClientSend',
  'publishClientReceive',
  'subscribeLiteral',
  'subscribePattern',
  'unsubscribePattern',
] as const;
export type AclType = (typeof aclTypes)[number];

export interface Acl {
  readonly acltype: AclType;
  readonly topic: string;
  readonly allow: boolean;
  /** The highest that applies wins. */
  readonly priority: number;
}

/** What nobody may do unless a role says so; delivery is bounded by subscriptions and by hidden topics. */
export const defaultAccess: readonly { acltype: string; allow: boolean }[] = [
  { acltype: 'publishClientSend', allow: false },
  { acltype: 'publishClientReceive', allow: true },
  { acltype: 'subscribe', allow: false },
  { acltype: 'unsubscribe', allow: true },
];

/** @returns the access list of an identity other than a claim */
export function aclsOf(identity: Exclude<Identity, { kind: 'claim' }>): Acl[] {
  return fromAccess(accessOf(identity));
}

/**
 * A claim's user name is shared by those who hold the token, and the plugin knows no client ids in topics:
 * so any nonce is allowed and every wildcard is not. A nonce is random and told to nobody, so only the one
 * who asked can name the topic of its reply.
 */
export function claimAcls(): Acl[] {
  const request = topics.enrolRequest('+');
  const reply = topics.enrolReply('+');
  return [
    { acltype: 'publishClientSend', topic: request, allow: true, priority: 0 },
    { acltype: 'subscribePattern', topic: reply, allow: true, priority: 0 },
    { acltype: 'subscribeLiteral', topic: reply, allow: false, priority: 10 },
  ];
}

function fromAccess({ publish, subscribe, hidden }: Access): Acl[] {
  return [
    ...publish.map((topic) => acl('publishClientSend', topic)),
    ...subscribe.flatMap((topic) => subscriptionAcls(topic)),
    ...hidden.map((topic) => ({ ...acl('publishClientReceive', topic), allow: false, priority: 10 })),
  ];
}

/** A pattern grants what lies within it; the filter itself, wildcards and all, is granted by its letters. */
function subscriptionAcls(topic: string): Acl[] {
  const literal = acl('subscribeLiteral', topic);
  return /[+#]/.test(topic) ? [literal, acl('subscribePattern', topic)] : [literal];
}

function acl(acltype: AclType, topic: string): Acl {
  return { acltype, topic, allow: true, priority: 0 };
}

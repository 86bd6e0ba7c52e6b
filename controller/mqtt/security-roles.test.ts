import { commands } from '@homeroom/protocol';
import { expect, it } from 'vitest';
import { aclsOf, claimAcls } from './security-roles.ts';

it('writes a device’s rules with whole topics', () => {
  const acls = aclsOf({ kind: 'device', device: 'pi-1' });
  expect(acls.every(({ allow }) => allow)).toBe(true);
  expect(acls.filter(({ acltype }) => acltype === 'publishClientSend').map(({ topic }) => topic)).toEqual([
    'homeroom/v1/pi-1/state',
    'homeroom/v1/pi-1/info',
    'homeroom/v1/pi-1/reported',
    'homeroom/v1/pi-1/hdmi',
    'homeroom/v1/pi-1/cec',
    'homeroom/v1/pi-1/input',
    'homeroom/v1/pi-1/relays',
    'homeroom/v1/pi-1/health',
    'homeroom/v1/pi-1/host',
    'homeroom/v1/pi-1/event/+',
    'homeroom/v1/pi-1/result/+',
  ]);
  expect(acls.filter(({ acltype }) => acltype.startsWith('subscribe'))).toEqual([
    { acltype: 'subscribeLiteral', topic: 'homeroom/v1/pi-1/desired', allow: true, priority: 0 },
    { acltype: 'subscribeLiteral', topic: 'homeroom/v1/pi-1/command/+', allow: true, priority: 0 },
    { acltype: 'subscribePattern', topic: 'homeroom/v1/pi-1/command/+', allow: true, priority: 0 },
    { acltype: 'subscribeLiteral', topic: 'homeroom/v1/controller/state', allow: true, priority: 0 },
  ]);
});

it('hides from the observer what it never sees, above everything that it may', () => {
  const hidden = aclsOf({ kind: 'observer' }).filter(({ allow }) => !allow);
  const secret = Object.values(commands).filter((rule) => rule.secret);
  expect(hidden).toHaveLength(1 + 2 * secret.length);
  expect(hidden.every(({ acltype, priority }) => acltype === 'publishClientReceive' && priority === 10)).toBe(
    true,
  );
});

it('lets no claim read with a wildcard', () => {
  const reading = claimAcls().filter(({ acltype }) => acltype.startsWith('subscribe'));
  expect(reading).toEqual([
    { acltype: 'subscribePattern', topic: 'homeroom/v1/enrol/+/reply', allow: true, priority: 0 },
    { acltype: 'subscribeLiteral', topic: 'homeroom/v1/enrol/+/reply', allow: false, priority: 10 },
  ]);
});

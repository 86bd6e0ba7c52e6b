import { describe, expect, it } from 'vitest';
import { decodeValue } from './decode.ts';
import { type MessageKind, messages } from './messages.ts';
import { sampleInfo, sampleMessages } from './testing/sample-messages.ts';

const kinds = Object.keys(messages) as MessageKind[];
const decode = (kind: MessageKind, value: unknown) => decodeValue(messages[kind].schema, value);
const withChanges = (kind: MessageKind, changes: object) => ({ ...sampleMessages[kind], ...changes });

describe.each(kinds)('%s', (kind) => {
  it('takes a good payload as it is', () => {
    expect(decode(kind, sampleMessages[kind])).toEqual({ ok: true, value: sampleMessages[kind] });
  });

  it('lets unknown fields pass and keeps them', () => {
    const value = withChanges(kind, { fromTheFuture: { a: [1] } });
    expect(decode(kind, value)).toEqual({ ok: true, value });
  });

  it('fits into its limit', () => {
    expect(JSON.stringify(sampleMessages[kind]).length).toBeLessThan(messages[kind].maxBytes);
  });

  it('misses each field that it needs', () => {
    const optional = new Set(['connection', 'details', 'args', 'data', 'error', 'name', 'token']);
    if (kind === 'enrol-reply') optional.delete('name');
    for (const field of Object.keys(sampleMessages[kind]).filter((name) => !optional.has(name))) {
      const { [field]: _gone, ...rest } = sampleMessages[kind];
      const decoded = decode(kind, rest);
      expect(decoded.ok ? `${field} was not missed` : decoded.reason).toContain(field);
    }
  });
});

describe('wrong fields', () => {
  it.each<[MessageKind, string, object]>([
    ['state', 'a state that there is not', { state: 'asleep' }],
    ['state', 'a date without a time', { since: '2030-01-01' }],
    ['state', 'an empty boot id', { bootId: '' }],
    ['state', 'half a connection', { connection: 0.5 }],
    ['info', 'a capability that there is not', { capabilities: ['telepathy'] }],
    ['info', 'too many addresses', { addresses: Array.from({ length: 33 }, () => '::1') }],
    ['info', 'a model as long as a novel', { model: 'x'.repeat(201) }],
    ['desired', 'a page by another scheme', { kiosk: { url: 'javascript:alert(1)' } }],
    ['desired', 'a page of a file', { kiosk: { url: 'file:///etc/passwd' } }],
    ['desired', 'a path that is another host', { kiosk: { url: '//evil.example/' } }],
    ['desired', 'a path that browsers take for another host', { kiosk: { url: '/\\evil.example/' } }],
    ['desired', 'a tab that URL parsers drop', { kiosk: { url: '/\t/evil.example/' } }],
    ['desired', 'a revision below zero', { revision: -1 }],
    ['reported', 'a lock that is no yes or no', { lock: 'no' }],
    ['hdmi', 'connectors that are no list', { connectors: {} }],
    ['hdmi', 'more connectors than any board has', { connectors: Array.from({ length: 17 }, () => null) }],
    ['cec', 'a power that there is not', { adapters: [{ name: 'cec0', power: 'maybe' }] }],
    [
      'input',
      'a USB id in capitals',
      { devices: [{ id: 'x', name: 'x', kind: 'mouse', bus: 'usb', usbId: '046D:C31C' }] },
    ],
    [
      'relays',
      'a channel below zero',
      { channels: [{ channel: -1, name: 'x', on: true, since: '2030-01-01T00:00:00Z' }] },
    ],
    ['health', 'an uptime in words', { uptimeS: 'long' }],
    ['health', 'an uptime without end', { uptimeS: Number.POSITIVE_INFINITY }],
    ['host', 'a load past 1', { load: 1.5 }],
    ['host', 'more desktops than any host has', { desktops: Array.from({ length: 513 }, () => null) }],
    ['event', 'an id too short to be one', { id: 'x' }],
    ['command', 'a life of no time', { ttlMs: 0 }],
    ['command', 'a life of more than an hour', { ttlMs: 3_600_001 }],
    ['command', 'arguments as a list', { args: 'now' }],
    ['result', 'a status that there is not', { status: 'perhaps' }],
    ['relay-command', 'a life of more than a minute', { ttlMs: 60_001 }],
    ['relay-command', 'on as a number', { on: 1 }],
    ['relay-state', 'a channel without a time', { channels: [{ on: true }] }],
    ['controller-state', 'a state that there is not', { state: 'thinking' }],
    ['enrol-request', 'a name that is no topic level', { device: 'pi/01' }],
    ['enrol-request', 'a name that the tree uses itself', { device: 'controller' }],
    ['enrol-request', 'a code of five digits', { code: '01234' }],
    ['enrol-request', 'a proof that is none', { token: { id: '0a1b2c3d', proof: 'trust me' } }],
    ['enrol-reply', 'a status that there is not', { status: 'maybe' }],
    ['enrol-reply', 'a password that is too short', { password: 'short' }],
    ['enrol-reply', 'a port that is none', { mqttPort: 0 }],
  ])('%s refuses %s', (kind, _what, changes) => {
    expect(decode(kind, withChanges(kind, changes))).toMatchObject({ ok: false, code: 'payload_invalid' });
  });
});

describe('variants', () => {
  it('take every way an enrolment may be answered', () => {
    const pending = { status: 'pending', code: '012345' };
    const refused = { status: 'refused', error: { code: 'enrolment_denied', message: 'no' } };
    expect(decode('enrol-reply', pending)).toEqual({ ok: true, value: pending });
    expect(decode('enrol-reply', refused)).toEqual({ ok: true, value: refused });
  });

  it('take an enrolment without a token, and a command without arguments', () => {
    const request = { device: 'pi-01', code: '000000', info: sampleInfo };
    expect(decode('enrol-request', request).ok).toBe(true);
    const { args: _none, ...command } = sampleMessages.command;
    expect(decode('command', command)).toEqual({ ok: true, value: { ...command, args: {} } });
  });
});

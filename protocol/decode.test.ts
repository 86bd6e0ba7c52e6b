import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { decodeMessage, decodePayload, decodeValue } from './decode.ts';
import { messages } from './messages.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const topic = 'homeroom/v1/seat-1/state';
const state = { state: 'ready', since: '2030-01-01T00:00:00.000Z', bootId: 'b1' };

describe('decodeMessage', () => {
  it('gives the payload of a known topic', () => {
    expect(decodeMessage(topic, bytes(JSON.stringify(state)))).toEqual({ ok: true, value: state });
  });

  it('refuses a topic that carries nothing of ours', () => {
    expect(decodeMessage('homeroom/v1/seat-1/secrets', bytes('{}'))).toEqual({
      ok: false,
      code: 'topic_unknown',
      reason: 'no message travels on homeroom/v1/seat-1/secrets',
    });
  });

  it('refuses a payload past its limit without reading it, and takes one at the limit', () => {
    const padded = (length: number) => {
      const text = JSON.stringify({ ...state, pad: '' });
      return bytes(text.replace('"pad":""', `"pad":"${'x'.repeat(length - text.length)}"`));
    };
    const limit = messages.state.maxBytes;
    expect(decodeMessage(topic, padded(limit)).ok).toBe(true);
    expect(decodeMessage(topic, padded(limit + 1))).toEqual({
      ok: false,
      code: 'payload_too_large',
      reason: '1025 bytes, at most 1024 are allowed',
    });
  });

  it.each([
    ['nothing', bytes('')],
    ['half an object', bytes('{"state":')],
    ['bytes that are no UTF-8', new Uint8Array([0x22, 0xff, 0x22])],
  ])('refuses %s as no JSON', (_what, payload) => {
    expect(decodeMessage(topic, payload)).toMatchObject({ ok: false, code: 'payload_not_json' });
  });

  it('names every wrong field with its path', () => {
    const decoded = decodeMessage(topic, bytes('{"state":"asleep","since":"yesterday"}'));
    expect(decoded).toMatchObject({ ok: false, code: 'payload_invalid' });
    expect(decoded.ok ? '' : decoded.reason.split('; ').map((fault) => fault.split(':')[0])).toEqual([
      'state',
      'since',
      'bootId',
    ]);
  });

  it('lets no field in by the prototype', () => {
    const payload = JSON.stringify(state).replace('{', '{"__proto__":{"connection":"forged"},');
    expect(decodeMessage(topic, bytes(payload))).toMatchObject({ ok: false, code: 'payload_invalid' });
  });

  it.each(['null', '[]', '"ready"', '7'])('refuses %s where an object is due', (payload) => {
    expect(decodeMessage(topic, bytes(payload))).toMatchObject({ ok: false, code: 'payload_invalid' });
  });
});

describe('decodePayload', () => {
  it('counts bytes, not characters', () => {
    const rule = { schema: v.string(), maxBytes: 6 };
    expect(decodePayload(rule, bytes('"éé"')).ok).toBe(true);
    expect(decodePayload(rule, bytes('"ééé"'))).toMatchObject({ code: 'payload_too_large' });
  });
});

describe('decodeValue', () => {
  it('fills in what a schema has by default', () => {
    const schema = v.object({ seconds: v.optional(v.number(), 10) });
    expect(decodeValue(schema, {})).toEqual({ ok: true, value: { seconds: 10 } });
  });

  it('tells a fault of the whole value as such', () => {
    const decoded = decodeValue(v.number(), 'x');
    expect(decoded.ok ? '' : decoded.reason).toMatch(/^payload: /);
  });
});

/** What the Ethernet relay board does, by its own code, against the schemas of the protocol. */
import { decodePayload, messages, topics } from '@homeroom/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FirmwareCore, receive } from './firmware-core.ts';

const utcMs = Date.parse('2030-01-01T08:00:00.000Z');
const command = (bent: object = {}) => ({
  ...{ id: 'command-1', issuedAt: '2030-01-01T08:00:00.000Z', ttlMs: 10_000, channel: 1, on: true },
  ...bent,
});
/** Long after its start, so that no minimum time is due. */
const started = ['board 2 5000', `at 60000 ${utcMs}`];
let core: FirmwareCore;
beforeAll(() => {
  core = new FirmwareCore();
}, 120_000);
afterAll(() => core.remove());

/** @returns what answers the commands after the start */
const play = (...commands: string[]) => core.play([...started, ...commands]).slice(started.length);
const stateOf = (answer: string[] | undefined) => {
  const decoded = decodePayload(messages['relay-state'], Buffer.from(answer?.at(-1) ?? ''));
  if (!decoded.ok) throw new Error(`${answer}: ${decoded.reason}`);
  return decoded.value;
};
const switched = (answers: string[][]) => answers.flat().filter((line) => line.startsWith('set'));

describe('a relay board', () => {
  it('switches everything off at its start, and says so as the protocol has it', () => {
    const [start, , state, away] = core.play(['board 3 5000', `at 1000 ${utcMs}`, 'state', 'away']);
    expect(start).toEqual(['set 0 off', 'set 1 off', 'set 2 off']);
    const off = { on: false, since: '2030-01-01T07:59:59.000Z' };
    expect(stateOf(state)).toEqual({ online: true, channels: [off, off, off] });
    expect(stateOf(away)).toEqual({ online: false, channels: [] });
  });

  it('follows a command once, and tells what became of it', () => {
    const answers = play('changed', receive(command()), 'changed', 'state', receive(command()), 'changed');
    expect(answers.map((answer) => answer.at(-1))).toMatchObject([
      'yes',
      'followed',
      'yes',
      expect.any(String),
      'repeated',
      'no',
    ]);
    expect(switched(answers)).toEqual(['set 1 on']);
    expect(stateOf(answers[3]).channels[1]).toEqual({ on: true, since: '2030-01-01T08:00:00.000Z' });
  });

  it.each([
    ['the broker replays', 'retained', receive(command(), { retained: true })],
    ['is too old', 'expired', receive(command({ issuedAt: '2030-01-01T07:59:45.000Z' }))],
    ['names no channel of it', 'no-channel', receive(command({ channel: 2 }))],
    ['is no command', 'not-understood', receive({ hello: 1 })],
    ['is no JSON', 'not-understood', receive('{"id":')],
  ])('drops what %s', (_what, verdict, line) => {
    const [answer] = play(line);
    expect(answer).toEqual([verdict]);
  });

  it('allows for clocks that differ a little, and judges by nothing but the arrival without a clock', () => {
    const nearly = receive(command({ issuedAt: '2030-01-01T07:59:45.001Z' }));
    const [, answer] = play(`at 60000 ${utcMs}`, nearly);
    expect(answer).toEqual(['set 1 on', 'followed']);
    const [, old, state] = play(
      'at 60000 -',
      receive(command({ issuedAt: '2020-01-01T00:00:00.000Z' })),
      'state',
    );
    expect(old).toEqual(['set 1 on', 'followed']);
    expect(stateOf(state).channels[1]?.since).toBe('1970-01-01T00:01:00.000Z');
  });

  it('stays off for its minimum time, and goes on when that is over', () => {
    const answers = play(
      receive(command()),
      receive(command({ id: 'command-2', on: false })),
      receive(command({ id: 'command-3' })),
      'state',
      'at 64999 -',
      'at 65000 -',
    );
    expect(answers.map(switchedOf)).toEqual([['set 1 on'], ['set 1 off'], [], [], [], ['set 1 on']]);
    expect(stateOf(answers[3]).channels[1]?.on).toBe(false);
  });

  it('forgets what waits for the minimum time when it is called off, and takes its own start for an off', () => {
    const off = [receive(command()), receive(command({ id: 'command-2', on: false })), 'at 9000 -'];
    expect(switched(core.play(['board 2 5000', 'at 100 -', ...off]).slice(1))).toEqual([]);
    expect(
      switched(core.play(['board 2 5000', 'at 100 -', receive(command()), 'at 5000 -']).slice(1)),
    ).toEqual(['set 1 on']);
  });

  it('ends a pulse by itself', () => {
    const answers = play(receive(command({ pulseMs: 300 })), 'at 60299 -', 'at 60300 -', 'at 99999 -');
    expect(answers.map(switchedOf)).toEqual([['set 1 on'], [], ['set 1 off'], []]);
  });

  it('lets a newer command end a pulse', () => {
    const held = receive(command({ id: 'command-2' }));
    const answers = play(receive(command({ pulseMs: 300 })), held, 'at 99999 -');
    expect(switched(answers)).toEqual(['set 1 on']);
  });

  it('obeys its own button before any command, until that is let go', () => {
    const answers = play(
      'press 1',
      'state',
      receive(command({ on: false })),
      'changed',
      'let-go 1',
      'state',
      receive(command({ id: 'command-2', on: false })),
    );
    expect(switched(answers)).toEqual(['set 1 on', 'set 1 off']);
    expect(stateOf(answers[1]).channels[1]).toMatchObject({ on: true, byHand: true });
    expect(answers[2]).toEqual(['by-hand']);
    // Whoever asked is told how it is.
    expect(answers[3]).toEqual(['yes']);
    expect(stateOf(answers[5]).channels[1]).not.toHaveProperty('byHand');
  });

  it('keeps to the minimum time by hand, too', () => {
    const answers = play('press 1', 'press 1', 'press 1', 'at 64999 -', 'at 65000 -');
    expect(answers.map(switchedOf)).toEqual([['set 1 on'], ['set 1 off'], [], [], ['set 1 on']]);
  });

  it('tells a full board in one message', () => {
    const [, , state] = core.play(['board 99 0', `at 60000 ${utcMs}`, 'state']);
    expect(stateOf(state).channels).toHaveLength(16);
    expect(Buffer.byteLength(state?.at(-1) ?? '')).toBeLessThan(messages['relay-state'].maxBytes);
  });

  it('remembers thirty-two commands', () => {
    const many = Array.from({ length: 33 }, (_, number) => receive(command({ id: `command-${number}` })));
    const answers = play(
      ...many,
      receive(command({ id: 'command-1' })),
      receive(command({ id: 'command-0' })),
    );
    expect(answers.slice(-2).map((answer) => answer.at(-1))).toEqual(['repeated', 'followed']);
  });
});

const switchedOf = (answer: string[]) => answer.filter((line) => line.startsWith('set'));

describe('its button', () => {
  /** @param levels one for each five milliseconds, up or down */
  const look = (...levels: [isDown: 0 | 1, forMs: number][]) => {
    const lines = levels.flatMap(([isDown, forMs]) => Array.from({ length: forMs / 5 }, () => isDown));
    return core.play(lines.flatMap((isDown, index) => [`at ${index * 5} -`, `button ${isDown}`])).flat();
  };

  it('tells a short press once, when it is over, whatever its contact does meanwhile', () => {
    expect(look([0, 50], [1, 10], [0, 5], [1, 10], [0, 5], [1, 200], [0, 10], [1, 5], [0, 100])).toEqual([
      'pressed',
    ]);
  });

  it('tells a long one once, while it lasts, and not its end', () => {
    expect(look([0, 50], [1, 1_900])).toEqual([]);
    expect(look([0, 50], [1, 3_000], [0, 100])).toEqual(['held']);
  });

  it('takes no spark for a press', () => {
    expect(look([0, 50], [1, 20], [0, 100])).toEqual([]);
  });
});

describe('its topics', () => {
  it('are the protocol’s', () => {
    expect(play('topic hall-1 state', 'topic hall-1 command').flat()).toEqual([
      topics.relayState('hall-1'),
      topics.relayCommand('hall-1'),
    ]);
  });

  it.each(['ab', '-ab', 'ab-', 'Hall', 'a/b', 'a+b', 'x'.repeat(64)])('are none for the id %s', (id) => {
    expect(play(`topic ${id} state`)).toEqual([['none']]);
  });
});

describe('its times', () => {
  it('are those of JavaScript, over all years that have four digits', () => {
    const times = fc.sample(
      fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true }),
      {
        numRuns: 500,
        seed: 4,
      },
    );
    const texts = [...times.map((time) => time.toISOString()), '2000-02-29T00:00:00.000Z'];
    expect(play(...texts.map((text) => `utc ${text}`)).flat()).toEqual(texts);
  });

  it.each([
    '2001-02-29T00:00:00.000Z',
    '2030-13-01T00:00:00.000Z',
    '2030-01-01T24:00:00.000Z',
    '1969-01-01T00:00:00.000Z',
    '2030-01-01T00:00:00Z',
    'now',
  ])('are none for %s', (text) => {
    expect(play(`utc ${text}`)).toEqual([['none']]);
  });
});

describe('its reading', () => {
  /** It knows no escapes in ids, and JavaScript counts other letters otherwise. */
  const id = fc.string({ unit: fc.constantFrom(...'abcXYZ019-_. '), minLength: 6, maxLength: 66 });
  const field = {
    id: fc.oneof(id, fc.constant(7)),
    issuedAt: fc.oneof(fc.constant('2030-01-01T08:00:00.000Z'), fc.constant('yesterday'), fc.constant(null)),
    ttlMs: fc.oneof(fc.integer({ min: -1, max: 60_002 }), fc.constant(1.5), fc.constant('9')),
    channel: fc.oneof(fc.integer({ min: -1, max: 3 }), fc.constant(0.5)),
    on: fc.oneof(fc.boolean(), fc.constant('on'), fc.constant(1)),
    pulseMs: fc.oneof(fc.integer({ min: 49, max: 5_001 }), fc.constant(null)),
    more: fc.jsonValue({ maxDepth: 4 }),
  };
  const someCommand = fc.oneof(
    fc.record(field, { requiredKeys: [] }),
    fc.record(field, { requiredKeys: ['id', 'issuedAt', 'ttlMs', 'channel', 'on'] }),
    fc.record({ id: fc.constant('command-1'), more: field.more }).map((more) => command(more)),
  );

  it('understands just what the schema takes', () => {
    const payloads = fc
      .sample(someCommand, { numRuns: 2_000, seed: 7 })
      .map((value) => JSON.stringify(value));
    const isGood = payloads.map((text) => decodePayload(messages['relay-command'], Buffer.from(text)).ok);
    expect(isGood.filter(Boolean).length).toBeGreaterThan(100);
    const understood = play(...payloads.map((text) => receive(text))).map(
      (answer) => answer.at(-1) !== 'not-understood',
    );
    expect(payloads.filter((_, index) => understood[index] !== isGood[index])).toEqual([]);
  });

  it('gets over whatever comes: torn, bent, nested without end, or no text at all', () => {
    const good = JSON.stringify(command({ more: { a: ['\u00e9\\"', 1e3, null] } }));
    const torn = Array.from({ length: good.length }, (_, end) => good.slice(0, end));
    const noise = fc.sample(fc.uint8Array({ maxLength: 200 }), { numRuns: 500, seed: 11 });
    const bent = fc.sample(
      fc.tuple(fc.nat(good.length - 1), fc.nat(255)).map(([at, byte]) => {
        const bytes = Buffer.from(good);
        bytes[at] = byte;
        return bytes;
      }),
      { numRuns: 1_000, seed: 12 },
    );
    const deep = [
      `${'['.repeat(9_000)}`,
      `{"a":${'['.repeat(40)}${']'.repeat(40)}}`,
      `{"a":${'9'.repeat(5_000)}}`,
    ];
    const lines = [...torn, ...deep].map((text) => receive(text));
    const raw = [...noise, ...bent].map((bytes) => `receive 0 ${Buffer.from(bytes).toString('hex')}`);
    const answers = play(...lines, ...raw, receive(good));
    expect(answers).toHaveLength(lines.length + raw.length + 1);
    expect(answers.slice(0, lines.length).flat()).toEqual(lines.map(() => 'not-understood'));
  });
});

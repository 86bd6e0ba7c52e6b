import { HomeroomError } from '@homeroom/protocol/wire';
import { describe, expect, it } from 'vitest';
import { createLog, type LogLevel } from './log.ts';

function record(level: LogLevel = 'debug') {
  const lines: string[] = [];
  const log = createLog({
    level,
    write: (line) => lines.push(line),
    now: () => new Date('2026-01-01T00:00:00.000Z'),
  });
  return { log, parsed: () => lines.map((line) => JSON.parse(line)), lines };
}

describe('log', () => {
  it('writes one JSON line with the fields of the child and of the call', () => {
    const { log, parsed, lines } = record();
    log.child({ part: 'link' }).info('connected', { afterMs: 12 });
    expect(lines[0]?.endsWith('}\n')).toBe(true);
    expect(parsed()).toEqual([
      { time: '2026-01-01T00:00:00.000Z', level: 'info', part: 'link', message: 'connected', afterMs: 12 },
    ]);
  });

  it('leaves out what is below its level', () => {
    const { log, parsed } = record('warn');
    log.info('left out');
    log.warn('kept');
    expect(parsed().map((line) => line.message)).toEqual(['kept']);
  });

  it('redacts fields that are named like secrets, also deep down', () => {
    const { log, lines } = record();
    log.info('said', { password: 'p1', nested: { vncSecret: 'p2', list: [{ joinToken: 'p3' }] } });
    expect(lines[0]).not.toMatch(/p[123]/);
    expect(lines[0]).toContain('[redacted]');
  });

  it('redacts a join token inside any text', () => {
    const { log, lines } = record();
    const token = `homeroom1.${'a'.repeat(64)}.abcdefgh`;
    log.error('failed', { error: new Error(`bad ${token}`) });
    expect(lines[0]).not.toContain('abcdefgh');
  });

  it('writes an error with its code and its cause', () => {
    const { log, parsed } = record();
    const error = new HomeroomError('disk_full', 'no room', { cause: new Error('ENOSPC') });
    log.error('failed', { error });
    expect(parsed()[0].error).toEqual({
      name: 'HomeroomError',
      code: 'disk_full',
      message: 'disk_full: no room',
      cause: { name: 'Error', message: 'ENOSPC' },
    });
  });

  it('bounds depth and length of what it writes', () => {
    const { log, parsed } = record();
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    log.info('said', { loop, text: 'x'.repeat(10_000) });
    expect(parsed()[0].text.length).toBeLessThan(5_000);
    expect(JSON.stringify(parsed()[0].loop)).toContain('[deeper]');
  });
});

import { describe, expect, it } from 'vitest';
import { decodeValue } from '../decode.ts';
import { type CommandName, commands, isCommandName } from './commands.ts';

const desktop = '0b8f7a52-6f1c-4a39-9d5e-6f0f0c1d2e3f';
const report = { desktop, state: 'running', socket: '/run/homeroom/d.sock' };
const start = {
  temporary: false,
  desktop,
  account: 'maria',
  uid: 20_001,
  displayName: 'Maria',
  application: null,
  width: 1280,
  height: 720,
  vncSecret: 'abcdefgh',
  memoryMiB: null,
};

const sheet = { name: 'sheet.pdf', sizeBytes: 3, sha256: 'a'.repeat(64), path: '/api/v1/files/1' };

/** Good arguments and good result data of each command. */
const samples: Record<CommandName, { args: object; data: object }> = {
  identify: { args: { seconds: 5 }, data: {} },
  screenshot: {
    args: { width: 640 },
    data: { mediaType: 'image/jpeg', base64: '/9j/', takenAt: '2030-01-01T00:00:00.000Z' },
  },
  reboot: { args: {}, data: {} },
  shutdown: { args: { force: true }, data: {} },
  'hdmi-switch': {
    args: { port: 'Matrix', output: 1, input: 2 },
    data: { output: 1, input: 2, confirmed: false },
  },
  'kiosk.restart': { args: {}, data: {} },
  cec: { args: { action: 'standby', adapter: 'cec0' }, data: {} },
  relay: { args: { channel: 1, on: true }, data: { channel: 1, on: true } },
  simulate: { args: { what: 'hdmi', connector: 'HDMI-A-1', connected: false }, data: {} },
  'desktop.start': { args: start, data: report },
  'desktop.poll': { args: { desktop }, data: report },
  'desktop.list': { args: {}, data: { desktops: [report] } },
  'desktop.stop': { args: { desktop }, data: {} },
  'exam.collect': {
    args: { lesson: desktop, account: 'ada', uid: 20_000, folder: 'Exam', maxFiles: 200, maxBytes: 1_000 },
    data: {
      folder: '/data/collected/x/ada',
      isMissing: false,
      files: [{ path: 'a.txt', sizeBytes: 3 }],
      left: [],
      leftCount: 0,
    },
  },
  'files.put': {
    args: { round: desktop, account: 'ada', uid: 20_000, folder: 'Übungen 1', files: [sheet] },
    data: { files: [{ name: 'sheet.pdf', state: 'written', savedAs: 'sheet (2).pdf', sizeBytes: 3 }] },
  },
  'files.collect': {
    args: { round: desktop, account: 'ada', uid: 20_000, folder: 'Work', maxFiles: 200, maxBytes: 1_000 },
    data: { folder: '/data/x', isMissing: true, files: [], left: [], leftCount: 0 },
  },
  'files.send': {
    args: { round: desktop, account: 'ada', path: '/api/v1/x', prefix: 'Ada' },
    data: { sizeBytes: 2_048 },
  },
  'files.forget': { args: { round: desktop, account: 'ada' }, data: {} },
  'desktop.tunnel': { args: { desktop, path: '/api/v1/tunnels/1', ticket: 't' }, data: {} },
};

describe.each(Object.keys(commands) as CommandName[])('%s', (name) => {
  const { args, data } = samples[name];

  it('takes good arguments and good data, unknown fields too', () => {
    const more = { fromTheFuture: 1 };
    expect(decodeValue(commands[name].args, { ...args, ...more })).toEqual({
      ok: true,
      value: { ...args, ...more },
    });
    expect(decodeValue(commands[name].data, { ...data, ...more })).toEqual({
      ok: true,
      value: { ...data, ...more },
    });
  });

  it('refuses arguments that are no object', () => {
    expect(decodeValue(commands[name].args, 'now').ok).toBe(false);
  });
});

const put = { round: desktop, account: 'ada', uid: 20_000, folder: 'Work', files: [sheet] };

describe('wrong arguments', () => {
  it.each<[CommandName, string, object]>([
    ['identify', 'a minute and more', { seconds: 61 }],
    ['screenshot', 'a picture wider than a screen', { width: 1921 }],
    ['cec', 'an action that there is not', { action: 'explode' }],
    ['relay', 'no channel', { on: true }],
    ['simulate', 'something that the board has not', { what: 'weather' }],
    ['simulate', 'a control character among letters', { what: 'keyboard', text: 'student\n' }],
    ['simulate', 'a key that no keyboard has', { what: 'keyboard', key: 'Any' }],
    ['simulate', 'a click beside the screen', { what: 'mouse', x: 1.01, y: 0 }],
    ['relay', 'a pulse that never ends', { channel: 0, on: true, pulseMs: 5_001 }],
    ['hdmi-switch', 'an input that no matrix has', { port: 'Matrix', input: 0 }],
    ['files.put', 'a folder that is a path', { ...put, folder: '../.ssh' }],
    ['files.put', 'a hidden file', { ...put, files: [{ ...sheet, name: '.profile' }] }],
    ['files.put', 'a file that is a path', { ...put, files: [{ ...sheet, name: 'a/b' }] }],
    [
      'files.put',
      'a file of another host',
      { ...put, files: [{ ...sheet, path: 'https://evil.example/x' }] },
    ],
    ['files.put', 'no file', { ...put, files: [] }],
    ['desktop.start', 'root', { ...start, uid: 0 }],
    ['desktop.start', 'a system account', { ...start, uid: 999 }],
    ['desktop.start', 'an account that is a path', { ...start, account: '../root' }],
    ['desktop.start', 'an account that is an option', { ...start, account: '-rf' }],
    ['desktop.start', 'a secret longer than VNC reads', { ...start, vncSecret: 'abcdefghi' }],
    ['desktop.start', 'a desktop that is no UUID', { ...start, desktop: '../../x' }],
    ['desktop.tunnel', 'a path on another host', { desktop, path: '//evil.example/', ticket: 't' }],
  ])('%s refuses %s', (name, _what, args) => {
    expect(decodeValue(commands[name].args, args)).toMatchObject({ ok: false, code: 'payload_invalid' });
  });
});

describe('the table of commands', () => {
  it('fills in what may be left out', () => {
    expect(decodeValue(commands.identify.args, {})).toEqual({ ok: true, value: { seconds: 10 } });
    expect(decodeValue(commands.screenshot.args, {})).toEqual({ ok: true, value: { width: 480 } });
  });

  it('keeps every command that carries a secret from the observer', () => {
    const secret = Object.entries(commands).flatMap(([name, command]) => (command.secret ? [name] : []));
    expect(secret).toEqual(['screenshot', 'simulate', 'desktop.start', 'desktop.tunnel']);
  });

  it('knows its own names and nothing that every object has', () => {
    expect(isCommandName('reboot')).toBe(true);
    expect(['toString', '__proto__', 'Reboot', ''].filter(isCommandName)).toEqual([]);
  });
});

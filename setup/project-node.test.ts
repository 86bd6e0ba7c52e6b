import { describe, expect, it } from 'vitest';
import { chooseNode } from './project-node.mjs';

const machine = {
  bundled: undefined,
  running: '/usr/bin/node',
  runningVersion: '24.1.0',
  platform: 'darwin-arm64',
};

describe('chooseNode', () => {
  it('prefers the Node that npm brought', () => {
    expect(chooseNode({ ...machine, bundled: '/h/node' })).toBe('/h/node');
  });

  it('takes the running Node where npm has none and it is new enough', () => {
    expect(chooseNode(machine)).toBe('/usr/bin/node');
  });

  it('says what is needed and where to get it otherwise', () => {
    const old = { ...machine, runningVersion: '20.20.2', platform: 'linux-arm' };
    expect(() => chooseNode(old)).toThrow(
      /needs Node 24 or later; this is 20\.20\.2.*linux-arm[\s\S]*nodejs\.org/,
    );
  });
});

import { describe, expect, it } from 'vitest';
import { xServerArguments } from './x-server-arguments.ts';

const built = xServerArguments({
  socketPath: '/run/d/stream/rfb',
  authorityPath: '/run/d/xauthority',
  passwordPath: '/run/d/vncpasswd',
  width: 1280,
  height: 800,
  title: 'Ada Lovelace',
  clipboard: { in: true, out: false },
});
const argumentAfter = (option: string) => built[built.indexOf(option) + 1];

describe('xServerArguments', () => {
  it('opens a private Unix socket and no TCP port', () => {
    expect(argumentAfter('-rfbunixpath')).toBe('/run/d/stream/rfb');
    expect(argumentAfter('-rfbunixmode')).toBe('0600');
    expect(argumentAfter('-rfbport')).toBe('-1');
    expect(argumentAfter('-nolisten')).toBe('tcp');
  });

  it('asks viewers for the secret and X clients for the cookie', () => {
    expect(argumentAfter('-SecurityTypes')).toBe('VncAuth');
    expect(argumentAfter('-PasswordFile')).toBe('/run/d/vncpasswd');
    expect(argumentAfter('-auth')).toBe('/run/d/xauthority');
    expect(built).not.toContain('-ac');
  });

  it('has the size that was asked for and lets viewers change it', () => {
    expect(argumentAfter('-geometry')).toBe('1280x800');
    expect(built).toContain('-AcceptSetDesktopSize=1');
  });

  it('takes text in and gives text out only where that is allowed', () => {
    expect(built).toContain('-AcceptCutText=1');
    expect(built).toContain('-SendCutText=0');
    expect(built).toContain('-AllowOverride=desktop');
  });

  it('passes a name with spaces as one argument', () => {
    expect(argumentAfter('-desktop')).toBe('Ada Lovelace');
  });
});

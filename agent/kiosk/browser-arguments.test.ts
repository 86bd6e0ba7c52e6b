import { describe, expect, it } from 'vitest';
import { browserArguments } from './browser-arguments.ts';

const options = {
  profileDir: '/data/kiosk-profile',
  headless: false,
  size: { width: 1920, height: 1080 },
  isRoot: false,
  memoryMiB: 4_096,
  pinnedSpki: [],
};

describe('browserArguments', () => {
  it('speaks over the pipe and opens no port', () => {
    const built = browserArguments(options);
    expect(built).toContain('--remote-debugging-pipe');
    expect(built.filter((argument) => argument.includes('debugging-port'))).toEqual([]);
  });

  it('keeps its own profile and starts with an empty page', () => {
    const built = browserArguments(options);
    expect(built).toContain('--user-data-dir=/data/kiosk-profile');
    expect(built.at(-1)).toBe('about:blank');
  });

  it('fills a real screen', () => {
    const built = browserArguments(options);
    expect(built).toContain('--kiosk');
    expect(built).not.toContain('--headless=new');
  });

  it('fills a screen of the same size when there is none', () => {
    const built = browserArguments({ ...options, headless: true });
    expect(built).toContain('--headless=new');
    expect(built).toContain('--screen-info={1920x1080}');
  });

  it('gives up the sandbox for root alone', () => {
    expect(browserArguments(options)).not.toContain('--no-sandbox');
    expect(browserArguments({ ...options, isRoot: true })).toContain('--no-sandbox');
  });

  it('trusts the pinned keys and no certificate beyond them', () => {
    const built = browserArguments({ ...options, pinnedSpki: ['a=', 'b='] });
    expect(built).toContain('--ignore-certificate-errors-spki-list=a=,b=');
    expect(built).not.toContain('--ignore-certificate-errors');
    expect(browserArguments(options).join(' ')).not.toContain('spki');
  });

  it('saves memory on a small machine', () => {
    const built = browserArguments({ ...options, memoryMiB: 900 });
    expect(built).toContain('--js-flags=--max-old-space-size=192');
    expect(built.lastIndexOf('--renderer-process-limit=1')).toBeGreaterThan(
      built.indexOf('--renderer-process-limit=2'),
    );
  });
});

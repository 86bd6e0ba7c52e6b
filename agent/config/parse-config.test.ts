import { HomeroomError } from '@homeroom/protocol/wire';
import { describe, expect, it } from 'vitest';
import { type ConfigSources, configKeys, parseConfig } from './parse-config.ts';

const none: ConfigSources = { file: undefined, env: {}, args: {} };

function faultsOf(sources: Partial<ConfigSources>): string[] {
  try {
    parseConfig({ ...none, ...sources });
    return [];
  } catch (error) {
    if (error instanceof HomeroomError && error.code === 'config_invalid') return error.detail.split('\n');
    throw error;
  }
}

describe('parseConfig', () => {
  it('has a default for everything that a device needs', () => {
    expect(parseConfig(none)).toEqual({
      controller: undefined,
      joinToken: undefined,
      joinTokenFile: undefined,
      dataDir: '.homeroom/agent',
      deviceId: undefined,
      name: undefined,
      board: 'linux',
      relays: [],
      hdmiSwitches: [],
      kiosk: 'chromium',
      kioskHeadless: false,
      kioskSize: { width: 1280, height: 720 },
      kioskOrigins: [],
      host: false,
      hostCapacity: undefined,
      hostStreams: 'tunnel',
      hostEndWithAgent: false,
      logLevel: 'info',
    });
  });

  it('reads every shape of value', () => {
    const config = parseConfig({
      ...none,
      env: {
        HOMEROOM_CONTROLLER: 'room.local:18883',
        HOMEROOM_JOIN_TOKEN: `homeroom1.${'a'.repeat(64)}.${'b'.repeat(32)}`,
        HOMEROOM_RELAYS: 'Lamp=17, TV=27:low',
        HOMEROOM_KIOSK_SIZE: '800x480',
        HOMEROOM_KIOSK_ORIGINS: 'https://a.example,http://b.example:8000/',
        HOMEROOM_KIOSK_HEADLESS: 'TRUE',
      },
    });
    expect(config).toMatchObject({
      controller: { host: 'room.local', mqttPort: 18883 },
      joinToken: { caSha256: 'a'.repeat(64), secret: 'b'.repeat(32) },
      relays: [
        { name: 'Lamp', line: 17, activeLow: false },
        { name: 'TV', line: 27, activeLow: true },
      ],
      kioskSize: { width: 800, height: 480 },
      kioskOrigins: ['https://a.example', 'http://b.example:8000'],
      kioskHeadless: true,
    });
  });

  it('lets the command line win over the environment, and that over the file', () => {
    const file = { name: 'file', host: false, hostCapacity: 5 };
    const env = { HOMEROOM_NAME: 'environment', HOMEROOM_HOST: 'off' };
    expect(parseConfig({ file, env, args: { host: 'on' } })).toMatchObject({
      name: 'environment',
      host: true,
      hostCapacity: 5,
    });
  });

  it('takes an empty variable as left out', () => {
    expect(parseConfig({ ...none, env: { HOMEROOM_BOARD: '' } }).board).toBe('linux');
  });

  it('tells all faults at once, with the key, what it has and what is allowed', () => {
    expect(
      faultsOf({
        env: { HOMEROOM_KIOSK: 'firefox', HOMEROOM_HOST_CAPACITY: '0' },
        file: { borad: 'linux', kioskSize: 'big' },
      }),
    ).toEqual([
      expect.stringContaining('borad in the configuration file is no key'),
      'HOMEROOM_KIOSK (kiosk) has "firefox"; allowed is `chromium` or `none`',
      expect.stringContaining('HOMEROOM_KIOSK_SIZE (kioskSize) has "big"'),
      expect.stringContaining('HOMEROOM_HOST_CAPACITY (hostCapacity) has "0"'),
    ]);
  });

  it('never shows a secret in a fault', () => {
    const faults = faultsOf({ env: { HOMEROOM_JOIN_TOKEN: 'homeroom1.tippfehler' } });
    expect(faults).toHaveLength(1);
    expect(faults[0]).not.toContain('tippfehler');
  });

  it.each(['a,b', 'ftp://a.example', 'https://a.example/path'])('refuses %j as kiosk origins', (text) => {
    expect(faultsOf({ env: { HOMEROOM_KIOSK_ORIGINS: text } })).toHaveLength(1);
  });

  it('refuses a file that holds no object', () => {
    expect(faultsOf({ file: [] })).toEqual(['the configuration file must hold one JSON object']);
  });
});

describe('configKeys', () => {
  it('tells of every key a description, what is allowed and a variable of its own', () => {
    expect(new Set(configKeys.map(({ env }) => env)).size).toBe(configKeys.length);
    for (const told of configKeys) expect(told.description && told.allowed, told.name).toBeTruthy();
  });
});

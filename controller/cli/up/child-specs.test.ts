import { describe, expect, it } from 'vitest';
import { controllerSpec, hostSpec, seatSpec, stripSpec } from './child-specs.ts';

const environment = {
  PATH: '/bin',
  HOMEROOM_FIRST_PASSWORD: 'secret words',
  HOMEROOM_DATABASE_URL: 'postgres://u:p@h/d',
  HOMEROOM_LOG_LEVEL: 'debug',
};
const layout = { root: '/h', dataDir: '/data', environment };
const place = {
  ...layout,
  mqttTlsPort: 8883,
  brokerHost: undefined,
  joinToken: 'homeroom1.a.b',
  kiosk: true,
};

describe('controllerSpec', () => {
  it('passes every setting on, with the data folder made absolute', () => {
    expect(controllerSpec(layout)).toEqual({
      name: 'controller',
      args: ['/h/controller/main.ts', '--announce'],
      env: { ...environment, HOMEROOM_DATA_DIR: '/data' },
      logFile: '/data/logs/controller.log',
    });
  });
});

describe('hostSpec', () => {
  it('runs the agent as a host whose streams are local and whose desktops end with it', () => {
    expect(hostSpec(place)).toEqual({
      name: 'host',
      args: ['/h/agent/homeroom-agent.mjs', '--host'],
      env: {
        PATH: '/bin',
        HOMEROOM_LOG_LEVEL: 'debug',
        HOMEROOM_CONTROLLER: '127.0.0.1:8883',
        HOMEROOM_DATA_DIR: '/data/agents/host',
        HOMEROOM_JOIN_TOKEN: 'homeroom1.a.b',
        HOMEROOM_NAME: 'This machine',
        HOMEROOM_HOST_STREAMS: 'local',
        HOMEROOM_HOST_END_WITH_AGENT: 'on',
        HOMEROOM_KIOSK: 'none',
      },
      logFile: '/data/logs/host.log',
    });
  });
});

describe('seatSpec', () => {
  it('gives each seat a simulated board, a headless kiosk and a folder of its own', () => {
    const { name, env, logFile } = seatSpec(place, 2);
    expect([name, logFile]).toEqual(['seat-2', '/data/logs/seat-2.log']);
    expect(env).toMatchObject({
      HOMEROOM_BOARD: 'simulated',
      HOMEROOM_DATA_DIR: '/data/agents/seat-2',
      HOMEROOM_NAME: 'Seat 2',
      HOMEROOM_DEVICE_ID: 'seat-2',
      HOMEROOM_KIOSK: 'chromium',
      HOMEROOM_KIOSK_HEADLESS: 'on',
    });
  });

  it('sends it to an external broker, and to this machine for all else', () => {
    expect(seatSpec({ ...place, brokerHost: 'broker.example.org' }, 1).env).toMatchObject({
      HOMEROOM_CONTROLLER: '127.0.0.1:8883',
      HOMEROOM_BROKER: 'broker.example.org:8883',
    });
  });

  it('leaves the browser out when no kiosks are wanted', () => {
    expect(seatSpec({ ...place, kiosk: false }, 1).env.HOMEROOM_KIOSK).toBe('none');
  });

  it('stays down once it has ended in order, as a machine that was shut down', () => {
    expect(seatSpec(place, 1).mayEnd).toBe(true);
    expect(hostSpec(place).mayEnd).toBeUndefined();
  });

  it('tells no agent the controller’s secrets, and no secret to anybody who lists processes', () => {
    const spec = seatSpec(place, 1);
    expect(Object.keys(spec.env)).not.toContain('HOMEROOM_FIRST_PASSWORD');
    expect(Object.keys(spec.env)).not.toContain('HOMEROOM_DATABASE_URL');
    expect(spec.args.join()).not.toContain('homeroom1');
  });
});

describe('stripSpec', () => {
  const strip = { ...place, seats: 3, mqttPort: 1883 };

  it('tells it where the brokers are and how many seats hang on it', () => {
    const { name, args } = stripSpec(strip);
    expect([name, args.slice(1).join(' ')]).toEqual([
      'strip',
      '--root /h --data /data --seats 3 --mqtt-tls-port 8883 --mqtt-port 1883',
    ]);
  });

  it('leaves out what there is not', () => {
    const { args } = stripSpec({
      ...strip,
      mqttPort: undefined,
      brokerHost: 'broker.example.org',
      kiosk: false,
    });
    expect(args.slice(-3)).toEqual(['--broker', 'broker.example.org', '--no-kiosk']);
    expect(args).not.toContain('--mqtt-port');
  });

  it('tells the join token to no one who lists processes, and the controller’s secrets to nobody', () => {
    const { args, env } = stripSpec(strip);
    expect(args.join()).not.toContain('homeroom1');
    expect(env).toEqual({ PATH: '/bin', HOMEROOM_LOG_LEVEL: 'debug', HOMEROOM_JOIN_TOKEN: 'homeroom1.a.b' });
  });
});

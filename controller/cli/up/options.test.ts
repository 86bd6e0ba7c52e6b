import { describe, expect, it } from 'vitest';
import { parseUpOptions } from './options.ts';

const optionsOf = (args: string[]) => {
  const { options, faults } = parseUpOptions(args);
  expect(faults).toEqual([]);
  return options;
};

describe('parseUpOptions', () => {
  it('starts a host and three seats with kiosks when nothing is said', () => {
    expect(optionsOf([])).toEqual({
      help: false,
      seats: 3,
      host: true,
      kiosk: true,
      environment: {},
      given: [],
    });
  });

  it('passes the options that are settings on by their names in the environment', () => {
    const args = ['--port', '9000', '--data', '/srv/h', '--mqtt-port=1884', '--mqtt-tls-port', '8884'];
    expect(optionsOf(args).environment).toEqual({
      HOMEROOM_PORT: '9000',
      HOMEROOM_DATA_DIR: '/srv/h',
      HOMEROOM_MQTT_PORT: '1884',
      HOMEROOM_MQTT_TLS_PORT: '8884',
    });
  });

  it('takes any number of seats from none to 32', () => {
    expect(optionsOf(['--seats', '0']).seats).toBe(0);
    expect(optionsOf(['--seats=32']).seats).toBe(32);
  });

  it.each(['33', '-1', 'two', '1.5', ''])('refuses "%s" seats and tells what is allowed', (seats) => {
    expect(parseUpOptions([`--seats=${seats}`]).faults).toEqual([
      `--seats is "${seats}"; it must be a number from 0 to 32.`,
    ]);
  });

  it('leaves the host or the kiosks out', () => {
    expect(optionsOf(['--no-host', '--no-kiosk'])).toMatchObject({ host: false, kiosk: false });
  });

  it('refuses what it does not know, all of it, and points to the list', () => {
    const { faults } = parseUpOptions(['--prot', '1', '--no-host=yes', '--seats', '99', '--port']);
    expect(faults).toEqual([
      '--prot is no option; `npm start -- --help` lists them.',
      '"1" is no option; `npm start -- --help` lists them.',
      '--no-host takes no value; `npm start -- --help` lists them.',
      '--seats is "99"; it must be a number from 0 to 32.',
      '--port takes a value; `npm start -- --help` lists them.',
    ]);
  });

  it('still says which settings the good options give', () => {
    expect(parseUpOptions(['--bogus', '--port', '70000']).options.environment).toEqual({
      HOMEROOM_PORT: '70000',
    });
  });
});

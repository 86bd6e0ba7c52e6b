import { describe, expect, it } from 'vitest';
import { parseUpOptions } from './options.ts';

describe('parseUpOptions', () => {
  it('starts a host and three seats with kiosks when nothing is said', () => {
    expect(parseUpOptions([])).toEqual({ help: false, seats: 3, host: true, kiosk: true, environment: {} });
  });

  it('passes the options that are settings on by their names in the environment', () => {
    const args = ['--port', '9000', '--data', '/srv/h', '--mqtt-port=1884', '--mqtt-tls-port', '8884'];
    expect(parseUpOptions(args).environment).toEqual({
      HOMEROOM_PORT: '9000',
      HOMEROOM_DATA_DIR: '/srv/h',
      HOMEROOM_MQTT_PORT: '1884',
      HOMEROOM_MQTT_TLS_PORT: '8884',
    });
  });

  it('takes any number of seats from none to 32', () => {
    expect(parseUpOptions(['--seats', '0']).seats).toBe(0);
    expect(parseUpOptions(['--seats=32']).seats).toBe(32);
  });

  it.each(['33', '-1', 'two', '1.5', ''])('refuses "%s" seats and tells what is allowed', (seats) => {
    expect(() => parseUpOptions([`--seats=${seats}`])).toThrow(/a number from 0 to 32/);
  });

  it('leaves the host or the kiosks out', () => {
    expect(parseUpOptions(['--no-host', '--no-kiosk'])).toMatchObject({ host: false, kiosk: false });
  });

  it('refuses an option that it does not know, and points to the list', () => {
    expect(() => parseUpOptions(['--prot', '1'])).toThrow(/config_invalid.*--prot.*--help/);
  });
});

import { expect, it } from 'vitest';
import type { Config } from '../config-keys.ts';
import type { ControllerRole } from '../roles.ts';
import { brokerSettings } from './broker-settings.ts';

const certificates = { caPem: 'CA', caSha256: '', certPem: '', keyPem: '' };

function settingsOf(roles: ControllerRole[], mqttUrl?: string) {
  const plain = { listen: '::', mqttPort: 1883, mqttTlsPort: 8883, roles };
  const config: Pick<Config, 'listen' | 'mqttPort' | 'mqttTlsPort' | 'mqttUrl' | 'roles'> =
    mqttUrl === undefined ? plain : { ...plain, mqttUrl };
  return brokerSettings({ config, certificates, controllerPassword: 'pw', retained: async () => [] });
}

it('runs the broker in the process with the role mqtt, and joins it from the others', () => {
  expect(settingsOf(['api', 'mqtt'])).toHaveProperty('embedded.port', 1883);
  expect(settingsOf(['api'])).toEqual({
    joined: { url: 'mqtt://controller:pw@127.0.0.1:1883', ca: 'CA' },
  });
});

it('joins a broker on another machine by the credential in its URL', () => {
  const url = 'mqtts://controller:secret@broker.test:8883';
  expect(settingsOf(['cleanup'], url)).toEqual({ joined: { url, ca: 'CA' } });
});

it('leaves the care for a broker of the owner’s to the process with the role mqtt', () => {
  const url = 'mqtts://homeroom:secret@mosquitto.test';
  expect(settingsOf(['mqtt'], url)).toEqual({ external: { url, ca: 'CA', isBesideKeeper: false } });
  expect(settingsOf(['api'], url)).toEqual({ external: { url, ca: 'CA', isBesideKeeper: true } });
});

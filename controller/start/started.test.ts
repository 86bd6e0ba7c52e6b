import { expect, it } from 'vitest';
import { startedOf } from './started.ts';

const config = { mqttPort: 1883 };

it('tells where the broker of this process is', () => {
  const started = startedOf({ config, httpPort: 80, brokerPorts: { plain: 1, tls: 2 }, accounts: [] });
  expect(started).toEqual({
    portalUrl: 'http://localhost:80',
    httpPort: 80,
    mqttUrl: 'mqtt://localhost:1',
    mqttTlsUrl: 'mqtts://localhost:2',
    mqttPort: 1,
    mqttTlsPort: 2,
    accounts: [],
  });
});

it('tells where another broker is, without the credential for it', () => {
  const given = { httpPort: 80, brokerPorts: undefined, accounts: [] };
  expect(startedOf({ config, ...given }).mqttUrl).toBe('mqtt://localhost:1883');
  const mqttUrl = 'mqtts://controller:secret@broker.test:8883';
  expect(startedOf({ config: { ...config, mqttUrl }, ...given })).toMatchObject({
    mqttUrl: 'mqtts://broker.test:8883',
    mqttTlsUrl: null,
  });
});

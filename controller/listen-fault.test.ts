import { expect, it } from 'vitest';
import { listenFault } from './listen-fault.ts';

const attempt = { host: '192.0.2.7', port: 80, purpose: 'MQTT', setting: 'HOMEROOM_MQTT_PORT' };
const fault = (code: string) => listenFault(Object.assign(new Error(`listen ${code}`), { code }), attempt);

it('names the port that is taken and the setting that chooses another', () => {
  expect(fault('EADDRINUSE')).toMatchObject({
    code: 'port_in_use',
    detail: 'MQTT port 80 is taken by another program: choose another with HOMEROOM_MQTT_PORT',
  });
});

it('tells a port for which one must be root', () => {
  expect(fault('EACCES')).toMatchObject({
    code: 'port_in_use',
    detail: expect.stringContaining('privilege'),
  });
});

it('names the address when it is no address of this machine', () => {
  expect(fault('EADDRNOTAVAIL')).toMatchObject({
    code: 'config_invalid',
    detail: 'HOMEROOM_LISTEN 192.0.2.7: listen EADDRNOTAVAIL',
  });
});

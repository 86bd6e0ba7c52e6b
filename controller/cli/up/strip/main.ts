/** The simulated power strip of `homeroom up`; it is started by that alone. */
import { parseArgs } from 'node:util';
import { seatEndLine } from './seat-end-line.ts';
import { StripProcess } from './strip-process.ts';

const { values } = parseArgs({
  options: {
    root: { type: 'string' },
    data: { type: 'string' },
    seats: { type: 'string' },
    'mqtt-port': { type: 'string' },
    'mqtt-tls-port': { type: 'string' },
    broker: { type: 'string' },
    'no-kiosk': { type: 'boolean' },
  },
});
const strip = new StripProcess({
  root: values.root ?? '',
  dataDir: values.data ?? '',
  environment: process.env,
  seats: Number(values.seats),
  mqttPort: values['mqtt-port'] === undefined ? undefined : Number(values['mqtt-port']),
  mqttTlsPort: Number(values['mqtt-tls-port']),
  brokerHost: values.broker,
  joinToken: process.env.HOMEROOM_JOIN_TOKEN,
  kiosk: !values['no-kiosk'],
  tellEnd: (name, how, restartInMs) => process.stdout.write(seatEndLine({ name, how, restartInMs })),
  log: (text) => process.stderr.write(`${new Date().toISOString()} ${text}\n`),
});

// Whoever hears of our seats may have been killed; the seats go on.
process.stdout.on('error', () => undefined);
process.once('SIGTERM', () => void strip.stop().then(() => process.exit(0)));
await strip.start();

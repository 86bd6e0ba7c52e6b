/** A whole controller in a process of its own; benches use its simulated provider, which makes nothing. */
import { join } from 'node:path';
import { loadConfig } from '@homeroom/controller/config.ts';
import { Controller } from '@homeroom/controller/controller.ts';
import { pino } from 'pino';

const config = loadConfig({ environment: process.env, readFile: () => undefined });
const controller = new Controller({
  config,
  dataDir: config.dataDir,
  webDir: join(import.meta.dirname, 'no-pages'),
  version: 'bench',
  logger: pino({ level: 'error' }, pino.destination({ fd: 2 })),
});
const started = await controller.start();
process.stdout.write(`${JSON.stringify({ ready: true, ...started })}\n`);
process.once('SIGTERM', () => void controller.stop());

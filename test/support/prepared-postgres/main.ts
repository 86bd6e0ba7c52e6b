/** Makes a data folder of PostgreSQL with the migrated template in the folder that it is given, and ends. */
import { startEmbeddedServer } from '@homeroom/controller/store/embedded-server.ts';
import { pino } from 'pino';
import { createTemplate } from './create-template.ts';

const [dataDir = ''] = process.argv.slice(2);
const server = await startEmbeddedServer({ dataDir, logger: pino({ level: 'silent' }), isDurable: false });
try {
  await createTemplate(server.url);
} finally {
  await server.stop();
}

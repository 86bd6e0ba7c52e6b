/** Runs `Up` on the stand-ins beside this file, for tests that kill it. Arguments: data folder, port. */
import { testUp } from '../test-up.ts';

const [dataDir = '', port = ''] = process.argv.slice(2);
const { up } = testUp({ dataDir, port: Number(port) });
await up.start();
process.stdout.write('up\n');
setInterval(() => undefined, 1000);

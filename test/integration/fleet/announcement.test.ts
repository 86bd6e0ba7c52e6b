/** mDNS, in a network namespace of its own: nothing is sent into the network that this machine is in. */
import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeEach, expect, it } from 'vitest';

const program = fileURLToPath(new URL('support/announce-and-discover.ts', import.meta.url));
const network = [
  'ip link set lo up',
  'ip link add here type veth peer name there',
  'ip addr add 10.77.0.1/24 dev here',
  'ip link set here up',
  'ip link set there up',
  'ip route add default dev here',
].join(' && ');
const inNetwork = (command: string) => ['--net', 'sh', '-c', `${network} && ${command}`];
const hasNetworks = spawnSync('unshare', inNetwork('true'), { timeout: 10_000 }).status === 0;

beforeEach((context) => context.skip(!hasNetworks, 'network namespaces need root and iproute2'));

it('lets a device find the controller and its MQTT port without being told an address', async () => {
  const command = `"${process.execPath}" "${program}"`;
  const { stdout } = await promisify(execFile)('unshare', inNetwork(command), { timeout: 30_000 });
  expect(JSON.parse(stdout)).toEqual([{ host: '10.77.0.1', mqttPort: 9883 }]);
});

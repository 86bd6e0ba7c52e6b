/**
 * A school that comes in one second. Compared are completed assignments per second, from the beginning of the burst until
 * the last one:
 * - Homeroom: `homeroom load-test` against one whole controller, as `npm start` runs it; complete is who has a session
 *   whose desktop was made theirs, after the claim, the provider and the record of it;
 * - JupyterHub with a stub spawner: the API's request for a server until it is ready, for as many at once as it serves
 *   without a loss; and a thousand, with its own limit on what it starts at a time, by clients that ask again;
 * - x2gobroker: what X2Go's client does, the list and then the selection. It keeps no record of who has what and starts
 *   nothing: its whole work is the answer.
 */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { LoadFigures } from '@homeroom/controller/cli/load-test/load-figures.ts';
import { type Figure, printBenchResult } from './figures.ts';
import { type BenchController, startBenchController } from './support/bench-controller.ts';
import { makeBenchFolder } from './support/bench-folder.ts';
import { burstOnJupyterHub, type PeerBurst } from './support/jupyterhub.ts';
import { BenchProcess } from './support/process.ts';
import { median, quantile } from './support/statistics.ts';
import { tellProgress } from './support/tell-progress.ts';
import { burstOnX2GoBroker } from './support/x2gobroker.ts';

const root = resolve(import.meta.dirname, '../..');
const school = 1_000;
const town = 3_000;
const rounds = 5;
/** The most first. Three hundred at once it does not bear: servers time out, and it stops those that it had begun. */
const hubSizes = [200, 100];
/** How many servers it starts at a time unless it is told otherwise. */
const hubSpawnLimit = 100;

await using folder = await makeBenchFolder();
const ours = await measureHomeroom();
const hub = await mostOnJupyterHub();
const hubSchool = await burstOnHub(school, hubSpawnLimit);
const x2go = await burstOnX2GoBroker(await subfolder('x2gobroker'), school);
tellPeer('x2gobroker, list and select', x2go?.whole);
tellPeer('x2gobroker, select alone', x2go?.selection);
printBenchResult({ title: 'Everybody asks for a desktop at once', figures: figures() });

interface Bursts {
  readonly class: LoadFigures[];
  readonly school: LoadFigures[];
  readonly town: LoadFigures[];
}

/** @returns the largest burst that it serves wholly */
async function mostOnJupyterHub(): Promise<PeerBurst | undefined> {
  for (const users of hubSizes) {
    const found = await burstOnHub(users, 0);
    if (!found || found.failed === 0) return found;
  }
  throw new Error('JupyterHub serves no burst without a loss here');
}

async function burstOnHub(users: number, spawnLimit: number): Promise<PeerBurst | undefined> {
  const folder = await subfolder(`jupyterhub-${users}`);
  const found = await burstOnJupyterHub({ folder, users, spawnLimit });
  tellPeer(`JupyterHub, ${users} at once`, found);
  return found;
}

async function measureHomeroom(): Promise<Bursts> {
  const dataDir = await subfolder('homeroom');
  await using controller = await startBenchController(dataDir);
  // The first one warms up.
  await loadTest(controller, school);
  const several = async (users: number) => {
    const found: LoadFigures[] = [];
    for (let round = 0; round < rounds; round += 1) found.push(await loadTest(controller, users));
    return found;
  };
  const ofSchool = await several(school);
  return {
    class: await several(hubSizes[0] ?? 0),
    school: ofSchool,
    town: [await loadTest(controller, town)],
  };
}

async function loadTest({ httpPort, adminToken }: BenchController, users: number): Promise<LoadFigures> {
  const command = [join(root, 'controller/cli/main.ts'), 'load-test', '--users', String(users), '--json'];
  await using run = new BenchProcess(process.execPath, command, {
    stdio: ['ignore', 'pipe', 2],
    env: {
      PATH: process.env.PATH,
      HOMEROOM_URL: `http://127.0.0.1:${httpPort}`,
      HOMEROOM_TOKEN: adminToken,
    },
  });
  let said = '';
  for await (const chunk of run.child.stdout ?? []) said += String(chunk);
  tellProgress(`${users} users: ${said.trim()}`);
  return JSON.parse(said);
}

function figures(): Figure[] {
  const perSecond = 'assignments completed';
  const rate = rateOf(ours.school);
  const p99Ms = (of: readonly LoadFigures[]) => median(of.map((found) => found.p99Ms));
  const worst = (of: readonly LoadFigures[], name: 'failed' | 'doubles') =>
    Math.max(...of.map((found) => found[name]));
  const ofSchool = `${school} at once`;
  const ofClass = `${hubSizes[0]} at once`;
  const ofTown = `${town} at once`;
  return [
    row(`${ofSchool}, ${perSecond}`, rate, '/s', { target: '≥ 30 × JupyterHub', peer: rateOfHub(hub) }),
    row(`${ofSchool}, ${perSecond}`, rate, '/s', {
      target: '≥ 3 × x2gobroker',
      peer: rateOfX2Go(x2go?.whole, 'list and select'),
    }),
    row(`${ofSchool}, ${perSecond}`, rate, '/s', { peer: rateOfX2Go(x2go?.selection, 'select alone') }),
    row(`${ofSchool}, ${perSecond}`, rate, '/s', { peer: rateOfHub(hubSchool) }),
    row(`${ofClass}, ${perSecond}`, rateOf(ours.class), '/s', { peer: rateOfHub(hub) }),
    row(`${ofClass}, p99`, p99Ms(ours.class), 'ms', { peer: p99OfHub(hub) }),
    row(`${ofSchool}, p50`, median(ours.school.map((found) => found.p50Ms)), 'ms'),
    row(`${ofSchool}, p99`, p99Ms(ours.school), 'ms', { target: '≤ 2,000 ms', peer: p99OfHub(hubSchool) }),
    row(`${ofSchool}, not served`, worst(ours.school, 'failed'), 'users', {
      target: '0',
      peer: hubSchool && { name: 'JupyterHub, within five minutes', value: hubSchool.failed },
    }),
    row(`${ofSchool}, desktops given twice`, worst(ours.school, 'doubles'), 'desktops', { target: '0' }),
    row(`${ofTown}, not served`, worst(ours.town, 'failed'), 'users', { target: '0' }),
    row(`${ofTown}, desktops given twice`, worst(ours.town, 'doubles'), 'desktops', { target: '0' }),
    row(`${ofTown}, p99`, p99Ms(ours.town), 'ms'),
  ];
}

function rateOf(bursts: readonly LoadFigures[]): number {
  return median(bursts.map((found) => found.perSecond));
}

function row(
  what: string,
  value: number,
  unit: string,
  { target, peer }: { target?: string; peer?: Figure['peer'] } = {},
): Figure {
  return { what, value, unit, ...(peer && { peer }), ...(target && { target }) };
}

function rateOfHub(of: PeerBurst | undefined): Figure['peer'] {
  return of && { name: `JupyterHub with a stub spawner, ${of.users} at once`, value: of.perSecond };
}

function p99OfHub(of: PeerBurst | undefined): Figure['peer'] {
  return of && { name: `JupyterHub, of those served of ${of.users} at once`, value: quantile(of.ms, 0.99) };
}

function rateOfX2Go(of: PeerBurst | undefined, what: string): Figure['peer'] {
  return of && { name: `x2gobroker, ${what}`, value: of.perSecond };
}

function tellPeer(name: string, of: PeerBurst | undefined): void {
  if (!of) tellProgress(`${name} is not measured: Debian’s package could not be installed`);
  else {
    const p99 = Math.round(quantile(of.ms, 0.99));
    tellProgress(`${name}: ${of.perSecond.toFixed(1)}/s, p99 ${p99} ms, ${of.failed} not served`);
  }
}

async function subfolder(name: string): Promise<string> {
  const path = join(folder.path, name);
  await mkdir(path, { mode: 0o711 });
  return path;
}

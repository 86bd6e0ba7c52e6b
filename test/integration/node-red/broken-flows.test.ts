/** Flows that go wrong, and a Node-RED that dies: the controller goes on, and Node-RED comes back. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import { NodeRedHomeroom } from './support/node-red-homeroom.ts';
import { nodeRedProcesses } from './support/process-of.ts';

let homeroom: NodeRedHomeroom;

beforeEach(async () => {
  homeroom = await NodeRedHomeroom.make();
  await homeroom.start();
});

afterEach(async () => {
  await homeroom[Symbol.asyncDispose]();
});

/** A tab whose HTTP-in node runs a function, and one that runs it whenever flows start. */
const tab = { id: 'broken', type: 'tab', label: 'Broken' };
const onRequest = (func: string) => [
  tab,
  { id: 'b-in', type: 'http in', z: 'broken', url: '/broken', method: 'get', wires: [['b-do']] },
  { id: 'b-do', type: 'function', z: 'broken', func, outputs: 1, wires: [['b-out']] },
  { id: 'b-out', type: 'http response', z: 'broken', wires: [] },
];
const atStart = (command: string) => [
  tab,
  { id: 's-in', type: 'inject', z: 'broken', once: true, onceDelay: 0.1, props: [], wires: [['s-do']] },
  { id: 's-do', type: 'exec', z: 'broken', command, addpay: '', wires: [[], [], []] },
];
const untilAnswered = (path: string) =>
  waitFor('the flow is there', async () => {
    const { status } = await homeroom.ask('admin', path).catch(() => ({ status: 0 }));
    return status !== 404 && status !== 0 ? status : undefined;
  });

it('goes on after an exception, also one that nobody catches', async () => {
  await homeroom.deploy([
    ...onRequest('throw new Error("broken")'),
    { id: 'c', type: 'catch', z: 'broken', scope: null, wires: [['b-out']] },
  ]);
  expect(await untilAnswered('/flows-http/broken')).toBe(200);
  await homeroom.ask('admin', '/flows-http/broken');
  expect((await homeroom.health()).nodeRed).toMatchObject({ phase: 'running', ends: 0 });
});

it('brings Node-RED back when it is killed, and answers everything else meanwhile', async () => {
  const [pid = 0] = nodeRedProcesses(homeroom.nodeRedDir);
  process.kill(pid, 'SIGKILL');
  // From here on the old one answers nothing, and a new one takes its time.
  expect((await homeroom.ask('teacher', '/dashboard')).status).toBe(503);
  expect((await homeroom.ask('teacher', '/api/v1/me')).status).toBe(200);
  expect((await homeroom.health()).status).toBe('ready');
  await homeroom.untilPhase('running', 1);
  expect((await homeroom.ask('teacher', '/dashboard/_setup')).status).toBe(200);
  expect(nodeRedProcesses(homeroom.nodeRedDir)).toHaveLength(1);
});

it('stops flows that end the process each time, so that they can be mended', async () => {
  await homeroom.deploy(atStart('kill -9 $PPID'));
  const { reason } = await homeroom.untilPhase('safe', 4);
  expect(reason).toContain('its flows are stopped');
  expect((await homeroom.health()).status).toBe('ready');
  const page = await homeroom.ask('teacher', '/dashboard/wall', { headers: { accept: 'text/html' } });
  expect([page.status, page.text]).toEqual([404, expect.stringContaining('There is no dashboard now')]);
  const nodes: { z?: string; id: string }[] = JSON.parse((await homeroom.ask('admin', '/red/flows')).text);
  const mended = nodes.filter(({ z, id }) => z !== 'broken' && id !== 'broken');
  await homeroom.ask('admin', '/red/flows', { method: 'POST', body: mended });
  await homeroom.untilPhase('running');
  expect((await homeroom.ask('teacher', '/dashboard/_setup')).status).toBe(200);
});

it('leaves nothing running when the controller is killed, nor when it ends', async () => {
  await homeroom.kill();
  await waitFor('Node-RED ended too', () => nodeRedProcesses(homeroom.nodeRedDir).length === 0);
  await homeroom.start();
  expect(nodeRedProcesses(homeroom.nodeRedDir)).toHaveLength(1);
  await homeroom.stop();
  expect(nodeRedProcesses(homeroom.nodeRedDir)).toEqual([]);
});

/** A fake agent offers desktops to a whole controller: through the API as people and scripts use it. */
import { randomUUID } from 'node:crypto';
import type { DesktopReport, Host } from '@homeroom/protocol';
import { expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import { claim } from '../fleet/support/enrol-device.ts';
import { FakeAgent } from '../fleet/support/fake-agent.ts';
import { Browser } from './support/browser.ts';
import { ControllerFolder } from './support/controller-process.ts';

const offer: Host = { capacity: 20, isolation: 'own', load: 0, faults: [], desktops: [] };
const running = ({ desktop }: Record<string, unknown>): DesktopReport => ({
  desktop: String(desktop),
  state: 'running',
  socket: null,
});
const handlers = {
  'desktop.start': running,
  'desktop.poll': running,
  'desktop.stop': () => ({}),
  'desktop.list': () => ({ desktops: [] }),
};

it('places no student’s desktop on a device before an admin consents, and does afterwards', {
  timeout: 120_000,
}, async () => {
  await using folder = await ControllerFolder.make();
  const { httpPort, mqttPort: port } = await folder.start().untilReady();
  const signIn = (name: string) => Browser.signIn(`http://127.0.0.1:${httpPort}`, name, 'first password');
  const [admin, teacher, student] = await Promise.all([
    signIn('admin'),
    signIn('teacher'),
    signIn('student'),
  ]);
  const { token, host } = await admin.ask('POST', '/join-tokens', { uses: 1 });
  expect(host).toBe(false);
  const id = `pi-${randomUUID().slice(0, 8)}`;
  const reply = await claim(port, id, { token });
  const password = reply.status === 'accepted' ? reply.password : '';
  await using agent = await FakeAgent.connect({ id, password, port, handlers });
  await agent.publish('host', offer);

  const device = await waitFor('the offer', async () => {
    const found = await admin.ask('GET', `/devices/${id}`);
    return found.host !== null && found;
  });
  expect(device.alerts).toMatchObject([
    { code: 'host_not_allowed', message: expect.stringContaining('until an admin allows that') },
  ]);
  const { id: session, state } = await student.ask('POST', '/sessions', { template: 'desktop' });
  expect(state).toBe('waiting');
  const waiting = await waitFor('a desktop that tells why it waits', async () => {
    const { items } = await teacher.ask('GET', '/desktops');
    return items.find(({ error }: { error: string | null }) => error?.includes(`${id} waits until an admin`));
  });
  expect(waiting).toMatchObject({ state: 'creating' });
  expect((await teacher.send('PATCH', `/devices/${id}`, { host: true })).status).toBe(403);
  expect(agent.heard.filter(({ topic }) => topic.endsWith('desktop.start'))).toEqual([]);

  await admin.ask('PATCH', `/devices/${id}`, { host: true });
  const start = await waitFor('the student’s desktop', () =>
    agent.heard.find(({ topic }) => topic.endsWith('desktop.start')),
  );
  expect(start.value).toMatchObject({ args: { account: 'student' } });
  expect(await student.ask('GET', `/sessions/${session}`)).toMatchObject({ state: 'starting' });

  const desktops = async () =>
    (await teacher.ask('GET', '/desktops')).items as { host: string; state: string }[];
  // One that is being placed at the moment of the refusal is looked at again only after its lease.
  await waitFor('every place to be kept', async () =>
    (await desktops()).every(({ host: at, state: is }) => at === id && is !== 'creating'),
  );
  const refused = await admin.ask('PATCH', `/devices/${id}`, { host: false });
  expect(refused).toMatchObject({ hostConsent: 'refused', alerts: [] });
  await waitFor('the unused places to be given up', async () =>
    (await desktops()).every(({ host: at, state: is }) => at !== id || is === 'claimed'),
  );
  expect(await student.ask('GET', `/sessions/${session}`)).toMatchObject({ state: 'starting' });
  const { items: log } = await admin.ask('GET', '/audit');
  const actions = log.map(({ action, actor }: { action: string; actor: string }) => `${action} by ${actor}`);
  expect(actions).toContain('device.allow-host by admin');
  expect(actions).toContain('device.refuse-host by admin');
});

import { topics } from '@homeroom/protocol';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type RunningAgent, Stage } from './support/stage.ts';
import { waitFor } from './support/wait-for.ts';

let stage: Stage;
let running: RunningAgent;
beforeAll(async () => {
  stage = await Stage.open('seat-1');
  running = await stage.agent('seat-1');
  await stage.controller.state('seat-1', 'health');
});
afterAll(() => stage.end());
beforeEach(() => {
  expect(stage.controller.broken).toEqual([]);
});

it('tells everything that it knows of itself', async () => {
  for (const leaf of ['state', 'info', 'hdmi', 'cec', 'input', 'relays', 'health'] as const) {
    await stage.controller.state('seat-1', leaf);
  }
  expect(await stage.controller.state('seat-1', 'info')).toMatchObject({
    capabilities: expect.arrayContaining(['kiosk', 'hdmi', 'cec', 'relays', 'simulated']),
  });
});

it('tells an unplugged monitor by state and by event', async () => {
  await stage.controller.send('seat-1', 'simulate', {
    what: 'hdmi',
    connector: 'HDMI-A-1',
    connected: false,
  });
  const isUnplugged = (value: object) => JSON.stringify(value).includes('"connected":false,"monitor":null');
  await stage.controller.state('seat-1', 'hdmi', (value) => 'connectors' in value && isUnplugged(value));
  const events = () => stage.controller.on(topics.event('seat-1', 'hdmi.disconnected'));
  const [event] = await waitFor('the event', () => events().length > 0 && events());
  expect(event).toMatchObject({ details: { connector: 'HDMI-A-1' } });
});

it('publishes everything afresh when the controller says that it is back', async () => {
  stage.controller.forget();
  const online = { state: 'online', since: new Date().toISOString() };
  await stage.controller.publish(topics.controllerState(), online, true);
  for (const leaf of ['state', 'info', 'hdmi', 'cec', 'input', 'relays', 'health'] as const) {
    await stage.controller.state('seat-1', leaf);
  }
});

it('tells a crash of the kiosk', async () => {
  running.kiosk.crash('signal 11');
  const events = () => stage.controller.on(topics.event('seat-1', 'kiosk.crashed'));
  const [event] = await waitFor('the event', () => events().length > 0 && events());
  expect(event).toMatchObject({ message: expect.stringContaining('signal 11') });
});

it('says disconnected when it ends by itself', async () => {
  await running.agent.stop();
  const states = () => stage.controller.on(topics.device('seat-1', 'state')) as { state: string }[];
  await waitFor('the goodbye', () => states().some(({ state }) => state === 'disconnected'));
  expect(states().at(-1)).toMatchObject({ state: 'disconnected' });
});

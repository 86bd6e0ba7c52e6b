import { expect, it } from 'vitest';
import { BrokerStore } from './broker-store.ts';

const message = (topic: string, payload = '{}') => ({ topic, payload: Buffer.from(payload) });
const client = { id: 'pi-1' };

it('keeps the last retained message of a topic and gives it as a copy', async () => {
  const store = new BrokerStore();
  const packet = message('homeroom/v1/pi-1/state', 'one');
  await store.storeRetained(packet);
  packet.payload = Buffer.from('changed afterwards');
  const found = await store.createRetainedStream('homeroom/v1/+/state').toArray();
  expect(found.map(({ payload }) => String(payload))).toEqual(['one']);
});

it('forgets a retained message when an empty one comes', async () => {
  const store = new BrokerStore();
  await store.storeRetained(message('a/b/c'));
  await store.storeRetained(message('a/b/c', ''));
  expect(store.retainedCount).toBe(0);
  expect(await store.createRetainedStreamCombi(['a/b/c', '#']).toArray()).toEqual([]);
});

it('keeps a will until it is taken', async () => {
  const store = new BrokerStore();
  await store.setup({ id: 'broker-1' });
  await store.putWill(client, message('will'));
  expect(await store.getWill(client)).toMatchObject({
    topic: 'will',
    clientId: 'pi-1',
    brokerId: 'broker-1',
  });
  expect(await store.delWill(client)).toMatchObject({ topic: 'will' });
  expect(await store.delWill(client)).toBeUndefined();
});

it('remembers QoS 2 messages on their way in until they are released', async () => {
  const store = new BrokerStore();
  const packet = { ...message('a'), messageId: 7 };
  await expect(store.incomingGetPacket(client, packet)).rejects.toThrow();
  await store.incomingStorePacket(client, packet);
  expect(await store.incomingGetPacket(client, packet)).toBe(packet);
  await store.incomingDelPacket(client, packet);
  await expect(store.incomingDelPacket(client, packet)).rejects.toThrow();
});

it('forgets a client’s messages with its session', async () => {
  const store = new BrokerStore();
  const packet = { ...message('a'), messageId: 7 };
  await store.incomingStorePacket(client, packet);
  await store.cleanIncoming(client);
  await expect(store.incomingGetPacket(client, packet)).rejects.toThrow();
});

it('has no stored sessions', async () => {
  const store = new BrokerStore();
  expect(await store.subscriptionsByTopic()).toEqual([]);
  expect(await store.outgoingStream().toArray()).toEqual([]);
  await expect(store.addSubscriptions()).rejects.toThrow();
});

import { expect, it } from 'vitest';
import { RfbClient } from '../../support/rfb-client.ts';
import { startTestGateway, streamIn, until } from './support/test-gateway.ts';
import { startXvnc } from './support/xvnc.ts';

it('shows a real X server to a browser that never learns its secret, and notes input', async () => {
  await using xvnc = await startXvnc('geheim12');
  await using test = await startTestGateway();
  test.backstage.address = { kind: 'vnc', via: { unix: xvnc.socketPath }, secret: 'geheim12' };

  const viewer = await RfbClient.connect(streamIn(test.open()));
  await viewer.refresh();
  expect([viewer.width, viewer.height]).toEqual([640, 480]);
  expect(test.backstage.bytes).toBeGreaterThan(640 * 480 * 4);
  expect(test.backstage.counted).toEqual(['opened']);
  expect(test.backstage.inputs).toBe(0);

  viewer.key(65, true);
  await until(() => test.backstage.inputs === 1);

  viewer.close();
  await until(() => test.backstage.counted.length === 2);
  expect(test.backstage.counted).toEqual(['opened', 'closed']);
  expect(test.backstage.ended).toEqual([null]);
});

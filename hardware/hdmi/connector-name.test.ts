import { expect, test } from 'vitest';
import { connectorNameOf } from './connector-name.ts';

test.each([
  ['card1-HDMI-A-1', 'HDMI-A-1'],
  ['card0-DP-3', 'DP-3'],
  ['card1-DSI-1', 'DSI-1'],
])('%s is a connector for a screen', (folder, name) => {
  expect(connectorNameOf(folder)).toBe(name);
});

test.each(['card0', 'renderD128', 'version', 'card1-Writeback-1', 'card1-Composite-1'])(
  '%s is none',
  (folder) => {
    expect(connectorNameOf(folder)).toBeUndefined();
  },
);

import { expect, test } from 'vitest';
import { writeRoute } from './route-template.ts';
import { protocolOf, type SwitchProtocol, switchProtocols } from './switch-protocols.ts';

const route = { input: 2, output: 1 };

test.each([
  ['plain', 'SW21\r\n'],
  ['extron', '2*1!'],
  ['kramer', '#ROUTE 1,1,2\r'],
  ['atlona', 'x2AVx1\r'],
  ['blustream', 'OUT01FR02\r\n'],
  ['tesmart', '\u00aa\u00bb\u0003\u0001\u0002\u00ee'],
] as const)('%s is told %j', (name, written) => {
  expect(writeRoute(switchProtocols[name].write, route).toString('latin1')).toBe(written);
});

test.each([
  ['extron', 'Out1 In2 All\r\n', 'Out1 In3 All\r\n', 'E01\r\n'],
  ['kramer', '~01@ROUTE 1,1,2\r\n', '~01@ROUTE 1,2,2\r\n', '~01@ROUTE ERR 003\r\n'],
  ['atlona', 'x2AVx1\r\n', 'x3AVx1\r\n', 'Command FAILED: (x2AVx1)\r\n'],
  ['blustream', '[SUCCESS]Set output 01 connect from input 02.\r\n', 'OUT01FR02\r\n', '[ERROR]Parameter\r\n'],
] as const)('%s confirms its own route alone, and refuses in its words', (name, confirms, other, refuses) => {
  const protocol: SwitchProtocol = switchProtocols[name];
  expect(protocol.confirms?.(confirms, route)).toBe(true);
  expect(protocol.confirms?.(other, route)).toBe(false);
  expect(protocol.refuses?.test(refuses)).toBe(true);
  expect(protocol.refuses?.test(confirms)).toBe(false);
});

test('a template of one’s own is a protocol, and other words are none', () => {
  expect(protocolOf('PORT {in}')).toEqual({ write: 'PORT {in}' });
  expect(protocolOf('extron')).toBe(switchProtocols.extron);
  expect([protocolOf('toString'), protocolOf('nonsense'), protocolOf('')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

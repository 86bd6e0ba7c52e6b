import { expect, it } from 'vitest';
import { otherPorts } from './other-ports.ts';

const portal = { port: 8080, option: '--port' };
const broker = { port: 65_000, option: '--mqtt-port' };

it('chooses another port for each that is taken', () => {
  expect(otherPorts([portal, broker], [])).toBe('npm start -- --port 9080 --mqtt-port 64000');
});

it('repeats every other option as it was given', () => {
  const given = ['--seats', '1', '--port', '8080', '--data=/srv/my school', '--no-host'];
  expect(otherPorts([portal], given)).toBe(
    "npm start -- --seats 1 '--data=/srv/my school' --no-host --port 9080",
  );
  expect(otherPorts([portal], ['--port=8080', '--mqtt-port', '1884', "it's"])).toBe(
    "npm start -- --mqtt-port 1884 'it'\\''s' --port 9080",
  );
});

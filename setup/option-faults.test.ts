import { expect, it } from 'vitest';
import { optionFaults } from './option-faults.mjs';

const usage = `
  npm start -- [options]

Options
  --port <number>           port of the portal (8080)
  --mqtt-port <number>      port of the broker (1883)
  --data <folder>           where everything is kept (.homeroom)
  --seats <number>          simulated seats, 0 to 32 (3)
  --no-host                 run no desktops on this machine
  --no-kiosk                seats without a browser
  --help                    print this
`;

it.each([[[]], [['--port', '9080', '--seats=0', '--no-host', '--data', '/srv/homeroom']], [['--help']]])(
  'takes %j',
  (args) => expect(optionFaults(args, usage)).toEqual([]),
);

it('tells every fault at once', () => {
  const args = ['--bogus', '--seats', '-1', 'seven', '--no-kiosk=yes', '--port=http', '--mqtt-port'];
  expect(optionFaults(args, usage)).toEqual([
    '--bogus is no option; `npm start -- --help` lists them.',
    '--seats is "-1"; it must be a whole number, 0 or more.',
    'seven is no option; `npm start -- --help` lists them.',
    '--no-kiosk takes no value; `npm start -- --help` lists them.',
    '--port is "http"; it must be a whole number, 0 or more.',
    '--mqtt-port takes a value; `npm start -- --help` lists them.',
  ]);
});

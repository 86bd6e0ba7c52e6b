import { expect, it } from 'vitest';
import { browserEnvironment } from './browser-environment.ts';

it('passes screen and language on, and nothing of the agent’s own', () => {
  const agents = {
    PATH: '/bin',
    DISPLAY: ':0',
    LC_ALL: 'C',
    HOMEROOM_JOIN_TOKEN: 'secret',
    NODE_OPTIONS: '-x',
  };
  expect(browserEnvironment(agents)).toEqual({ PATH: '/bin', DISPLAY: ':0', LC_ALL: 'C' });
});

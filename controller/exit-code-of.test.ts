import { HomeroomError } from '@homeroom/protocol';
import { expect, it } from 'vitest';
import { exitCodeOf } from './exit-code-of.ts';

it('tells a wrong configuration from everything else', () => {
  expect(exitCodeOf(new HomeroomError('config_invalid'))).toBe(78);
  expect(exitCodeOf(new HomeroomError('port_in_use'))).toBe(1);
});

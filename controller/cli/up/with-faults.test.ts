import { HomeroomError } from '@homeroom/protocol';
import { expect, it } from 'vitest';
import { withFaults } from './with-faults.ts';

const broken = () => {
  throw new HomeroomError('config_invalid', 'the port is wrong');
};

it('gives what was loaded when nothing is wrong', () => {
  expect(withFaults([], () => 7)).toBe(7);
});

it('tells what is wrong with the options and with the settings at once', () => {
  expect(() => withFaults(['--seats is wrong', '--prot is no option'], broken)).toThrow(
    '--seats is wrong\n--prot is no option\nthe port is wrong',
  );
});

it('tells faults of the options alone too', () => {
  expect(() => withFaults(['--seats is wrong'], () => 7)).toThrow(/config_invalid.*--seats is wrong/);
});

it('passes anything else on', () => {
  const fault = new Error('the disk is on fire');
  expect(() =>
    withFaults(['--seats is wrong'], () => {
      throw fault;
    }),
  ).toThrow(fault);
});

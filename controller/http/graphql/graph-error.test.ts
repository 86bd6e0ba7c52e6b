import { errors, HomeroomError } from '@homeroom/protocol';
import { GraphQLError } from 'graphql';
import { expect, it } from 'vitest';
import { graphErrorOf } from './graph-error.ts';

function toldOf(error: GraphQLError | Error) {
  const logged: Error[] = [];
  const { message, extensions, path } = graphErrorOf(error, (internal) => logged.push(internal));
  return { message, extensions, path, logged };
}

it('tells a refusal by its code, at its place', () => {
  const originalError = new HomeroomError('seat_taken', 'Seat 3 is taken.');
  const told = toldOf(new GraphQLError('x', { originalError, path: ['moveVDISession'] }));
  const { status, remedy } = errors.seat_taken;
  expect(told).toEqual({
    message: 'Seat 3 is taken.',
    extensions: { code: 'seat_taken', status, remedy },
    path: ['moveVDISession'],
    logged: [],
  });
});

it('keeps the words of our own mistakes for the log', () => {
  const originalError = new Error('the secret is 1234');
  const told = toldOf(new GraphQLError('the secret is 1234', { originalError }));
  expect(told).toMatchObject({ message: errors.internal.title, extensions: { code: 'internal' } });
  expect(told.logged).toEqual([originalError]);
});

it.each([
  ['of another kind', new Error('Missing query')],
  ['that does not parse', new GraphQLError('Syntax Error')],
  [
    'with a wrong variable',
    new GraphQLError('Variable', { originalError: new GraphQLError('must not be null') }),
  ],
])('tells what is wrong with a request %s', (_what, error) => {
  expect(toldOf(error)).toMatchObject({
    message: error.message,
    extensions: { code: 'request_invalid', status: 400 },
    logged: [],
  });
});

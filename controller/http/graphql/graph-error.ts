import { errorCodeOf, errors, HomeroomError } from '@homeroom/protocol';
import { GraphQLError } from 'graphql';

/**
 * A failure as GraphQL tells it, with our code: `extensions` hold what a problem document of the HTTP API does.
 *
 * @param error what a field threw stands in it as its original; without one, the request itself is wrong: it does
 *   not parse, asks for what there is not, or brings variables of another type
 * @param onInternal gets what is our own mistake: its words are for the log alone
 */
export function graphErrorOf(
  error: Readonly<GraphQLError | Error>,
  onInternal: (error: Error) => void,
): GraphQLError {
  const thrown = thrownBehind(error);
  const code = thrown ? errorCodeOf(thrown) : 'request_invalid';
  if (code === 'internal' && thrown) onInternal(thrown);
  const { status, title, remedy } = errors[code];
  const { nodes, path } = error instanceof GraphQLError ? error : {};
  return new GraphQLError(wordsOf(thrown, error.message, title), {
    ...(nodes ? { nodes } : {}),
    ...(path ? { path } : {}),
    extensions: { code, status, remedy },
  });
}

function thrownBehind(error: Readonly<GraphQLError | Error>): Error | undefined {
  const original = error instanceof GraphQLError ? error.originalError : undefined;
  // Of a wrong variable it is one more error of GraphQL's own.
  return original instanceof GraphQLError ? thrownBehind(original) : original;
}

function wordsOf(thrown: Error | undefined, message: string, title: string): string {
  if (!thrown) return message;
  return thrown instanceof HomeroomError ? thrown.detail : title;
}

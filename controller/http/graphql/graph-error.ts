import { errorCodeOf, errors, HomeroomError } from '@homeroom/protocol';
import { GraphQLError } from 'graphql';

/**
 * A failure as GraphQL tells it, with our code: `extensions` hold what a problem document of the HTTP API does.
 *
 * @param onInternal gets what is our own mistake: its words are for the log alone
 */
export function graphErrorOf(
  error: Readonly<GraphQLError | Error>,
  onInternal: (error: Error) => void,
): GraphQLError {
  const original = error instanceof GraphQLError ? error.originalError : error;
  // Without one, the request itself is wrong: it does not parse, or asks for what there is not.
  const code = original ? errorCodeOf(original) : 'request_invalid';
  if (code === 'internal' && original) onInternal(original);
  const { status, title, remedy } = errors[code];
  const told = original instanceof HomeroomError ? original.detail : original ? title : error.message;
  const { nodes, path } = error instanceof GraphQLError ? error : {};
  return new GraphQLError(told, {
    ...(nodes ? { nodes } : {}),
    ...(path ? { path } : {}),
    extensions: { code, status, remedy },
  });
}

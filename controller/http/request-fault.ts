import {
  describeIssues,
  type ErrorCode,
  findJsonFault,
  HomeroomError,
  type Problem,
  plainWords,
} from '@homeroom/protocol';
import * as v from 'valibot';

/** A request with wrong fields: all of them at once, each by its path. */
export class RequestFault extends HomeroomError {
  readonly fields: NonNullable<Problem['errors']>;

  constructor(detail: string, fields: NonNullable<Problem['errors']>, code: ErrorCode = 'request_invalid') {
    super(code, detail);
    this.fields = fields;
  }
}

/**
 * Check what a request brought: its schema, and that the database can keep it.
 *
 * @throws RequestFault with every wrong field
 */
export function parseRequest<S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> {
  // To a schema of optional fields an empty list would be an object that leaves all of them out.
  if (Array.isArray(value)) {
    throw new RequestFault('body: a list, where an object is expected', [
      { field: 'body', message: 'a list, where an object is expected' },
    ]);
  }
  const parsed = v.safeParse(schema, value, { message: plainWords });
  if (!parsed.success) throw faultOfIssues(parsed.issues);
  const unstorable = findJsonFault(value);
  if (unstorable === undefined) return parsed.output;
  const [field = 'body'] = unstorable.split(': ');
  throw new RequestFault(unstorable, [{ field, message: unstorable.slice(field.length + 2) }]);
}

function faultOfIssues(issues: readonly v.BaseIssue<unknown>[]): RequestFault {
  const fields = issues.map((issue) => ({ field: v.getDotPath(issue) ?? 'body', message: issue.message }));
  return new RequestFault(describeIssues(issues), fields);
}

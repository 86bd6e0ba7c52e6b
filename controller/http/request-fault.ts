import { describeIssues, HomeroomError, type Problem } from '@homeroom/protocol';
import * as v from 'valibot';

/** A request with wrong fields: all of them at once, each by its path. */
export class RequestFault extends HomeroomError {
  readonly fields: NonNullable<Problem['errors']>;

  constructor(issues: readonly v.BaseIssue<unknown>[]) {
    super('request_invalid', describeIssues(issues));
    this.fields = issues.map((issue) => ({ field: v.getDotPath(issue) ?? 'body', message: issue.message }));
  }
}

/**
 * Check what a request brought.
 *
 * @throws RequestFault with every wrong field
 */
export function parseRequest<S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  throw new RequestFault(parsed.issues);
}

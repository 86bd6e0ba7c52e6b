import type { ServerResponse } from 'node:http';
import { type ErrorCode, errors } from '@homeroom/protocol';

/** A refusal that a route throws; answered as a problem document. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: ErrorCode;
  readonly detail: string | undefined;

  constructor(code: ErrorCode, detail?: string) {
    super(code);
    this.code = code;
    this.detail = detail;
  }
}

/** Answer as RFC 9457 says, like the controller does. */
export function sendProblem(response: ServerResponse, { code, detail }: Refusal): void {
  const { status, title, remedy } = errors[code];
  const problem = {
    type: `/docs/error-codes#${code}`,
    title,
    status,
    code,
    remedy,
    ...(detail ? { detail } : {}),
  };
  response.writeHead(status, { 'content-type': 'application/problem+json' });
  response.end(JSON.stringify(problem));
}

import { type ErrorCode, errorCodeOf, errors, HomeroomError, type Problem } from '@homeroom/protocol';
import type { FastifyError } from 'fastify';
import { SecondStepRequired } from '../accounts/second-step/second-step-required.ts';
import { DesktopsShort } from '../classes/desktops-short.ts';
import { RequestFault } from './request-fault.ts';

export const problemMediaType = 'application/problem+json';

/** Seconds after which it makes sense to ask again, where the error does not say it. */
const retryAfterS: Partial<Record<ErrorCode, number>> = {
  database_unavailable: 5,
  broker_unavailable: 5,
  controller_stopping: 5,
  no_host: 10,
};

/** What fastify itself refuses, in our words. */
const fastifyCodes: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media_type_unsupported',
  FST_ERR_CTP_EMPTY_TYPE: 'media_type_unsupported',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'request_invalid',
  FST_ERR_CTP_INVALID_JSON_BODY: 'request_invalid',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'request_invalid',
  FST_ERR_BAD_URL: 'not_found',
  FST_ERR_MAX_PARAM_LENGTH: 'not_found',
};

/** @returns the code of anything that was thrown while a request was served. */
export function codeOfFailure(caught: unknown): ErrorCode {
  if (caught instanceof HomeroomError) return errorCodeOf(caught);
  return isFastifyError(caught) ? codeOfFastify(caught) : 'internal';
}

function codeOfFastify(caught: FastifyError): ErrorCode {
  const known = fastifyCodes[caught.code];
  if (known) return known;
  return caught.statusCode !== undefined && caught.statusCode < 500 ? 'request_invalid' : 'internal';
}

function isFastifyError(caught: unknown): caught is FastifyError {
  return caught instanceof Error && 'code' in caught && 'statusCode' in caught;
}

/**
 * A failure as a problem document (RFC 9457).
 *
 * @param instance names this one failure, in the log too
 */
export function problemOf(caught: unknown, instance: string): Problem {
  const code = codeOfFailure(caught);
  const { status, title, remedy } = errors[code];
  const problem: Problem = { type: `/docs/error-codes#${code}`, title, status, code, remedy, instance };
  // Details of our own mistakes may hold anything: they are for the log.
  if (code !== 'internal') problem.detail = detailOf(caught);
  if (caught instanceof RequestFault) problem.errors = [...caught.fields];
  if (caught instanceof SecondStepRequired) problem.secondStep = caught.secondStep;
  if (caught instanceof DesktopsShort) problem.desktops = caught.desktops;
  return problem;
}

function detailOf(caught: unknown): string {
  if (caught instanceof HomeroomError) return caught.detail;
  return caught instanceof Error ? caught.message : String(caught);
}

/** @returns the value of Retry-After in seconds, or undefined when asking again would not help. */
export function retryAfterOf(caught: unknown): number | undefined {
  const told = caught instanceof HomeroomError ? caught.retryAfterS : undefined;
  return told ?? retryAfterS[codeOfFailure(caught)];
}

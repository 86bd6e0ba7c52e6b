import type { ErrorCode, Problem, SecondStep } from '@homeroom/protocol';
import { problemWords } from '../words/problem-words.ts';

/** `controller_away` is the page's own: no answer came at all. */
export type ApiErrorCode = ErrorCode | 'controller_away';

/** What the API refused, or that it did not answer; holds the words that a person is shown. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ApiErrorCode;
  readonly status: number;
  readonly title: string;
  readonly remedy: string | undefined;
  readonly retryAfterS: number | undefined;
  /** Each thing that is wrong with what was sent. */
  readonly faults: NonNullable<Problem['errors']>;
  /** How a sign-in goes on that owes a code. */
  readonly secondStep: SecondStep | undefined;

  constructor(problem: Partial<Problem>, options?: ErrorOptions & { retryAfterS?: number | undefined }) {
    const { title, remedy } = problemWords(problem);
    super(title, options);
    this.code = (problem.code ?? 'internal') as ApiErrorCode;
    this.status = problem.status ?? 0;
    this.title = title;
    this.remedy = remedy;
    this.retryAfterS = options?.retryAfterS;
    this.faults = problem.errors ?? [];
    this.secondStep = problem.secondStep as SecondStep | undefined;
  }

  /** Whether the same request may succeed later without anybody doing anything. */
  get passes(): boolean {
    return this.status === 0 || this.status >= 500 || this.status === 429;
  }
}

/** The controller did not answer: it restarts, or the network is down. */
export function controllerAway(cause: unknown): ApiError {
  return new ApiError(
    {
      code: 'controller_away',
      status: 0,
      title: 'Homeroom does not answer.',
      remedy: 'This page tries again by itself.',
    },
    { cause },
  );
}

/** @returns `caught` as an ApiError, once, at the catch. */
export function toApiError(caught: unknown): ApiError {
  if (caught instanceof ApiError) return caught;
  return new ApiError({ title: 'This page made a mistake.', remedy: 'Reload it.' }, { cause: caught });
}

import type { ErrorCode, Problem } from '@homeroom/protocol';

/** What a person reads of a refusal: what happened, and what to do about it. */
export interface ProblemWords {
  readonly title: string;
  readonly remedy: string | undefined;
}

interface Rule {
  readonly title?: string;
  readonly remedy: string;
  /** The detail is for programs, or it repeats the title. */
  readonly hidesDetail?: boolean;
}

const tellWhoRuns = 'Try again. If it lasts, tell whoever runs Homeroom.';
const byItself = 'Homeroom tries again by itself.';

/** The catalogue speaks to programs too; these are the codes whose remedy a person could not follow. */
const rules: Partial<Record<ErrorCode, Rule>> = {
  request_invalid: {
    title: 'That cannot be saved like this.',
    remedy: 'Check what you typed.',
    hidesDetail: true,
  },
  sign_in_required: {
    title: 'You are not signed in any more.',
    remedy: 'Sign in again.',
    hidesDetail: true,
  },
  sign_in_throttled: { remedy: 'Wait a moment, then try again.', hidesDetail: true },
  rate_limited: { remedy: 'Wait a moment, then try again.', hidesDetail: true },
  import_invalid: { remedy: 'Mend these lines in the file, and choose it again.' },
  not_allowed: {
    title: 'Your account may not do that.',
    remedy: 'Ask somebody who may: a teacher or an admin.',
    hidesDetail: true,
  },
  not_found: {
    title: 'It is not there any more.',
    remedy: 'It was removed meanwhile, or it is not for your account.',
    hidesDetail: true,
  },
  body_too_large: { title: 'That is too long.', remedy: 'Use less text.', hidesDetail: true },
  internal: { remedy: tellWhoRuns, hidesDetail: true },
  database_unavailable: {
    title: 'Homeroom cannot read its records at the moment.',
    remedy: byItself,
    hidesDetail: true,
  },
  broker_unavailable: {
    title: 'Homeroom does not reach the seats at the moment.',
    remedy: byItself,
    hidesDetail: true,
  },
  controller_stopping: {
    title: 'Homeroom is restarting or stopping.',
    remedy: 'Try again in a few seconds.',
    hidesDetail: true,
  },
  session_not_ready: { remedy: 'Wait a moment until it is ready.', hidesDetail: true },
  desktop_failed: { remedy: tellWhoRuns },
  provider_failed: { title: 'The desktop did not do what was asked.', remedy: tellWhoRuns },
  no_host: {
    title: 'No desktop is free at the moment.',
    remedy: 'Wait a moment and try again, or tell your teacher.',
    hidesDetail: true,
  },
  kiosk_url_not_allowed: {
    title: 'That page may not be shown at a seat.',
    remedy: 'Choose a page of Homeroom, or have its address allowed on the seat’s device.',
  },
  kiosk_load_failed: { remedy: 'Check the address, then try again.' },
  kiosk_browser_missing: { remedy: 'Chromium has to be installed on it.', hidesDetail: true },
  hardware_absent: { remedy: 'Look at what it can do in the seat’s details.' },
  hardware_failed: { remedy: 'Check its cable and its power.' },
};

/** What a field takes, so that nobody has to read a validator's words. */
const fields: Readonly<Record<string, string>> = {
  name: 'A name has 1 to 200 characters.',
  username: 'A user name has 1 to 64 letters, digits and . _ @ -, and begins with a letter or a digit.',
  displayName: 'A name has 1 to 200 characters.',
  password: 'Type a password.',
  page: 'An address begins with https://, or with / for a page of Homeroom.',
  message: 'A message has at most 500 characters.',
  note: 'A note has at most 200 characters.',
  uses: 'The number of devices is a whole number from 1 to 10,000.',
  expiresInS: 'The time lies between a minute and a year.',
  seat: 'Choose a seat of the list.',
  room: 'Choose a room of the list.',
  template: 'Choose a desktop of the list.',
};

/** @returns a refusal of the API in words for the person at the page. */
export function problemWords(problem: Partial<Problem>): ProblemWords {
  const title = problem.title ?? 'Something went wrong.';
  const rule = ruleOf(problem.code);
  const known = (problem.errors ?? []).flatMap(({ field }) => fields[field] ?? []);
  if (problem.code === 'request_invalid' && known.length > 0)
    return { title: rule?.title ?? title, remedy: [...new Set(known)].join(' ') };
  const detail = rule?.hidesDetail || problem.detail === title ? undefined : problem.detail;
  const remedy = [detail && sentence(detail), rule?.remedy ?? problem.remedy].filter(Boolean).join(' ');
  return { title: rule?.title ?? title, remedy: remedy || undefined };
}

function ruleOf(code: string | undefined): Rule | undefined {
  return code !== undefined && Object.hasOwn(rules, code) ? rules[code as ErrorCode] : undefined;
}

/** @returns `words` with a capital first letter and a full stop; an address stays as it is written. */
export function sentence(words: string): string {
  const trimmed = words.trim();
  const isName = /^[a-z]+[:/.]/i.test(trimmed);
  const begun = isName ? trimmed : trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?…]$/.test(begun) ? begun : `${begun}.`;
}

import type * as v from 'valibot';

/** What a person reads where a schema says nothing of its own; the library's words are for programmers. */
export function plainWords(issue: v.BaseIssue<unknown>): string {
  if (issue.kind === 'schema') return schemaWords(issue);
  const rule = wordsOfRules[issue.type];
  return rule ? rule(issue) : 'It is not of the right form.';
}

function schemaWords({ expected, received }: v.BaseIssue<unknown>): string {
  if (expected === 'never') return 'There is no such field.';
  if (received === 'undefined') return 'It is missing.';
  const known = expected === null ? undefined : kinds[expected];
  if (known) return `It must be ${known}.`;
  // Choices are written as `("a" | "b")`.
  const choices = (expected ?? '').match(/"[^"]*"|\d+/g);
  return choices ? `It must be ${choices.join(' or ')}.` : 'It is not of the right form.';
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  Array: 'a list',
  Object: 'an object with fields',
  null: 'null',
};

type Rule = (issue: v.BaseIssue<unknown>) => string;

const wordsOfRules: Readonly<Record<string, Rule>> = {
  min_length: (issue) => `It is too short: at least ${counted(issue)}.`,
  max_length: (issue) => `It is too long: at most ${counted(issue)}.`,
  min_value: ({ requirement }) => `It is too small: at least ${requirement}.`,
  max_value: ({ requirement }) => `It is too large: at most ${requirement}.`,
  integer: () => 'It must be a whole number.',
  uuid: () => 'It must be an id, as a list of the API tells it.',
  iso_date: () => 'It must be a day, as 2026-09-01.',
  iso_timestamp: () => 'It must be a time, as 2026-09-01T08:45:00Z.',
};

/** @returns `8 characters`, `1 entry` */
function counted({ input, requirement }: v.BaseIssue<unknown>): string {
  const isOne = requirement === 1;
  if (Array.isArray(input)) return `${requirement} ${isOne ? 'entry' : 'entries'}`;
  return `${requirement} ${isOne ? 'character' : 'characters'}`;
}

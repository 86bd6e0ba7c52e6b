/**
 * Whether there is anything to ask `claim_rules` about, as a condition of SQL: without quotas and lessons a claim looks at
 * an empty table and at an index, and goes on. It stands in the statement itself: a function would be called each time.
 */
export const hasRules = '(exists (select from quotas) or exists (select from current_lessons()))';

import type { PatchTemplateRequest, TemplateDetails } from '@homeroom/protocol';
import { numberOf, secondsOf, textOf } from '../../shared/form-values.ts';
import { policyChoices } from './template-words.ts';

export const minuteS = 60;

/** @returns what the form of a template says, as the API takes it. */
export function templatePatch(template: TemplateDetails, fields: FormData): PatchTemplateRequest {
  const { name, detachGraceS, createTimeoutS, settings } = template;
  return {
    name: textOf(fields, 'name') ?? name,
    description: textOf(fields, 'description') ?? '',
    kind: textOf(fields, 'kind') ?? null,
    hostCapacity: numberOf(fields, 'hostCapacity'),
    storage: textOf(fields, 'storage') ?? '',
    idleTimeoutS: secondsOf(fields, 'idleMinutes', minuteS),
    limitS: secondsOf(fields, 'limitMinutes', minuteS),
    detachGraceS: secondsOf(fields, 'detachMinutes', minuteS) ?? detachGraceS,
    createTimeoutS: numberOf(fields, 'createTimeoutS') ?? createTimeoutS,
    mayKeep: fields.has('mayKeep'),
    policies: policiesOf(fields),
    ...(fields.has('application') && {
      settings: { ...settings, application: textOf(fields, 'application') ?? null },
    }),
  };
}

/** What is allowed anyway is not named, so that a template without rules stays one. */
function policiesOf(fields: FormData): NonNullable<PatchTemplateRequest['policies']> {
  const refused = policyChoices.filter(({ name }) => !fields.has(name));
  return Object.fromEntries(refused.map(({ name }) => [name, false]));
}

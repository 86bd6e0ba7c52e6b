import type { TemplateDetails } from '@homeroom/protocol';
import { expect, test } from 'vitest';
import { templatePatch } from './template-patch.ts';

const template: TemplateDetails = {
  id: 'cad',
  name: 'CAD',
  description: 'Drawing.',
  icon: null,
  provider: 'host',
  stream: 'vnc',
  settings: { application: null, size: 'large' },
  kind: null,
  hostCapacity: null,
  storage: '',
  policies: {},
  createTimeoutS: 120,
  idleTimeoutS: 1800,
  limitS: null,
  detachGraceS: 900,
  mayKeep: true,
  ready: 0,
  version: 1,
  withdrawnAt: null,
};

test('a form says everything: boxes that are not ticked refuse, empty times are never', () => {
  const fields = new FormData();
  const typed = {
    name: 'CAD 2',
    description: '',
    idleMinutes: '',
    limitMinutes: '90',
    detachMinutes: '0.5',
    createTimeoutS: '300',
    hostCapacity: '12',
    kind: 'xfce',
    audio: 'on',
    clipboardIn: 'on',
  };
  for (const [name, value] of Object.entries(typed)) fields.set(name, value);
  expect(templatePatch(template, fields)).toEqual({
    name: 'CAD 2',
    description: '',
    kind: 'xfce',
    hostCapacity: 12,
    storage: '',
    idleTimeoutS: null,
    limitS: 5400,
    detachGraceS: 30,
    createTimeoutS: 300,
    mayKeep: false,
    policies: { clipboardOut: false, fileTransfer: false, printing: false },
  });
});

test('the one program that it shows stands among other settings, which stay', () => {
  const fields = new FormData();
  fields.set('application', 'chromium');
  expect(templatePatch(template, fields).settings).toEqual({ application: 'chromium', size: 'large' });
  fields.set('application', ' ');
  expect(templatePatch(template, fields).settings).toEqual({ application: null, size: 'large' });
});

test('what must be there and is not stays as it was', () => {
  expect(templatePatch(template, new FormData())).toMatchObject({
    name: 'CAD',
    detachGraceS: 900,
    createTimeoutS: 120,
  });
});

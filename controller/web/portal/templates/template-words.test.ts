import { expect, test } from 'vitest';
import { endsWords, idOf, whoseWords } from './template-words.ts';

test('when sessions end is told as the template says it', () => {
  expect(endsWords({ idleTimeoutS: null, limitS: null, mayKeep: true })).toBe(
    'A session never ends by itself.',
  );
  expect(endsWords({ idleTimeoutS: 1800, limitS: null, mayKeep: true })).toBe(
    'A session ends after 30 min without use, unless its user keeps it.',
  );
  expect(endsWords({ idleTimeoutS: 1800, limitS: 7200, mayKeep: false })).toBe(
    'A session ends after 30 min without use, and after 2 h in any case.',
  );
});

test('a template without groups is everybody’s', () => {
  const groups = [
    { name: '7b', templates: ['cad'] },
    { name: '9a', templates: ['cad', 'music'] },
  ];
  expect(whoseWords('cad', groups)).toBe('7b, 9a');
  expect(whoseWords('desktop', groups)).toBe('everybody');
});

test('a name suggests an id that the API takes', () => {
  expect(idOf('CAD workstation (2026)')).toBe('cad-workstation-2026');
  expect(idOf('Müsik für Ältere')).toBe('musik-fur-altere');
  expect(idOf('!!!')).toBe('');
});

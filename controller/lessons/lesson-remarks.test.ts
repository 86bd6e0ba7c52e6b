import { expect, it } from 'vitest';
import { type LessonSurroundings, lessonRemarks } from './lesson-remarks.ts';

const calm: LessonSurroundings = {
  isOver: false,
  template: 'Web browser',
  need: 12,
  needBeside: 0,
  maximum: 20,
  clashes: [],
};

it('has nothing to say of a lesson that can be served', () => {
  expect(lessonRemarks(calm)).toEqual([]);
  expect(lessonRemarks({ ...calm, maximum: null, need: 500 })).toEqual([]);
});

it('tells of a lesson that needs more than its pool may have', () => {
  expect(lessonRemarks({ ...calm, need: 32 })).toEqual([
    'It needs 32 desktops, and Web browser may have 20 at most: change its pool.',
  ]);
  expect(lessonRemarks({ ...calm, needBeside: 9 })).toEqual([
    'With other lessons at that time 21 desktops are needed, and Web browser may have 20 at most: change its pool.',
  ]);
});

it('tells of lessons at the same time', () => {
  expect(lessonRemarks({ ...calm, clashes: ['Maths'] })).toEqual([
    '“Maths” is at the same time, for the same group or in the same room.',
  ]);
});

it('tells of a lesson that is over that alone', () => {
  expect(lessonRemarks({ ...calm, isOver: true, need: 32, clashes: ['Maths'] })).toEqual([
    'It is over already: nothing is made for it.',
  ]);
});

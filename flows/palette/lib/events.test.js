import { describe, expect, it } from 'vitest';
import { dueMoments, lessonMoments, waitMs } from './lesson-events.js';
import { roomsOfChange, seatEvents } from './seat-events.js';
import { sessionEvents } from './session-events.js';

describe('seat events', () => {
  const seat = {
    seat: 's-1',
    name: 'Seat 1',
    connection: 'ready',
    session: null,
    power: { state: 'on', reason: 'the relay says so' },
    hdmi: 'connected',
    tv: 'on',
    screen: 'on',
    health: { level: 'good', reason: null },
    isLocked: false,
  };
  const wall = (...seats) => ({ room: { id: 'r-1', name: 'A', teachers: ['t'], seats: 2 }, seats });

  it('tells nothing at the first look, nor of what stays', () => {
    expect(seatEvents(undefined, wall(seat))).toEqual([]);
    expect(seatEvents(wall(seat), wall({ ...seat, onlookers: [] }))).toEqual([]);
  });

  it('tells what changed, with why', () => {
    const hot = { ...seat, health: { level: 'bad', reason: '85 °C' } };
    expect(seatEvents(wall(seat), wall(hot))).toEqual([
      {
        event: 'health',
        value: 'bad',
        before: 'good',
        seat: hot,
        room: { id: 'r-1', name: 'A', teachers: ['t'] },
        reason: '85 °C',
      },
    ]);
  });

  it('tells each of several', () => {
    const gone = { ...seat, connection: 'lost', hdmi: 'unknown', session: { id: 'x' }, power: null };
    const events = seatEvents(wall(seat), wall(gone)).map(({ event, value, before }) => [
      event,
      value,
      before,
    ]);
    expect(events).toEqual([
      ['connection', 'lost', 'ready'],
      ['session', 'x', null],
      ['power', null, 'on'],
      ['hdmi', 'unknown', 'connected'],
    ]);
  });

  it('tells nothing of a seat that is new or gone', () => {
    expect(seatEvents(wall(seat), wall({ ...seat, seat: 's-2', connection: 'lost' }))).toEqual([]);
  });
});

describe('rooms of a change', () => {
  const walls = new Map([
    ['r-1', { seats: [{ seat: 's-1', device: 'pi-1', session: { id: 'x' }, power: null }] }],
    ['r-2', { seats: [{ seat: 's-2', device: null, session: null, power: { relay: { id: 'strip' } } }] }],
  ]);

  it.each([
    [['pi-1', 's-1'], ['r-1']],
    [
      ['s-1', 'strip', 'r-2'],
      ['r-1', 'r-2'],
    ],
    [['pi-1', 'new'], undefined],
    [['x'], undefined],
    [undefined, undefined],
  ])('%j are %j', (ids, rooms) => {
    expect(roomsOfChange(walls, ids && new Set(ids))).toEqual(rooms);
  });
});

describe('session events', () => {
  const session = (state, seat = null) => ({ id: 'x', state, seat });

  it.each([
    ['one that is new', undefined, session('starting'), ['asked']],
    ['one that was ready at once', undefined, session('active'), ['asked', 'ready']],
    ['one that is ready', session('starting'), session('active'), ['ready']],
    ['a page that was closed', session('active'), session('detached'), ['left']],
    ['one who comes back', session('detached'), session('active'), ['back']],
    ['another seat', session('active', 'a'), session('active', 'b'), ['moved']],
    ['the end', session('active'), session('ended'), ['ended']],
    ['an end that nobody saw coming', undefined, session('ended'), ['ended']],
    ['nothing', session('active', 'a'), session('active', 'a'), []],
  ])('of %s', (_title, before, after, events) => {
    expect(sessionEvents(before, after)).toEqual(events);
  });
});

describe('lessons', () => {
  const at = (minute) => new Date(minute * 60_000).toISOString();
  const lesson = (id, from, to, more = {}) => ({
    id,
    room: 'r',
    startsAt: at(from),
    endsAt: at(to),
    cancelledAt: null,
    ...more,
  });
  const told = (moments) => moments.map(({ event, lesson: { id } }) => `${event} ${id}`);

  it('come, begin and end in the order of time, but cancelled ones and those of other rooms', () => {
    const lessons = [
      lesson('b', 50, 95),
      lesson('a', 0, 45),
      lesson('c', 0, 45, { cancelledAt: at(0) }),
      lesson('d', 0, 1, { room: 'q' }),
    ];
    const moments = lessonMoments(lessons, { leadMs: 10 * 60_000, room: 'r' });
    expect(told(moments)).toEqual(['soon a', 'start a', 'soon b', 'end a', 'start b', 'end b']);
  });

  it('are told once: after the last look, up to now', () => {
    const moments = lessonMoments([lesson('a', 10, 20)], { leadMs: 0 });
    const due = (since, now) => told(dueMoments(moments, { since: since * 60_000, now: now * 60_000 }));
    expect([due(0, 9), due(9, 10), due(10, 19), due(10, 30), due(30, 40)]).toEqual([
      [],
      ['start a'],
      [],
      ['end a'],
      [],
    ]);
  });

  it('are waited for, but never for longer than told', () => {
    const moments = lessonMoments([lesson('a', 10, 20)], { leadMs: 0 });
    expect(waitMs(moments, { now: 9 * 60_000, atMost: 900_000 })).toBe(60_000);
    expect(waitMs(moments, { now: 21 * 60_000, atMost: 900_000 })).toBe(900_000);
    expect(waitMs(moments, { now: 0, atMost: 1_000 })).toBe(1_000);
  });
});

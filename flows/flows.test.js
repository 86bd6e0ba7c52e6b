/** The flows that ship: what each tab owes to whoever opens it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const nodes = JSON.parse(readFileSync(join(import.meta.dirname, 'flows.json'), 'utf8'));
const tabs = nodes.filter(({ type }) => type === 'tab');
const on = (tab) => nodes.filter(({ z }) => z === tab.id);
const ids = new Set(nodes.map(({ id }) => id));
/** They make something happen in a room. */
const switching = [
  'homeroom-room-control',
  'homeroom-relay',
  'homeroom-device-command',
  'homeroom-session-control',
  'homeroom-hdmi-switch',
  'mqtt out',
];
const switches = ({ type, action }) => switching.includes(type) && action !== 'look';

describe.each(tabs.map((tab) => [tab.label, tab]))('the tab “%s”', (_label, tab) => {
  it('says first what to change', () => {
    const [first] = on(tab);
    expect(first.type).toBe('comment');
    expect(first.name.length + first.info.length).toBeGreaterThan(40);
  });

  it('is shipped disabled where it would switch something', () => {
    expect(tab.disabled).toBe(on(tab).some(switches));
  });

  it('catches what goes wrong, where something can', () => {
    const canFail = on(tab).some(({ type }) => type.startsWith('homeroom-') || type === 'function');
    expect(on(tab).some(({ type, scope }) => type === 'catch' && scope === null)).toBe(canFail);
  });

  it('tells every setting that it uses', () => {
    const text = JSON.stringify(on(tab));
    const used = [...text.matchAll(/\$\{([A-Z_]+)\}|env\.get\('([A-Z_]+)'\)/g)].map(
      ([, one, other]) => one ?? other,
    );
    const known = (tab.env ?? []).map(({ name }) => name);
    expect([...new Set(used)].filter((name) => !known.includes(name))).toEqual([]);
    expect(known.filter((name) => !tab.info.includes(`\`${name}\``))).toEqual([]);
  });
});

it('has no wire that leads nowhere, and no node twice', () => {
  const wires = nodes.flatMap(({ id, wires: ports = [] }) => ports.flat().map((to) => `${id} to ${to}`));
  expect(wires.filter((wire) => !ids.has(wire.split(' to ')[1]))).toEqual([]);
  expect(ids.size).toBe(nodes.length);
});

it('holds no credential', () => {
  expect(nodes.filter((node) => 'credentials' in node)).toEqual([]);
});

it('has functions that are JavaScript', () => {
  const AsyncFunction = (async () => undefined).constructor;
  for (const { func } of nodes.filter(({ type }) => type === 'function'))
    expect(() => new AsyncFunction('msg', 'node', 'env', 'flow', 'context', func)).not.toThrow();
});

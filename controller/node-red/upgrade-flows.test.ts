import { expect, it } from 'vitest';
import { type FlowNode, type Shipped, upgradeFlows } from './upgrade-flows.ts';

interface Node extends FlowNode {
  readonly name?: string;
}

const tab = (id: string, name = ''): Node[] => [
  { id, type: 'tab', name },
  { id: `${id}-1`, type: 'inject', z: id },
];
const fingerprint = (nodes: readonly FlowNode[]) => JSON.stringify(nodes);
const marksOf = (...tabs: Node[][]): Shipped =>
  Object.fromEntries(tabs.map((nodes) => [nodes[0]?.id ?? '', fingerprint(nodes)]));
const upgrade = (own: Node[], shippedBefore: Shipped, ours: Node[]) =>
  upgradeFlows({ own, shippedBefore, ours, fingerprint });
const nothing = { added: [], replaced: [], removed: [], keptAsChanged: [] };

it('puts ours where there is nothing', () => {
  const ours = [...tab('a'), { id: 'c', type: 'homeroom' }];
  expect(upgrade([], {}, ours)).toEqual({
    ...nothing,
    nodes: ours,
    shipped: { ...marksOf(tab('a')), c: fingerprint([{ id: 'c', type: 'homeroom' }]) },
    added: ['c', 'a'].toSorted(),
  });
});

it('replaces what nobody changed, and leaves their own', () => {
  const own = [...tab('a', 'old'), ...tab('mine')];
  const { nodes, replaced } = upgrade(own, marksOf(tab('a', 'old')), tab('a', 'new'));
  expect(nodes).toEqual([...tab('a', 'new'), ...tab('mine')]);
  expect(replaced).toEqual(['a']);
});

it('leaves what somebody changed, now and at the next upgrade, and says so', () => {
  const own = tab('a', 'changed by hand');
  const first = upgrade(own, marksOf(tab('a', 'old')), tab('a', 'new'));
  expect([first.nodes, first.keptAsChanged]).toEqual([own, ['a']]);
  expect(upgrade(own, first.shipped, tab('a', 'newer')).nodes).toEqual(own);
});

it('leaves away what somebody removed', () => {
  expect(upgrade([], marksOf(tab('a', 'old')), tab('a', 'new')).nodes).toEqual([]);
});

it('removes what ships no more, unless somebody changed it', () => {
  const own = [...tab('a'), ...tab('b', 'changed')];
  const { nodes, removed } = upgrade(own, marksOf(tab('a'), tab('b')), []);
  expect([nodes, removed]).toEqual([tab('b', 'changed'), ['a']]);
});

it('never touches a piece of theirs that has the id of one of ours', () => {
  expect(upgrade(tab('a', 'theirs'), {}, tab('a', 'ours')).nodes).toEqual(tab('a', 'theirs'));
});

it('changes nothing where nothing is new', () => {
  const own = [...tab('mine'), ...tab('a')];
  const shipped = marksOf(tab('a'));
  expect(upgrade(own, shipped, tab('a'))).toEqual({ ...nothing, nodes: own, shipped });
});

import type { GenericSchema } from 'valibot';

/** A schema as valibot keeps it, as far as a page tells it. */
interface Node {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Node>>;
  readonly wrapped?: Node;
  readonly item?: Node;
  readonly value?: Node;
  readonly options?: readonly (Node | string)[];
  readonly literal?: unknown;
  readonly pipe?: readonly Action[];
  readonly default?: unknown;
  readonly key?: string;
}

interface Action {
  readonly type: string;
  readonly requirement?: unknown;
}

/** @returns a Markdown list of an object schema's fields, nested ones indented; says so when there are none. */
export function fieldLines(schema: GenericSchema): string {
  const lines = linesOf(schema as Node, 0);
  return lines.length > 0 ? lines.join('\n') : 'Nothing.';
}

function linesOf(node: Node, depth: number): string[] {
  const inner = innermost(node);
  if (inner.type === 'variant' && inner.options) return variantLines(inner, depth);
  return Object.entries(inner.entries ?? {}).flatMap(([name, field]) => [
    `${'  '.repeat(depth)}- \`${name}\`${isOptional(field) ? ' (optional)' : ''}: ${describe(field)}`,
    ...linesOf(field, depth + 1),
  ]);
}

/** One alternative after the other, told apart by their literal field. */
function variantLines({ key = '', options = [] }: Node, depth: number): string[] {
  return options.flatMap((option) => {
    if (typeof option === 'string') return [];
    const { [key]: tag, ...fields } = option.entries ?? {};
    const head = `${'  '.repeat(depth)}- \`${key}\`: \`${JSON.stringify(tag?.literal)}\``;
    return [head, ...linesOf({ ...option, entries: fields }, depth + 1)];
  });
}

/** @returns the schema inside nullable, optional and array. */
function innermost(node: Node): Node {
  const next = node.wrapped ?? node.item;
  return next ? innermost(next) : node;
}

function isOptional(node: Node): boolean {
  return node.type === 'optional';
}

/** @returns a field's type in a few words, with its limits. */
export function describe(node: Node): string {
  const limits = (node.pipe ?? []).map(limitOf).filter((limit) => limit !== undefined);
  const type = typeOf(node);
  return limits.length > 0 ? `${type}, ${limits.join(', ')}` : type;
}

function typeOf(node: Node): string {
  if (node.type === 'nullable' && node.wrapped) return `${describe(node.wrapped)}, or null`;
  if (node.type === 'optional' && node.wrapped) {
    return (
      describe(node.wrapped) +
      (node.default === undefined ? '' : `, else \`${JSON.stringify(node.default)}\``)
    );
  }
  if (node.type === 'array' && node.item) return `list of ${describe(node.item)}`;
  if (node.type === 'picklist')
    return (node.options ?? []).map((option) => `\`${String(option)}\``).join(', ');
  if (node.type === 'literal') return `\`${JSON.stringify(node.literal)}\``;
  if (node.type === 'string') return 'text';
  if (node.type === 'loose_object' || node.type === 'record') return 'object';
  if (node.type === 'unknown') return 'anything';
  return node.type;
}

function limitOf({ type, requirement }: Action): string | undefined {
  const words: Record<string, string> = {
    min_length: 'at least',
    max_length: 'at most',
    min_value: 'at least',
    max_value: 'at most',
  };
  if (type === 'integer') return 'whole';
  if (type === 'uuid') return 'UUID';
  if (type === 'iso_timestamp') return 'ISO 8601 in UTC';
  if (type === 'regex') return `as \`${String(requirement)}\``;
  return words[type] === undefined ? undefined : `${words[type]} ${String(requirement)}`;
}

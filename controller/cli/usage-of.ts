import type { OptionRule, OptionRules } from './option-rule.ts';

export interface UsageSource {
  readonly name: string;
  readonly summary: string;
  readonly arguments: readonly string[];
  readonly options: OptionRules;
  readonly about?: string;
}

const width = 110;

/** @returns the whole of a command's help. Pure. */
export function usageOf({ name, summary, arguments: names, options, about }: UsageSource): string {
  const rules = Object.entries(options);
  const words = [...names.map(argumentText), ...rules.map((rule) => `[${optionText(rule)}]`)];
  const synopsis = wrap(words, `homeroom ${name}`);
  const text = about ?? `${summary[0]?.toUpperCase()}${summary.slice(1)}.`;
  const labels = rules.map(optionText);
  const column = Math.max(0, ...labels.map((label) => label.length));
  const lines = rules.map(([, rule], index) => `  ${labels[index]?.padEnd(column)}  ${describe(rule)}\n`);
  return `${synopsis}\n\n${text.trim()}\n${lines.length > 0 ? '\n' : ''}${lines.join('')}`;
}

function argumentText(name: string): string {
  if (name.startsWith('[')) return `[<${name.slice(1, -1)}>]`;
  return name.endsWith('...') ? `<${name.slice(0, -3)}>...` : `<${name}>`;
}

function optionText([name, { value, type }]: [string, OptionRule]): string {
  return type === 'boolean' ? `--${name}` : `--${name} ${value ?? 'TEXT'}`;
}

function describe({ description, choices, multiple }: OptionRule): string {
  const of = choices ? `: ${choices.join(', ')}` : '';
  return `${description}${of}${multiple ? '; may be repeated' : ''}`;
}

/** A synopsis of many options goes on in further lines. */
function wrap(words: readonly string[], begin: string): string {
  const lines = [begin];
  for (const word of words) {
    const line = `${lines.at(-1)} ${word}`;
    if (line.length <= width) lines[lines.length - 1] = line;
    else lines.push(`    ${word}`);
  }
  return lines.join('\n');
}

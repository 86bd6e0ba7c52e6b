import type { DirectoryGroup } from './directory.ts';

/** @returns the group that a DN names: `cn=Class 7b,ou=groups,…` is called `Class 7b`. Pure. */
export function groupOfDn(dn: string): DirectoryGroup {
  const [, value = dn] = /^[^=]+=((?:\\.|[^,+\\])*)/.exec(dn) ?? [];
  return { dn, name: unescaped(value.trim()) };
}

/** RFC 4514, 2.4: a byte as two digits, or a sign that means something, behind a backslash. */
function unescaped(value: string): string {
  const bytes = value.replaceAll(
    /((?:\\[0-9a-f]{2})+)|\\(.)/gi,
    (_all, hex: string | undefined, sign: string) =>
      hex === undefined ? sign : Buffer.from(hex.replaceAll('\\', ''), 'hex').toString('utf8'),
  );
  return bytes;
}

/** @returns by what names the settings may call groups, each in the small letters that {@link roleKeys} has */
export function groupKeys(groups: readonly DirectoryGroup[]): string[] {
  return groups.flatMap(({ dn, name }) => [keyOf(dn), keyOf(name)]);
}

/** Directories know no difference between small letters and capital ones, nor a space behind a comma. Pure. */
export function roleKeys<T>(roles: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(roles).map(([name, role]) => [keyOf(name), role]));
}

function keyOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/\s*([,=])\s*/g, '$1')
    .trim();
}

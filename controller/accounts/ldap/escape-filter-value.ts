/**
 * Make a text stand for itself within an LDAP filter (RFC 4515, 3). Pure.
 *
 * @returns the text, with every byte that means something in a filter, or is no letter or digit, as `\xx`
 */
export function escapeFilterValue(text: string): string {
  return Array.from(Buffer.from(text, 'utf8'), (byte) => {
    const letter = String.fromCharCode(byte);
    return /[A-Za-z0-9@._-]/.test(letter) ? letter : `\\${byte.toString(16).padStart(2, '0')}`;
  }).join('');
}

/**
 * Fill a filter of the settings in. Pure.
 *
 * @param values what takes the place of `{name}`; a name that is not among them stays as it is
 */
export function fillFilter(filter: string, values: Readonly<Record<string, string>>): string {
  return filter.replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? escapeFilterValue(values[name] ?? '') : whole,
  );
}

export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly displayName: string;
  readonly home: string;
}

/**
 * The passwd and group files that libnss-wrapper shows to one session: the machine's own, with the account in front.
 * Lines of the machine that have the account's name or number are left out, so that both mean this account.
 */
export function accountFiles(
  machine: { readonly passwd: string; readonly group: string },
  account: Account,
): { passwd: string; group: string } {
  const { name, uid, home } = account;
  const fullName = account.displayName.replaceAll(/[:,\p{Cc}]/gu, ' ');
  return {
    passwd: [
      `${name}:x:${uid}:${uid}:${fullName}:${home}:/bin/bash`,
      ...othersOf(machine.passwd, name, uid),
      '',
    ].join('\n'),
    group: [`${name}:x:${uid}:`, ...othersOf(machine.group, name, uid), ''].join('\n'),
  };
}

function othersOf(text: string, name: string, id: number): string[] {
  return text.split('\n').filter((line) => {
    const [lineName, , lineId] = line.split(':');
    return line !== '' && lineName !== name && lineId !== String(id);
  });
}

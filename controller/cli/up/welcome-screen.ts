/** What a person is told once Homeroom runs. */
export interface Welcome {
  readonly httpPort: number;
  readonly mqttPort: number | undefined;
  readonly mqttTlsPort: number | undefined;
  /** An address of this machine on its network; undefined without one. */
  readonly networkAddress: string | undefined;
  /** The accounts that this start made; empty at a later one. */
  readonly accounts: readonly { readonly username: string; readonly password: string }[];
  readonly joinToken: string;
  readonly logDir: string;
  /** Whether each desktop of this machine has a user id of its own; undefined when it runs none. */
  readonly areDesktopsApart: boolean | undefined;
}

const labelWidth = 14;

/** @returns the screen that ends `npm start`'s output, ready to be printed. */
export function welcomeScreen(welcome: Welcome): string {
  const lines = [
    row('Portal', `http://localhost:${welcome.httpPort}`),
    ...(welcome.networkAddress
      ? [
          row(
            '',
            `https://${welcome.networkAddress}:${welcome.httpPort} from other machines (our own certificate)`,
          ),
        ]
      : []),
    ...accountRows(welcome.accounts),
    row('Join token', welcome.joinToken),
    row('MQTT', mqttAddresses(welcome)),
    ...(welcome.areDesktopsApart === false
      ? [row('Desktops', 'all run as your own user, as this is not root: they are not kept apart')]
      : []),
    row('Logs', welcome.logDir),
  ];
  return `\nHomeroom is running.\n\n${lines.join('\n')}\n\nCtrl-C ends it; the next start finds everything again.\n`;
}

function row(label: string, text: string): string {
  return `  ${label.padEnd(labelWidth)}${text}`;
}

function accountRows(accounts: Welcome['accounts']): string[] {
  if (accounts.length === 0) {
    return [
      row('Accounts', 'admin, teacher, student: their passwords were shown at the first start;'),
      row('', '`npx homeroom password <name>` gives a new one'),
    ];
  }
  const width = Math.max(...accounts.map(({ username }) => username.length)) + 2;
  return [
    ...accounts.map(({ username, password }, index) =>
      row(index === 0 ? 'Accounts' : '', `${username.padEnd(width)}${password}`),
    ),
    row('', 'These passwords are shown only now. Keep them.'),
  ];
}

function mqttAddresses({ mqttPort, mqttTlsPort, networkAddress }: Welcome): string {
  if (mqttPort === undefined) return 'the broker that HOMEROOM_MQTT_URL names';
  const local = `mqtt://localhost:${mqttPort}`;
  return networkAddress && mqttTlsPort !== undefined
    ? `${local}, mqtts://${networkAddress}:${mqttTlsPort}`
    : local;
}

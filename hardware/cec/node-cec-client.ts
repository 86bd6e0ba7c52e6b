import { toError } from '@homeroom/protocol/wire';

/** A running `cec-client`. */
export interface CecClient {
  send(line: string): void;
  /** End it; resolves when it has gone. */
  stop(): Promise<void>;
}

export interface CecClientEvents {
  readonly onLine: (line: string) => void;
  /** It ended, or never came; told once. */
  readonly onEnd: (reason: string) => void;
}

const graceMs = 3_000;

/**
 * Start `cec-client` on a USB adapter by the node-cec package, which is loaded only here.
 * node-cec leaves the process's errors and its stderr alone, so both are taken here: a missing program
 * would be an uncaught exception, and an unread stderr would stall it in the end.
 *
 * @param device the adapter's serial port, `/dev/ttyACM0`
 */
export async function startCecClient(device: string, { onLine, onEnd }: CecClientEvents): Promise<CecClient> {
  const { default: nodeCec } = await import('node-cec');
  const cec = new nodeCec.NodeCec('Homeroom');
  // `-d 8`: traffic only. `-t p`: a playback device, as a wrong type makes televisions mute themselves.
  cec.start('setpriv', '--pdeathsig', 'TERM', '--', 'cec-client', '-d', '8', '-t', 'p', device);
  const { client } = cec;
  const ended = new Promise<string>((resolve) => {
    client.once('error', (error) => resolve(toError(error).message));
    client.once('close', (code, signal) => resolve(`cec-client ended with ${signal ?? code}`));
  });
  void ended.then(onEnd);
  client.stdin.on('error', () => client.kill('SIGTERM'));
  client.stderr.resume();
  cec.on('line', onLine);
  return {
    send: (line) => void cec.send(`${line}\n`),
    stop: async () => {
      client.kill('SIGINT');
      const timer = setTimeout(() => client.kill('SIGKILL'), graceMs);
      await ended;
      clearTimeout(timer);
    },
  };
}

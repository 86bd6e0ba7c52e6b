import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { HomeroomError, toError } from '@homeroom/protocol';
import type { Config } from '../config-keys.ts';

/** What the HTTP port shows. PEM. */
export interface HttpCertificate {
  readonly certPem: string;
  readonly keyPem: string;
}

/**
 * @param own the controller's own, for when the settings name none
 * @returns the certificate that the settings name
 * @throws config_invalid with every fault: a file that cannot be read, files that are no certificate and its key
 */
export async function readCertificate(
  config: Pick<Config, 'tlsCert' | 'tlsKey'>,
  own: HttpCertificate,
): Promise<HttpCertificate> {
  const { tlsCert, tlsKey } = config;
  if (tlsCert === undefined || tlsKey === undefined) return own;
  const [cert, key] = await Promise.all([
    read('HOMEROOM_TLS_CERT', tlsCert),
    read('HOMEROOM_TLS_KEY', tlsKey),
  ]);
  const faults = [cert.fault, key.fault].filter((fault) => fault !== undefined);
  if (faults.length > 0) throw new HomeroomError('config_invalid', faults.join('\n'));
  try {
    createSecureContext({ cert: cert.text, key: key.text });
  } catch (caught) {
    const cause = toError(caught);
    const detail = `HOMEROOM_TLS_CERT ${tlsCert} and HOMEROOM_TLS_KEY ${tlsKey} are no certificate and its key: ${cause.message}`;
    throw new HomeroomError('config_invalid', detail, { cause });
  }
  return { certPem: cert.text, keyPem: key.text };
}

async function read(setting: string, path: string): Promise<{ text: string; fault?: string }> {
  try {
    return { text: await readFile(path, 'utf8') };
  } catch (caught) {
    return { text: '', fault: `${setting} ${path}: ${toError(caught).message}` };
  }
}

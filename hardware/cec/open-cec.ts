import { join } from 'node:path';
import type { DriverContext } from '../driver-context.ts';
import { listFolder } from '../list-folder.ts';
import { absent, type Presence, present } from '../presence.ts';
import { AdaptersCecPort } from './adapters-cec-port.ts';
import type { CecAdapter } from './cec-adapter.ts';
import { findCecConnector } from './cec-connector.ts';
import { CecCtlAdapter } from './cec-ctl-adapter.ts';
import { NodeCecAdapter } from './node-cec-adapter.ts';
import { startCecClient } from './node-cec-client.ts';
import { findUsbCecPorts } from './usb-cec-ports.ts';

const maxAdapters = 8;

/** @returns every CEC adapter that is there now and has its tool installed. */
export async function openCec(options: DriverContext): Promise<Presence<AdaptersCecPort>> {
  const kernelNames = (await listFolder(join(options.rootDir, 'dev'))).filter((name) =>
    /^cec\d+$/.test(name),
  );
  const usbNames = await findUsbCecPorts(join(options.rootDir, 'sys/class/tty'));
  if (kernelNames.length + usbNames.length === 0)
    return absent('no CEC adapter: neither /dev/cec* nor a USB adapter');
  const [hasCtl, hasClient] = await Promise.all([
    options.commands.has('cec-ctl'),
    options.commands.has('cec-client'),
  ]);
  const adapters: CecAdapter[] = [
    ...(hasCtl ? kernelNames.map((name) => kernelAdapter(name, options)) : []),
    ...(hasClient ? usbNames.map((name) => usbAdapter(name, options)) : []),
  ];
  if (adapters.length > 0)
    return present(new AdaptersCecPort({ ...options, adapters: adapters.slice(0, maxAdapters) }));
  return absent(
    kernelNames.length > 0
      ? 'cec-ctl is not installed (package v4l-utils)'
      : 'cec-client is not installed (package cec-utils)',
  );
}

function kernelAdapter(name: string, options: DriverContext): CecAdapter {
  return new CecCtlAdapter({
    ...options,
    name,
    device: join(options.rootDir, 'dev', name),
    findConnector: (info) => findCecConnector(join(options.rootDir, 'sys/class/drm'), info),
  });
}

function usbAdapter(name: string, options: DriverContext): CecAdapter {
  return new NodeCecAdapter({
    ...options,
    name,
    device: join(options.rootDir, 'dev', name),
    startClient: startCecClient,
  });
}

import { rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { HostStage } from './stage.ts';

const socketFolderOf = (socket: string | null) => dirname(dirname(dirname(String(socket))));
const hasColour = (pixels: Uint8Array) => pixels.some((byte, index) => index % 4 < 3 && byte > 0);

it('starts desktops after the folder of its sockets was tidied away while it ran', async () => {
  const stage = await HostStage.open();
  try {
    const first = await stage.startDesktop();
    const folder = socketFolderOf(first.socket);
    const { mode } = await stat(folder);
    await rm(folder, { recursive: true });

    const second = await stage.startDesktop();
    const viewer = await stage.view(second.desktop);
    await viewer.refreshUntil(hasColour);
    viewer.close();
    expect((await stat(folder)).mode).toBe(mode);
  } finally {
    await stage.end();
  }
});

it('keeps the folder of its sockets when another agent on the machine ends', async () => {
  const [staying, ending] = [await HostStage.open(), await HostStage.open()];
  try {
    const folder = socketFolderOf((await staying.startDesktop()).socket);
    await ending.startDesktop();
    await ending.end();
    await expect(stat(folder)).resolves.toBeDefined();
    await expect(staying.startDesktop()).resolves.toMatchObject({ state: 'running' });
  } finally {
    await ending.end();
    await staying.end();
  }
});

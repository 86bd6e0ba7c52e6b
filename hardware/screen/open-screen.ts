import type { CecPort } from '../cec/cec-port.ts';
import { absent, type Presence, present } from '../presence.ts';
import type { CommandRunner } from '../process/command-runner.ts';
import { CecScreen } from './cec-screen.ts';
import { PreferredScreen } from './preferred-screen.ts';
import type { ScreenPowerPort } from './screen-power-port.ts';
import { WlopmScreen } from './wlopm-screen.ts';

/**
 * @param hasCompositor whether the programs that are run can reach a Wayland compositor
 * @returns the screen by CEC, by `wlopm` where CEC does not reach it, or by the one that there is
 */
export async function openScreen(
  cec: Presence<CecPort>,
  hasCompositor: boolean,
  commands: CommandRunner,
): Promise<Presence<ScreenPowerPort>> {
  const wlopm = hasCompositor && (await commands.has('wlopm')) ? new WlopmScreen(commands) : undefined;
  if (!cec.present) return wlopm ? present(wlopm) : absent('neither CEC nor a Wayland compositor with wlopm');
  const television = new CecScreen(cec.port);
  return present(wlopm ? new PreferredScreen(television, wlopm) : television);
}

import { absent, type Presence, present } from '../presence.ts';
import type { CommandRunner } from '../process/command-runner.ts';
import { AmixerAudio } from './amixer-audio.ts';
import type { AudioPort } from './audio-port.ts';
import { FirstAudio } from './first-audio.ts';
import { WpctlAudio } from './wpctl-audio.ts';

/** @returns the sound by PipeWire and by ALSA, as far as their programs are installed */
export async function openAudio(commands: CommandRunner): Promise<Presence<AudioPort>> {
  const systems: AudioPort[] = [];
  if (await commands.has('wpctl')) systems.push(new WpctlAudio(commands));
  if (await commands.has('amixer')) systems.push(new AmixerAudio(commands));
  if (systems.length > 0) return present(new FirstAudio(systems));
  return absent('neither wpctl (package wireplumber) nor amixer (package alsa-utils) is installed');
}

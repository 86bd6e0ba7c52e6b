import { expect, test } from 'vitest';
import { complained, printed, ScriptedCommands } from '../testing/scripted-commands.ts';
import { AmixerAudio, chooseControl, parseAmixerMuted } from './amixer-audio.ts';
import { FirstAudio } from './first-audio.ts';
import { openAudio } from './open-audio.ts';
import { parseWpctlMuted, WpctlAudio } from './wpctl-audio.ts';

const controls = "Simple mixer control 'Mic',0\nSimple mixer control 'PCM',0\n";
const pcm = (state: string) => `Simple mixer control 'PCM',0
  Capabilities: pvolume pvolume-joined pswitch pswitch-joined
  Mono: Playback -2000 [77%] [-20.00dB] [${state}]
`;

/** ALSA, with one card. */
const alsa = () => {
  let state = 'on';
  return new ScriptedCommands((line) => {
    if (line === 'amixer scontrols') return printed(controls);
    if (line === 'amixer sset PCM mute') state = 'off';
    else if (line === 'amixer sset PCM unmute') state = 'on';
    else if (line !== 'amixer sget PCM') return complained(`what is ${line}?`);
    return printed(pcm(state));
  });
};

test('PipeWire mutes the output that is the default, and tells it', async () => {
  const commands = new ScriptedCommands(() => printed('Volume: 0.40 [MUTED]\n'));
  const audio = new WpctlAudio(commands);
  await audio.setMuted(true);
  await audio.setMuted(false);
  expect(await audio.readMuted()).toBe(true);
  expect(commands.ran).toEqual([
    'wpctl set-mute @DEFAULT_AUDIO_SINK@ 1',
    'wpctl set-mute @DEFAULT_AUDIO_SINK@ 0',
    'wpctl get-volume @DEFAULT_AUDIO_SINK@',
  ]);
});

test.each([
  ['Volume: 0.40', false],
  ['Volume: 1.00 [MUTED]', true],
  ['', null],
])('of "%s" it is told that muted is %s', (text, muted) => {
  expect(parseWpctlMuted(text)).toBe(muted);
});

test('ALSA mutes what goes to the speakers, and leaves the microphone', async () => {
  const audio = new AmixerAudio(alsa());
  expect(await audio.readMuted()).toBe(false);
  await audio.setMuted(true);
  expect(await audio.readMuted()).toBe(true);
  await audio.setMuted(false);
  expect(await audio.readMuted()).toBe(false);
});

test('a card is silent when all of its channels are, and cannot tell without a switch', () => {
  const stereo = (left: string, right: string) =>
    `  Front Left: Playback 65536 [100%] [${left}]\n  Front Right: Playback 65536 [100%] [${right}]\n`;
  expect(parseAmixerMuted(stereo('off', 'off'))).toBe(true);
  expect(parseAmixerMuted(stereo('off', 'on'))).toBe(false);
  expect(parseAmixerMuted('  Mono: Playback 65536 [100%]\n')).toBeNull();
});

test('a card without any usual switch says so', async () => {
  expect(chooseControl("Simple mixer control 'Mic',0\n")).toBeUndefined();
  const audio = new AmixerAudio(new ScriptedCommands(() => printed('')));
  await expect(audio.setMuted(true)).rejects.toMatchObject({
    code: 'hardware_failed',
    detail: 'no sound card has a switch to mute it',
  });
});

test('what one sound system does not take, the next one gets', async () => {
  const away = new WpctlAudio(new ScriptedCommands(() => complained('Could not connect to PipeWire')));
  const card = new AmixerAudio(alsa());
  const audio = new FirstAudio([away, card]);
  await audio.setMuted(true);
  expect(await audio.readMuted()).toBe(true);
  const alone = new FirstAudio([away]);
  await expect(alone.setMuted(true)).rejects.toMatchObject({
    code: 'hardware_failed',
    detail: 'wpctl ended with 1: Could not connect to PipeWire',
  });
  expect(await alone.readMuted()).toBeNull();
});

test('a machine without either program has no sound to mute', async () => {
  const commands = new ScriptedCommands();
  commands.has = async () => false;
  expect(await openAudio(commands)).toMatchObject({ present: false });
  commands.has = async (file) => file === 'amixer';
  expect(await openAudio(commands)).toMatchObject({ present: true });
});

import { parseHdmiSwitch } from '@homeroom/hardware/hdmi-switch/hdmi-switch-wiring.ts';
import { parseJoinToken } from '@homeroom/protocol/join-token';
import { isDeviceId } from '@homeroom/protocol/wire';
import * as v from 'valibot';
import { parseControllerAddress } from '../enrol/controller-address.ts';
import { logLevels } from '../log.ts';
import { anyText, flag, integer, key, keyWithDefault, listOf, oneOf } from './config-key.ts';

const onOff = '`on` or `off`';

/** The agent's whole configuration: one row per key. */
export const configSchema = v.object({
  controller: key(
    {
      env: 'HOMEROOM_CONTROLLER',
      description: 'The controller. Left out, the agent looks for one by mDNS.',
      allowed: '`host` or `host:port`, the port being the one for MQTT over TLS (8883 unless told)',
    },
    parseControllerAddress,
  ),
  broker: key(
    {
      env: 'HOMEROOM_BROKER',
      description: 'The MQTT broker, where it does not answer under the controller’s own address.',
      allowed: '`host` or `host:port`, the port being the one for MQTT over TLS (8883 unless told)',
    },
    parseControllerAddress,
  ),
  joinToken: key(
    {
      env: 'HOMEROOM_JOIN_TOKEN',
      description: 'Lets a new device enrol, and names the one controller that it trusts.',
      allowed: 'a whole join token, `homeroom1.<hash>.<secret>`',
      isSecret: true,
    },
    parseJoinToken,
  ),
  joinTokenFile: key(
    {
      env: 'HOMEROOM_JOIN_TOKEN_FILE',
      description: 'A file with the join token, when the token itself is not given.',
      allowed: 'the path of a file that holds one join token',
    },
    anyText,
  ),
  dataDir: keyWithDefault(
    {
      env: 'HOMEROOM_DATA_DIR',
      description:
        'Where this agent keeps its credential, the last desired document and the kiosk’s profile.',
      allowed: 'a path',
      default: '.homeroom/agent',
    },
    anyText,
  ),
  deviceId: key(
    {
      env: 'HOMEROOM_DEVICE_ID',
      description:
        'Another device id than the one the machine’s serial number gives; for several agents on one machine.',
      allowed: '3 to 63 of a-z, 0-9 and -',
    },
    (text) => (isDeviceId(text) ? text : undefined),
  ),
  name: key(
    {
      env: 'HOMEROOM_NAME',
      description: 'What the device asks to be called when it enrols.',
      allowed: '1 to 100 characters',
    },
    (text) => (text.length >= 1 && text.length <= 100 ? text : undefined),
  ),
  board: keyWithDefault(
    {
      env: 'HOMEROOM_BOARD',
      description: 'The hardware: this machine’s own, or a made-up one to try things with.',
      allowed: '`linux` or `simulated`',
      default: 'linux',
    },
    oneOf('linux', 'simulated'),
  ),
  relays: keyWithDefault(
    {
      env: 'HOMEROOM_RELAYS',
      description:
        'GPIO relays, in the order of their channels: `Lamp=17,TV=27:low`; `:low` where the relay closes on a low line.',
      allowed: 'a list of `name=line` or `name=line:low`',
      default: '',
    },
    listOf(parseRelay),
  ),
  hdmiSwitches: keyWithDefault(
    {
      env: 'HOMEROOM_HDMI_SWITCHES',
      description:
        'HDMI switches that this device operates, by a serial line, by TCP, or by its own relays that press their buttons from input 1 on: `Matrix=/dev/ttyUSB0:9600:extron,Wall=tcp://10.0.0.5:23:SW{in}{out}\\r,Beamer=relays:0+1`. docs/hardware.md tells the protocols.',
      allowed:
        'a list of `name=/dev/…:baud:protocol`, `name=tcp://host:port:protocol` or `name=relays:channel+channel`',
      default: '',
    },
    listOf(parseHdmiSwitch),
  ),
  kiosk: keyWithDefault(
    {
      env: 'HOMEROOM_KIOSK',
      description: 'What shows the pages.',
      allowed: '`chromium` or `none`',
      default: 'chromium',
    },
    oneOf('chromium', 'none'),
  ),
  kioskHeadless: keyWithDefault(
    {
      env: 'HOMEROOM_KIOSK_HEADLESS',
      description: 'Run the kiosk’s browser without a screen.',
      allowed: onOff,
      default: 'off',
    },
    flag,
  ),
  kioskSize: keyWithDefault(
    {
      env: 'HOMEROOM_KIOSK_SIZE',
      description: 'The size of a headless kiosk.',
      unit: 'pixels',
      allowed: 'width x height like `1280x720`, each from 64 to 7680',
      default: '1280x720',
    },
    parseSize,
  ),
  kioskOrigins: keyWithDefault(
    {
      env: 'HOMEROOM_KIOSK_ORIGINS',
      description: 'Origins that the kiosk may show beside the controller’s.',
      allowed: 'a list of origins like `https://lessons.example`',
      default: '',
    },
    listOf(parseOrigin),
  ),
  host: keyWithDefault(
    {
      env: 'HOMEROOM_HOST',
      description: 'Run desktops of users on this machine; the same as `--host`.',
      allowed: onOff,
      default: 'off',
    },
    flag,
  ),
  hostCapacity: key(
    {
      env: 'HOMEROOM_HOST_CAPACITY',
      description:
        'Desktops that may run here at once; without it 75 where XFCE is installed, 50 where KDE or GNOME is, else 20.',
      unit: 'desktops',
      allowed: 'a whole number from 1 to 512',
    },
    integer(1, 512),
  ),
  hostStreams: keyWithDefault(
    {
      env: 'HOMEROOM_HOST_STREAMS',
      description:
        'How desktops reach the controller: `local` by a Unix socket when it runs on this machine, `tunnel` by dialling out.',
      allowed: '`local` or `tunnel`',
      default: 'tunnel',
    },
    oneOf('local', 'tunnel'),
  ),
  hostEndWithAgent: keyWithDefault(
    {
      env: 'HOMEROOM_HOST_END_WITH_AGENT',
      description:
        'End every desktop when the agent is told to stop; otherwise they run on for the next agent.',
      allowed: onOff,
      default: 'off',
    },
    flag,
  ),
  logLevel: keyWithDefault(
    {
      env: 'HOMEROOM_LOG_LEVEL',
      description: 'How much is logged.',
      allowed: logLevels.map((level) => `\`${level}\``).join(', '),
      default: 'info',
    },
    oneOf(...logLevels),
  ),
});

export type Config = v.InferOutput<typeof configSchema>;

function parseSize(text: string): { width: number; height: number } | undefined {
  const match = /^(\d{2,4})x(\d{2,4})$/.exec(text);
  const [width, height] = [Number(match?.[1]), Number(match?.[2])];
  const isAllowed = [width, height].every((side) => side >= 64 && side <= 7680);
  return isAllowed ? { width, height } : undefined;
}

function parseOrigin(text: string): string | undefined {
  const url = URL.parse(text);
  const isOrigin =
    url !== null && ['http:', 'https:'].includes(url.protocol) && url.origin === text.replace(/\/$/, '');
  return isOrigin ? url.origin : undefined;
}

function parseRelay(text: string): { name: string; line: number; activeLow: boolean } | undefined {
  const match = /^([^=]{1,60})=(\d{1,4})(:low)?$/.exec(text);
  if (!match?.[1] || !match[2]) return undefined;
  return { name: match[1].trim(), line: Number(match[2]), activeLow: match[3] !== undefined };
}

import { readSample } from './read-sample.ts';
import type { TreeEntry } from './write-tree.ts';

const drm = 'sys/class/drm/card1-HDMI-A';
const pcieNet = 'sys/devices/platform/scb/fd580000.ethernet/net/eth0';

/** @returns a Raspberry Pi 4 with a Dell monitor on its first connector, as its kernel would show it. */
export function pi4Tree(): Record<string, TreeEntry> {
  const hdmi = new URL('../hdmi/', import.meta.url).href;
  const input = new URL('../input/', import.meta.url).href;
  return {
    'proc/device-tree/model': 'Raspberry Pi 4 Model B Rev 1.4\0',
    'proc/device-tree/serial-number': '10000000ABCDEF01\0',
    'proc/sys/kernel/random/boot_id': '1b0c4fd0-6c79-4b0e-a2a1-b5d3c0f0a001\n',
    'proc/uptime': '35000.12 138000.00\n',
    'proc/loadavg': '0.42 0.30 0.25 1/180 4242\n',
    'proc/meminfo': 'MemTotal:        3884632 kB\nMemFree:          210000 kB\nMemAvailable:    2929664 kB\n',
    'proc/net/route':
      'Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\neth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n',
    'proc/bus/input/devices': readSample(input, 'pi4.txt'),
    'etc/os-release': 'PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\n',
    'etc/machine-id': '3d1219c7c4c5404aaa1f6d2a48adfda4\n',
    'sys/class/drm/version': 'drm 1.1.0 20060810\n',
    [`${drm}-1/status`]: 'connected\n',
    [`${drm}-1/modes`]: '1366x768\n1920x1080\n',
    [`${drm}-1/edid`]: Buffer.from(readSample(hdmi, 'dell-d1918h.hex').replace(/\s/g, ''), 'hex'),
    [`${drm}-1/connector_id`]: '32\n',
    [`${drm}-2/status`]: 'disconnected\n',
    [`${drm}-2/modes`]: '',
    [`${drm}-2/edid`]: '',
    [`${drm}-2/connector_id`]: '42\n',
    'sys/class/drm/card1-Writeback-1/status': 'unknown\n',
    'sys/class/thermal/thermal_zone0/type': 'cpu-thermal\n',
    'sys/class/thermal/thermal_zone0/temp': '48686\n',
    'sys/class/hwmon/hwmon0/name': 'cpu_thermal\n',
    'sys/class/hwmon/hwmon1/name': 'rpi_volt\n',
    'sys/class/hwmon/hwmon1/in0_lcrit_alarm': '0\n',
    'sys/fs/ext4/features/lazy_itable_init': 'supported\n',
    'sys/fs/ext4/mmcblk0p2/errors_count': '3\n',
    [`${pcieNet}/address`]: 'dc:a6:32:01:02:03\n',
    [`${pcieNet}/speed`]: '1000\n',
    [`${pcieNet}/device`]: { link: '../..' },
    'sys/class/net/eth0': { link: '../../devices/platform/scb/fd580000.ethernet/net/eth0' },
    'dev/cec0': '',
    'run/systemd/system/.keep': '',
  };
}

import { run } from './run.mjs';

const aptTimeoutMs = 20 * 60_000;
const queryTimeoutMs = 30_000;

/** What a desktop on this machine and a kiosk need: X server, window manager, programs, fonts. */
export const packagesToStart = [
  'tigervnc-standalone-server',
  'x11-xserver-utils',
  'xfonts-base',
  'openbox',
  'tint2',
  'pcmanfm',
  'xterm',
  'chromium',
  'fonts-dejavu-core',
  'fonts-liberation',
  'libnss-wrapper',
];

/** What the tests need besides: a second broker, and MQTT clients that are not ours; a directory; a compiler for the relay board’s code. */
export const packagesToTest = [...packagesToStart, 'mosquitto', 'mosquitto-clients', 'slapd', 'g++'];

/** What the benchmarks need besides: what the gateway and the session engine are measured beside. */
export const packagesToBench = [...packagesToTest, 'websockify', 'jupyterhub', 'x2gobroker-daemon'];

/**
 * @param {readonly string[]} wanted
 * @param {string} listed what `dpkg-query --status` printed: a paragraph for each package that dpkg knows
 * @returns {string[]} those of `wanted` that are not installed
 */
export function missingPackages(wanted, listed) {
  const installed = new Set(
    listed
      .split(/\n\n+/)
      .filter((paragraph) => /^Status: \S+ ok installed$/m.test(paragraph))
      .map((paragraph) => /^Package: (\S+)$/m.exec(paragraph)?.[1]),
  );
  return wanted.filter((name) => !installed.has(name));
}

/**
 * Install the Debian packages that are missing, where that is possible without asking for a password.
 *
 * @param {import('./set-up.mjs').SetUpContext} context
 * @param {readonly string[]} wanted
 * @returns {Promise<string | undefined>} undefined when all are there; else what the person can do, in words
 */
export async function installDebianPackages({ env, logFile, progress }, wanted) {
  const query = await run('dpkg-query', ['--status', ...wanted], {
    timeoutMs: queryTimeoutMs,
  });
  if (query.code === 127) {
    return `This is no Debian: desktops and kiosks need what these packages bring: ${wanted.join(' ')}`;
  }
  const missing = missingPackages(wanted, query.output);
  if (missing.length === 0) return undefined;
  const advice = `Some Debian packages are missing. Install them by:\n  ${oneLine(missing)}`;
  const sudo = await sudoPrefix();
  if (!sudo) return advice;
  const isInstalled = await progress.step(`Debian packages: ${missing.join(' ')}`, async () => {
    const [command = 'sh', ...args] = [...sudo, 'sh', '-c', installScript, 'sh', ...missing];
    const { code } = await run(command, args, { env, logFile, timeoutMs: aptTimeoutMs });
    return code === 0;
  });
  return isInstalled ? undefined : `apt-get failed; ${logFile} has its words. ${advice}`;
}

/** @param {readonly string[]} missing */
function oneLine(missing) {
  return `sudo apt-get install --no-install-recommends ${missing.join(' ')}`;
}

/** @returns {Promise<string[] | undefined>} what to put before a command that needs root; undefined: cannot be had */
async function sudoPrefix() {
  if (process.getuid?.() === 0) return [];
  const { code } = await run('sudo', ['-n', 'true'], { timeoutMs: queryTimeoutMs });
  return code === 0 ? ['sudo', '-n'] : undefined;
}

/**
 * Debian starts a broker of its own when it installs mosquitto, now and at every boot, on the port that Homeroom's
 * broker uses; slapd, JupyterHub and x2gobroker too become services. Tests and benches start theirs themselves; so if it is
 * we who install them, they stay off.
 */
const installScript = `
set -e
export DEBIAN_FRONTEND=noninteractive
apt() { apt-get -q -y -o DPkg::Lock::Timeout=300 "$@"; }
if ! ls /var/lib/apt/lists/*_Packages* >/dev/null 2>&1; then apt update; fi
apt install --no-install-recommends "$@" || { apt update; apt install --no-install-recommends "$@"; }
for service in mosquitto jupyterhub x2gobroker-daemon slapd; do
  case " $* " in *" $service "*)
    if [ -d /run/systemd/system ]; then systemctl disable --now "$service.service"
    elif [ -e "/etc/init.d/$service" ]; then update-rc.d "$service" disable; service "$service" stop; fi || true
  esac
done
`;

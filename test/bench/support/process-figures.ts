import { readdirSync, readFileSync } from 'node:fs';

/** Of `/proc/<pid>/stat`; Linux has had 100 on every machine for decades. */
const ticksPerSecond = 100;

/** @returns the resident memory of a process in bytes */
export function residentBytes(pid: number): number {
  const found = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  if (!found) throw new Error(`process ${pid} has no memory`);
  return Number(found[1]) * 1024;
}

/** @returns the processor time (user and system) that a process and its children, also ended ones, have used */
export function cpuSeconds(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
  const own = ownCpuSeconds(pid) + endedChildrenCpuSeconds(pid);
  return own + children.reduce((sum, child) => sum + cpuSeconds(Number(child)), 0);
}

/**
 * @returns the processor time that a process has used, without its children; in nanoseconds by thread, since the ticks of
 *   `stat` are as long as a stream of a second takes
 */
export function ownCpuSeconds(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const nanoseconds = threads.map((thread) => {
    const [ran] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ');
    return Number(ran);
  });
  return nanoseconds.reduce((sum, ran) => sum + ran, 0) / 1e9;
}

function endedChildrenCpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in parentheses may hold spaces; the fields after it are counted from 3 (proc(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = fields.slice(13, 15).reduce((sum, field) => sum + Number(field), 0);
  return ticks / ticksPerSecond;
}

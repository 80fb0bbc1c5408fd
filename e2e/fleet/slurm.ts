import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import path from 'node:path';

/** A cluster of two machines that are this one: munge and Slurm's own daemons, on loopback, in a folder. */
export interface Cluster {
  /** What a program of the user needs to find it. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs one of Slurm's programs; gives what it printed. Throws when it fails. */
  run(program: string, ...args: readonly string[]): string;
  stop(): Promise<void>;
}

const NODES = ['one', 'two'];

/** @param dir an empty folder, whose path is short enough for a socket */
export async function startCluster(dir: string): Promise<Cluster> {
  const ports = await freePorts(NODES.length + 1);
  const socket = path.join(dir, 'munge', 'socket');
  const conf = path.join(dir, 'slurm.conf');
  await mkdir(path.join(dir, 'munge'), { mode: 0o755 });
  await mkdir(path.join(dir, 'state'));
  await writeFile(path.join(dir, 'munge', 'key'), randomBytes(1024), { mode: 0o400 });
  await writeFile(conf, confOf(dir, socket, ports));
  const env = { SLURM_CONF: conf };
  const run = (program: string, ...args: readonly string[]): string => {
    const { status, stdout, stderr, error } = spawnSync(program, args, {
      encoding: 'utf8',
      env: { ...process.env, ...env },
    });
    if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? stderr}`);
    return stdout.trim();
  };
  const files = ['key', 'pid', 'log', 'seed'].map((name) => `--${name}-file=${path.join(dir, 'munge', name)}`);
  run('munged', '--force', `--socket=${socket}`, ...files);
  run('slurmctld', '-f', conf);
  for (const node of NODES) run('slurmd', '-f', conf, '-N', node);
  const pids = ['munge/pid', 'ctld.pid', ...NODES.map((node) => `${node}.pid`)];
  return {
    env,
    run,
    async stop() {
      // The daemons of the machines first: what runs on them ends with them.
      for (const pid of pids.toReversed()) await end(path.join(dir, pid));
    },
  };
}

function confOf(dir: string, socket: string, [port, ...ports]: readonly number[]): string {
  const host = hostname().split('.')[0] ?? 'localhost';
  const at = (name: string): string => path.join(dir, name);
  return [
    'ClusterName=hushcal',
    `SlurmctldHost=${host}(127.0.0.1)`,
    `SlurmctldPort=${port ?? 0}`,
    ...['SlurmUser=root', 'SlurmdUser=root', 'AuthType=auth/munge', 'CryptoType=crypto/munge'],
    `AuthInfo=socket=${socket}`,
    `StateSaveLocation=${at('state')}`,
    `SlurmdSpoolDir=${at('%n.spool')}`,
    ...[`SlurmctldPidFile=${at('ctld.pid')}`, `SlurmdPidFile=${at('%n.pid')}`],
    ...[`SlurmctldLogFile=${at('ctld.log')}`, `SlurmdLogFile=${at('%n.log')}`],
    // No control groups in a container.
    ...['ProctrackType=proctrack/linuxproc', 'TaskPlugin=task/none', 'SwitchType=switch/none', 'MpiDefault=none'],
    ...['SelectType=select/linear', 'SchedulerType=sched/builtin', 'SchedulerParameters=batch_sched_delay=0'],
    // What does not end when it is asked to is killed a second later.
    ...['KillWait=1', 'JobRequeue=1', 'ReturnToService=2', 'MailProg=/bin/true'],
    ...NODES.map(
      (node, at) => `NodeName=${node} NodeAddr=127.0.0.1 NodeHostname=${host} Port=${ports[at] ?? 0} CPUs=1`,
    ),
    `PartitionName=all Nodes=${NODES.join(',')} Default=YES MaxTime=INFINITE State=UP`,
    '',
  ].join('\n');
}

/** Held all at once, so that no two are the same. */
async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

async function end(pidFile: string): Promise<void> {
  const pid = await readFile(pidFile, 'utf8').catch(() => '');
  if (pid === '') return;
  // `tail --pid` waits for a process that is not ours.
  const gone = new Promise((resolve) => spawn('tail', [`--pid=${pid.trim()}`, '-f', '/dev/null']).on('close', resolve));
  try {
    process.kill(Number(pid), 'SIGTERM');
  } catch {
    // It is gone already.
  }
  await gone;
}

// Starts a private MariaDB Galera cluster of three nodes in a temporary folder, to break and to mend.

import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { removedAfterUs } from './afterUs.js'
import { freePort } from './freePort.js'
import { CREATE_USER, dataOf, type Mariadbd, mariadbd, QUICK, urlOf } from './mariadbd.js'

/** What a node says of itself; undefined when it does not answer. */
export interface NodeState {
  /** `Primary` when it may be written to. */
  status: string
  /** Nodes that it sees, itself included. */
  size: number
  /** `Synced`, `Donor/Desynced`, `Joiner`, … */
  comment: string
}

export interface GaleraNode {
  readonly port: number
  /** Of the process that was started last. */
  readonly pid: number | undefined
  /** A DATABASE_URL for this node alone. */
  url(database: string): string
  /** Ends it as a power cut would (kill -9). */
  kill(): Promise<void>
  /** Ends it in good order: it says good-bye to the others. */
  stop(): Promise<void>
  /** Stops answering without closing connections, and goes on again. Resolves once every thread stands still. */
  freeze(): Promise<void>
  thaw(): void
  /**
   * Cuts it off from the other nodes, not from its clients, by Galera's own switch for this: a node is called at the
   * address it listens on itself, so that nothing of ours can stand between two of them without root.
   */
  isolate(): Promise<void>
  rejoin(): Promise<void>
  /** Starts it again after kill or stop, as Debian's unit does: it asks the others for what it missed. Not awaited: see untilSynced. */
  restart(): Promise<void>
  state(): Promise<NodeState | undefined>
}

export interface Galera {
  nodes: readonly [GaleraNode, GaleraNode, GaleraNode]
  /** A DATABASE_URL with all three hosts, the first node first. */
  url(database: string): string
  /** Makes the database anew, empty, on every node, and gives its URL. */
  createDatabase(name: string): Promise<string>
  /** Resolves once so many nodes are in one cluster and up to date. @throws after two minutes */
  untilSynced(size?: number): Promise<void>
  /**
   * What an operator does after the loss of a majority: the node that knows most is made the cluster, and the others
   * that were killed are started again.
   */
  recover(): Promise<void>
  /** Ends all of it and removes the folder. */
  stop(): Promise<void>
}

interface GaleraOptions {
  /** Writes reach the disk at COMMIT, as in production. */
  isDurable?: boolean
  /**
   * Nodes wait longer before they put another one out. On a machine so busy that a node is not heard for a second, the
   * two that are left may otherwise lose each other too, and with that the majority.
   */
  isPatient?: boolean
}

/** The ports of one node; all of 127.0.0.1. */
interface Ports {
  /** For clients. */
  sql: number
  /** Between the nodes. */
  group: number
  /** Receives what a node missed: writes, or the whole data. */
  writes: number
  whole: number
}

const PROVIDER = '/usr/lib/galera/libgalera_smm.so'
const SYNC_MS = 120_000
/** Debian's user of the server: as root, the rsync that a node receives with would write as nobody. */
const USER = 'mysql'

/** A node that does not answer is put out after one to two seconds: five and more by default, made for wide networks. */
const TIMES = [
  'evs.keepalive_period=PT0.3S',
  'evs.suspect_timeout=PT1S',
  'evs.inactive_timeout=PT2S',
  'evs.inactive_check_period=PT0.3S',
  'evs.install_timeout=PT2S',
]
const PATIENT_TIMES = ['evs.suspect_timeout=PT4S', 'evs.inactive_timeout=PT8S', 'evs.install_timeout=PT8S']

export async function startGalera({ isDurable = false, isPatient = false }: GaleraOptions = {}): Promise<Galera> {
  const folder = mkdtempSync(path.join(tmpdir(), 'shenhuan-galera-'))
  const ports = await portsOf(3)
  const folders = ports.map((_, n) => path.join(folder, `node${n + 1}`))
  const servers = ports.map((own, n) => {
    const place = { folder: folders[n] ?? '', port: own.sql, user: USER }
    return mariadbd({ ...place, options: [...(isDurable ? [] : QUICK), ...clusterOptions(ports, n, isPatient)] })
  })
  const nodes = servers.map((server, n) => nodeOf(server, ports[n]?.sql ?? 0)) as unknown as Galera['nodes']

  const forget = removedAfterUs(folder)

  async function untilSynced(size = 3): Promise<void> {
    const until = performance.now() + SYNC_MS
    for (;;) {
      const states = await Promise.all(nodes.map((node) => node.state()))
      const isThere = (state?: NodeState) =>
        state?.status === 'Primary' && state.size === size && state.comment === 'Synced'
      if (states.filter(isThere).length === size) return
      if (performance.now() > until) throw new Error(`no cluster of ${size}: ${JSON.stringify(states)}`)
      await delay(50)
    }
  }

  /** A first node is made, and the others begin as its copies: sending them the whole data would take seconds each. */
  async function begin(): Promise<void> {
    const [first, ...others] = servers as [Mariadbd, ...Mariadbd[]]
    for (const each of folders) mkdirSync(each)
    handOver(folder)
    first.install()
    first.launch('--wsrep-new-cluster')
    await first.untilItAnswers()
    await first.asAdministrator(...CREATE_USER)
    await first.end('SIGTERM')
    for (const each of folders.slice(1)) cpSync(dataOf(folders[0] ?? ''), dataOf(each), { recursive: true })
    handOver(folder)
    first.launch('--wsrep-new-cluster')
    await first.untilItAnswers()
    for (const other of others) other.launch()
    await untilSynced()
  }

  /** Until a node has noticed that the majority is gone: made the cluster before, it would lose it again. */
  async function untilAlone(n: number): Promise<void> {
    const until = performance.now() + SYNC_MS
    for (;;) {
      const state = await nodes[n]?.state()
      if (state && state.status !== 'Primary') return
      if (performance.now() > until) throw new Error(`there is a majority: ${JSON.stringify(state)}`)
      await delay(50)
    }
  }

  async function recover(): Promise<void> {
    const down = servers.map((_, n) => n).filter((n) => !servers[n]?.isRunning)
    const survivor = servers.findIndex((server) => server.isRunning)
    if (survivor >= 0) {
      await untilAlone(survivor)
      await servers[survivor]?.asAdministrator(`SET GLOBAL wsrep_provider_options = 'pc.bootstrap=1'`)
      for (const n of down) await nodes[n]?.restart()
      return
    }
    const known = down.map((n) => ({ n, position: positionOf(servers[n] as Mariadbd) }))
    known.sort((a, b) => seqnoOf(b.position) - seqnoOf(a.position))
    const [most, ...others] = known
    if (!most) return
    allowBootstrap(folders[most.n] ?? '')
    servers[most.n]?.launch('--wsrep-new-cluster', `--wsrep-start-position=${most.position}`)
    await servers[most.n]?.untilItAnswers()
    for (const { n, position } of others) servers[n]?.launch(`--wsrep-start-position=${position}`)
  }

  const url = (database: string) =>
    urlOf(
      ports.map(({ sql }) => sql),
      database,
    )

  async function stop(): Promise<void> {
    await Promise.all(servers.map((server) => server.end('SIGKILL')))
    forget()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }

  try {
    await begin()
  } catch (error) {
    await stop()
    throw error
  }

  return {
    nodes,
    url,
    async createDatabase(name) {
      const [first] = servers
      await first?.asAdministrator(`DROP DATABASE IF EXISTS \`${name}\``, `CREATE DATABASE \`${name}\``)
      const others = servers.filter((server) => server.isRunning)
      await Promise.all(others.map((server) => server.asAdministrator('SET SESSION wsrep_sync_wait = 1', 'SELECT 1')))
      return url(name)
    },
    untilSynced,
    recover,
    stop,
  }
}

function nodeOf(server: Mariadbd, port: number): GaleraNode {
  const isolation = (value: 0 | 1) => async () => {
    await server.asAdministrator(`SET GLOBAL wsrep_provider_options = 'gmcast.isolate=${value}'`)
  }
  return {
    port,
    get pid() {
      return server.pid
    },
    url: (database) => urlOf([port], database),
    kill: () => server.end('SIGKILL'),
    stop: () => server.end('SIGTERM'),
    freeze: server.freeze,
    thaw: server.thaw,
    isolate: isolation(1),
    rejoin: isolation(0),
    async restart() {
      server.launch(`--wsrep-start-position=${positionOf(server)}`)
    },
    async state() {
      if (!server.isRunning) return undefined
      const names = `'wsrep_cluster_status', 'wsrep_cluster_size', 'wsrep_local_state_comment'`
      const rows = await server
        .asAdministrator(`SHOW GLOBAL STATUS WHERE Variable_name IN (${names})`)
        .catch(() => undefined)
      if (!rows) return undefined
      const values = new Map(rows.map((row) => [String(row['Variable_name']), String(row['Value'])]))
      return {
        status: values.get('wsrep_cluster_status') ?? '',
        size: Number(values.get('wsrep_cluster_size')),
        comment: values.get('wsrep_local_state_comment') ?? '',
      }
    },
  }
}

function clusterOptions(ports: readonly Ports[], n: number, isPatient: boolean): string[] {
  const own = ports[n] as Ports
  const provider = [
    `gmcast.listen_addr=tcp://127.0.0.1:${own.group}`,
    `ist.recv_addr=127.0.0.1:${own.writes}`,
    'pc.recovery=true',
    'gcache.size=128M',
    // With one node writing, the others may be this far behind before they slow it down: by default a few dozen writes.
    'gcs.fc_limit=500',
    'gcs.fc_single_primary=yes',
    ...(isPatient ? PATIENT_TIMES : TIMES),
  ]
  return [
    '--wsrep-on=ON',
    `--wsrep-provider=${PROVIDER}`,
    '--wsrep-cluster-name=shenhuan',
    `--wsrep-cluster-address=gcomm://${ports.map(({ group }) => `127.0.0.1:${group}`).join(',')}`,
    `--wsrep-node-name=node${n + 1}`,
    `--wsrep-node-address=127.0.0.1:${own.group}`,
    `--wsrep-sst-receive-address=127.0.0.1:${own.whole}`,
    '--wsrep-sst-method=rsync',
    `--wsrep-provider-options=${provider.join(';')}`,
    '--binlog-format=ROW',
    '--innodb-autoinc-lock-mode=2',
  ]
}

/** How far a stopped node got, out of its own log: `<cluster>:<number of the write>`. */
function positionOf(server: Mariadbd): string {
  const printed = server.runOnce('--wsrep-recover')
  const position = /Recovered position: *(?<position>[0-9a-f-]{36}:-?\d+)/.exec(printed)?.groups?.['position']
  if (position === undefined) throw new Error(`the node does not tell its position: ${printed.slice(-500)}`)
  return position
}

const seqnoOf = (position: string) => Number(position.slice(position.indexOf(':') + 1))

/** What an operator edits by hand, so that no node becomes a cluster of its own by accident. */
function allowBootstrap(folder: string): void {
  const file = path.join(dataOf(folder), 'grastate.dat')
  writeFileSync(file, readFileSync(file, 'utf8').replace(/safe_to_bootstrap: \d/, 'safe_to_bootstrap: 1'))
  // Otherwise it would wait for the others that it saw last.
  rmSync(path.join(dataOf(folder), 'gvwstate.dat'), { force: true })
}

function handOver(folder: string): void {
  if (process.getuid?.() !== 0) return
  chmodSync(folder, 0o711)
  const { status, stderr } = spawnSync('chown', ['-R', `${USER}:`, folder], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`chown failed: ${stderr}`)
}

async function portsOf(count: number): Promise<Ports[]> {
  const taken = new Set<number>()
  const another = async (): Promise<number> => {
    const port = await freePort()
    if (taken.has(port)) return another()
    taken.add(port)
    return port
  }
  const ports: Ports[] = []
  for (let n = 0; n < count; n += 1) {
    ports.push({ sql: await another(), group: await another(), writes: await another(), whole: await another() })
  }
  return ports
}

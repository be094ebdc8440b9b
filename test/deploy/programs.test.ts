/** The files of src/deploy, read by the programs that they are for. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkNginx, layNginx } from '../nginx.js'

const DEPLOY = fileURLToPath(new URL('../../src/deploy', import.meta.url))
const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const read = (name: string) => readFileSync(join(DEPLOY, name), 'utf8')
const found = (text: string, what: RegExp) => what.exec(text)?.[1] ?? assert.fail(`nothing like ${what.source}`)

function program(name: string, ...given: string[]) {
  const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/local/sbin:/usr/sbin:/sbin` }
  const { status, stdout, stderr, error } = spawnSync(name, given, {
    encoding: 'utf8',
    env,
    maxBuffer: 64 * 1024 * 1024,
  })
  if (error) throw error
  return { status, said: stdout + stderr }
}

describe('the files for whoever runs it', function () {
  this.timeout(60_000)
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'shenhuan-deploy-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('nginx takes the site, and notices what is wrong with another', () => {
    const ports = { tls: 20443, plain: 20080, redirect: 20081 }
    const file = layNginx({ folder, upstreams: ['http://127.0.0.1:3001', 'http://127.0.0.1:3002'], ports })
    const { isGood, said } = checkNginx(file)
    assert.ok(isGood, said)
    assert.doesNotMatch(said, /\[(warn|error|emerg)\]/)
    const site = join(folder, 'site.conf')
    writeFileSync(site, readFileSync(site, 'utf8').replace('least_conn;', 'most_conn;'))
    assert.match(checkNginx(file).said, /unknown directive "most_conn"/)
  })

  it('systemd finds no fault with the units', () => {
    const units = unitsIn(folder)
    const { status, said } = program('systemd-analyze', 'verify', ...units)
    assert.equal(said.trim(), '')
    assert.equal(status, 0)
    const [first = ''] = units
    writeFileSync(first, readFileSync(first, 'utf8').replace('TimeoutStopSec=', 'TimeoutStopSeconds='))
    assert.match(program('systemd-analyze', 'verify', first).said, /Unknown key.*TimeoutStopSeconds/)
  })

  it('systemd counts the services among those that are shut in', () => {
    for (const unit of unitsIn(folder).filter((name) => name.endsWith('.service'))) {
      const { status, said } = program('systemd-analyze', 'security', '--offline=yes', '--threshold=15', unit)
      assert.equal(status, 0, said)
    }
  })

  it('the timer means each night, in Shanghai', () => {
    const calendar = found(read('shenhuan-backup.timer'), /^OnCalendar=(.+)$/m)
    const base = '--base-time=2026-11-26 12:00:00 UTC'
    const { status, said } = program('systemd-analyze', 'calendar', base, calendar)
    assert.equal(status, 0, said)
    assert.match(said, /Next elapse: .*2026-11-2[67] (01:30:00 CST|17:30:00 UTC)/)
  })

  it('the journal knows each setting, and keeps more than half a year', () => {
    const text = read('journald-retention.conf')
    const known = readFileSync('/lib/systemd/systemd-journald').toString('latin1')
    const keys = [...text.matchAll(/^(\w+)=/gm)].map(([, key]) => key ?? '')
    assert.ok(keys.length > 5)
    for (const key of keys) assert.ok(known.includes(`Journal.${key}`), key)
    const { said } = program('systemd-analyze', 'timespan', found(text, /^MaxRetentionSec=(.+)$/m))
    assert.ok(Number(found(said, /μs: (\d+)/)) / 86_400e6 > 184)
  })

  it('MariaDB takes its settings, and notices one that it does not know', () => {
    const asRoot = process.getuid?.() === 0 ? ['--user=root'] : []
    const ask = (file: string) => program('mariadbd', `--defaults-file=${file}`, ...asRoot, '--verbose', '--help')
    const mine = join(folder, 'my.cnf')
    copyFileSync(join(DEPLOY, 'my.cnf'), mine)
    const { status, said } = ask(mine)
    assert.equal(status, 0, said.slice(0, 2000))
    assert.doesNotMatch(said, /\[(Warning|ERROR)\].*(unknown|deprecated)/i)
    for (const [name, value] of [
      ['innodb-flush-log-at-trx-commit', '1'],
      ['sync-binlog', '1'],
      ['transaction-isolation', 'READ-COMMITTED'],
      ['collation-server', 'utf8mb4_bin'],
    ] as const) {
      assert.ok(new RegExp(`^${name} +${value}$`, 'm').test(said), name)
    }
    writeFileSync(mine, `${read('my.cnf')}\nsync_binlogs = 1\n`)
    assert.ok(ask(mine).said.includes("unknown variable 'sync_binlogs=1'"))
  })

  it('the times that hang together do so', () => {
    const unit = read('shenhuan@.service')
    const drain = Number(found(unit, /DRAIN_SECONDS=(\d+)/))
    const kept = Number(found(read('nginx.conf'), /keepalive_timeout (\d+)s;\n}/))
    assert.ok(drain > kept, 'nginx lets go of its connections before the service closes')
    const stop = Number(found(unit, /^TimeoutStopSec=(\d+)$/m))
    const rest =
      Number(found(readFileSync(join(ROOT, 'src/main.ts'), 'utf8'), /STOP_MS = ([\d_]+)/).replace('_', '')) / 1000
    assert.ok(stop > drain + rest, 'systemd waits for as long as the service may take')
    const ports = [...read('nginx.conf').matchAll(/^ +server 127\.0\.0\.1:(\d+)/gm)].map(([, port]) => `1${port}`)
    const asked = [...read('prometheus-scrape.yml').matchAll(/127\.0\.0\.1:(\d+)/g)].map(([, port]) => port)
    assert.deepEqual(asked, ports, 'each process is asked for its figures')
  })
})

/** Copies of the units in which the programs are those of this machine; an instance in place of the template. */
function unitsIn(folder: string): string[] {
  mkdirSync(folder, { recursive: true })
  return readdirSync(DEPLOY)
    .filter((name) => /\.(service|target|timer)$/.test(name))
    .sort((a, b) => b.localeCompare(a))
    .map((name) => {
      const file = join(folder, name.replace('@.', '@3001.'))
      const text = read(name)
        .replaceAll('/usr/bin/node', process.execPath)
        .replaceAll('WorkingDirectory=/srv/shenhuan', `WorkingDirectory=${ROOT}`)
      writeFileSync(file, text)
      return file
    })
}

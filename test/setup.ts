// Run before the tests: makes sure that the programs they start are on this machine, or says how to get them.
// `tsx test/setup.ts faults` or `bench` asks for what `npm run faults` or `npm run bench` start besides.

import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import path from 'node:path'

/** What is about to be run. */
type Run = 'test' | 'faults' | 'bench'

interface Need {
  /** Why it is wanted. */
  what: string
  /** Unset: by every run. */
  by?: readonly Run[]
  isHere: () => boolean
  /** Debian packages. */
  packages: string[]
}

/** Without one, every text in a picture is a row of boxes. */
const CHINESE_FONT = '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'

const GALERA = '/usr/lib/galera/libgalera_smm.so'
const FAKETIME = [
  '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1',
  '/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1',
]

/** One row for each thing that is needed from the system. */
const NEEDS: Need[] = [
  {
    what: 'MariaDB server',
    isHere: () => hasProgram('mariadbd') && hasProgram('mariadb-install-db'),
    packages: ['mariadb-server-core'],
  },
  { what: 'MariaDB client', isHere: () => hasProgram('mariadb'), packages: ['mariadb-client-core'] },
  {
    what: 'MariaDB binary log reader',
    isHere: () => hasProgram('mariadb-binlog'),
    packages: ['mariadb-client'],
  },
  {
    what: 'Galera cluster',
    isHere: () => existsSync(GALERA) && hasProgram('wsrep_sst_rsync') && hasProgram('rsync') && hasProgram('lsof'),
    packages: ['mariadb-server', 'galera-4', 'rsync', 'socat', 'lsof'],
  },
  { what: 'nginx', isHere: () => hasProgram('nginx'), packages: ['nginx'] },
  { what: 'wrk', by: ['bench'], isHere: () => hasProgram('wrk'), packages: ['wrk'] },
  { what: 'strace', by: ['faults'], isHere: () => hasProgram('strace'), packages: ['strace'] },
  {
    what: 'libfaketime',
    by: ['faults'],
    isHere: () => FAKETIME.some((file) => existsSync(file)),
    packages: ['libfaketime'],
  },
  { what: 'promtool', by: ['test'], isHere: () => hasProgram('promtool'), packages: ['prometheus'] },
  {
    what: 'systemd, to check its units',
    by: ['test'],
    isHere: () => hasProgram('systemd-analyze') && existsSync('/lib/systemd/systemd-journald'),
    packages: ['systemd'],
  },
  { what: 'openssl', isHere: () => hasProgram('openssl'), packages: ['openssl'] },
  { what: 'tar', isHere: () => hasProgram('tar'), packages: ['tar'] },
  {
    what: 'Chromium',
    by: ['test', 'faults'],
    isHere: () => hasProgram('chromium-headless-shell'),
    packages: ['chromium-headless-shell'],
  },
  { what: 'a Chinese font', isHere: () => existsSync(CHINESE_FONT), packages: ['fonts-noto-cjk'] },
  {
    what: 'PDF readers',
    isHere: () => hasProgram('pdftotext') && hasProgram('pdftoppm'),
    packages: ['poppler-utils'],
  },
  { what: 'curl', isHere: () => hasProgram('curl'), packages: ['curl'] },
]

const run = runOf(process.argv[2] ?? 'test')

function runOf(word: string): Run {
  if (word === 'test' || word === 'faults' || word === 'bench') return word
  throw new Error(`${word} is none of test, faults, bench`)
}

function hasProgram(name: string): boolean {
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin']
  return folders.some((folder) => isExecutable(path.join(folder, name)))
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function missing(): Need[] {
  return NEEDS.filter(({ by, isHere }) => (by ?? [run]).includes(run) && !isHere())
}

function stop(needs: Need[]): never {
  const packages = needs.flatMap((need) => need.packages).join(' ')
  console.error(`This run needs ${needs.map((need) => need.what).join(', ')}. On Debian or Ubuntu run:`)
  console.error(`  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages}`)
  process.exit(1)
}

const needs = missing()
if (needs.length > 0) {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) stop(needs)
  const packages = needs.flatMap((need) => need.packages)
  console.log(`Installing what is needed: ${packages.join(' ')}`)
  const quietly = { stdio: ['ignore', 'ignore', 'inherit'] as ['ignore', 'ignore', 'inherit'] }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync('apt-get', ['update', '-q'], { ...quietly, env })
  spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], { ...quietly, env })
  const stillMissing = missing()
  if (stillMissing.length > 0) stop(stillMissing)
}

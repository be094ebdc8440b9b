// Run before the tests: makes sure that the programs they start are on this machine, or says how to get them.

import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import path from 'node:path'

interface Need {
  /** Why the tests want it. */
  what: string
  isHere: () => boolean
  /** Debian packages. */
  packages: string[]
}

/** Without one, every text in a picture is a row of boxes. */
const CHINESE_FONT = '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'

/** One row for each thing that the tests need from the system. */
const NEEDS: Need[] = [
  {
    what: 'MariaDB server',
    isHere: () => hasProgram('mariadbd') && hasProgram('mariadb-install-db'),
    packages: ['mariadb-server-core'],
  },
  { what: 'MariaDB client', isHere: () => hasProgram('mariadb'), packages: ['mariadb-client-core'] },
  { what: 'tar', isHere: () => hasProgram('tar'), packages: ['tar'] },
  { what: 'Chromium', isHere: () => hasProgram('chromium'), packages: ['chromium'] },
  { what: 'a Chinese font', isHere: () => existsSync(CHINESE_FONT), packages: ['fonts-noto-cjk'] },
  {
    what: 'PDF readers',
    isHere: () => hasProgram('pdftotext') && hasProgram('pdftoppm'),
    packages: ['poppler-utils'],
  },
  { what: 'curl', isHere: () => hasProgram('curl'), packages: ['curl'] },
]

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
  return NEEDS.filter((need) => !need.isHere())
}

function stop(needs: Need[]): never {
  const packages = needs.flatMap((need) => need.packages).join(' ')
  console.error(`The tests need ${needs.map((need) => need.what).join(', ')}. On Debian or Ubuntu run:`)
  console.error(`  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages}`)
  process.exit(1)
}

const needs = missing()
if (needs.length > 0) {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) stop(needs)
  const packages = needs.flatMap((need) => need.packages)
  console.log(`Installing what the tests need: ${packages.join(' ')}`)
  const quietly = { stdio: ['ignore', 'ignore', 'inherit'] as ['ignore', 'ignore', 'inherit'] }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync('apt-get', ['update', '-q'], { ...quietly, env })
  spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], { ...quietly, env })
  const stillMissing = missing()
  if (stillMissing.length > 0) stop(stillMissing)
}

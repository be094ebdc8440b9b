/** `npm run rotate-keys`: a new master key, or another algorithm, while the service runs. */
import { readConfig } from '../config.js'
import { allSay } from '../database/service-lock.js'
import { addressOf, openDatabase } from '../database/source.js'
import { isUnavailable, transact } from '../database/transaction.js'
import { personalColumns } from '../people/personalColumns.js'
import { MASTER } from './keyFile.js'
import { KeyringBroken, loadKeyring } from './keyring.js'
import { currentKeySaid, notShared } from './keysSaid.js'
import { PersonKey } from './personKey.js'
import { type ExitCode, rotateCommand } from './rotateCommand.js'
import { Informer } from '../tips/informers/informer.js'
import { INFORMERS, loadInformerKeys } from '../tips/informers/keys.js'
import { chooseInformerKey, resealInformers } from '../tips/informers/rotation.js'

const say = (line: string) => void process.stdout.write(`${line}\n`)

async function main(): Promise<ExitCode> {
  const config = readConfig()
  const keyring = loadKeyring({
    keysFromEnv: config.masterKeys,
    keyDir: config.keyDir,
    algorithm: config.encryptionAlgorithm,
    allowGenerate: false,
  })
  const informers = loadInformerKeys(config, keyring, false)
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
  const ds = await openDatabase({
    url: config.databaseUrl,
    dataDir: config.dataDir,
    entities: [
      ...new Set([PersonKey, Informer, ...personalColumns.map(({ entity }) => entity)]),
    ] as (new () => object)[],
    migrations: [],
    poolLimit: 2,
    // Counting what is left may read a whole table.
    queryTimeoutMs: 120_000,
  })
  try {
    for (const [ring, set] of [[keyring, MASTER] as const, [informers, INFORMERS] as const]) {
      if (await allSay(addressOf(ds), config.dataDir, [currentKeySaid(ring, config.keyDir, set)])) continue
      say(notShared(ring, set))
      return 2
    }
    return await rotateCommand({
      args: process.argv.slice(2),
      db: ds.manager,
      transact: (work) => transact(ds, work),
      keyring,
      keyDir: config.keyDir,
      columns: personalColumns,
      informers: { keyring: informers, choose: chooseInformerKey, reseal: resealInformers },
      now: new Date(),
      say,
      signal: stop.signal,
    })
  } finally {
    await ds.destroy()
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  if (error instanceof KeyringBroken) {
    say(error.message)
    process.exitCode = 2
  } else if (isUnavailable(error)) {
    say('数据库暂时连不上。已经做完的不受影响，稍后再运行一次就接着做')
    process.exitCode = 1
  } else throw error
}

/** Builds the whole service from its configuration: database, knowledge, doors to the outside, web and worker. */
import { chmod, mkdir, stat } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import type { DataSource } from 'typeorm'
import { buildApp } from './app.js'
import { openSeals } from './audit/sealPlace.js'
import { measureClock } from './audit/setClock.js'
import { startWorker, type Worker } from './audit/worker.js'
import { readCalendar, readDeadlines } from './calendar/knowledge.js'
import type { Config } from './config.js'
import { entities, migrations } from './database/entities.js'
import { InUse, type ReleaseLock } from './database/inUse.js'
import { migrate } from './database/migrate.js'
import type { Node, Standing } from './database/node.js'
import { contractionsOf, livesWith, refuseNewer } from './database/phases.js'
import { allSay, holdServiceLock } from './database/service-lock.js'
import { addressOf, openDatabase } from './database/source.js'
import { KeyringBroken, loadKeyring } from './encryption/keyring.js'
import { currentKeySaid, keysSaid, notShared } from './encryption/keysSaid.js'
import { hasForeignKeys, isKeyUnused } from './encryption/personalKeys.js'
import { stopDrawing } from './files/image.js'
import { openBlobs } from './files/open.js'
import type { BlobStore } from './files/store.js'
import type { House } from './house.js'
import { answerUnreadable } from './http/clientError.js'
import { BACKLOG, closeServer, followConnections, MAX_CONNECTIONS } from './http/closing.js'
import { measureDatabase } from './http/databaseFigures.js'
import { INTAKE, type Intake } from './http/intake.js'
import { makeLimits } from './http/limits.js'
import { makeMetrics, serveMetrics } from './http/metrics.js'
import { measureRoom, watchRoom } from './http/room.js'
import { measureWork } from './http/workFigures.js'
import { gatherKnowledge } from './knowledge.js'
import { makeLog } from './log.js'
import { standings } from './news.js'
import { NOTIFY_PATH, openPay } from './pay/open.js'
import { measurePayouts } from './rewards/payout/figures.js'
import { laySeeds } from './seeding.js'
import { readLeadRules } from './leads/rules.js'
import { readApprovalRules } from './projects/approvalRules.js'
import { hasForeignInformers, INFORMERS, isInformerKeyUnused, loadInformerKeys } from './tips/informers/keys.js'
import { readTipRules } from './tips/rules.js'
import { createWechat, WECHAT_BASE_URL } from './wechat/client.js'
import { type PaySandbox, startPaySandbox } from './wechat/sandbox/pay/start.js'
import { type Sandbox, startSandbox } from './wechat/sandbox/start.js'

export interface Service {
  house: House
  /** Where the API is reached. */
  url: string
  sandbox: Sandbox | undefined
  /** Undefined too where the environment names another one. */
  paySandbox: PaySandbox | undefined
  /** Answers what has begun, finishes the jobs in hand, and lets go of everything. */
  stop(): Promise<void>
}

export interface ServiceParts {
  /** The only clock; the system's unless told. */
  now?: () => Date
  log?: Logger
  /** Without the worker, jobs wait until somebody does them. */
  withWorker?: boolean
  /** Other bounds on what is on its way in. */
  intake?: Partial<Intake>
  /** The process must end: its hold on the data is lost. */
  onLost?: (error: Error) => void
}

const POLL_MS = 1000

export async function startService(config: Config, parts: ServiceParts = {}): Promise<Service> {
  const { now = () => new Date(), withWorker = true } = parts
  const log = parts.log ?? makeLog(config.logLevel)
  const undo: (() => unknown)[] = []
  try {
    return await build()
  } catch (error) {
    for (const step of undo.reverse()) await step()
    throw error
  }

  async function build(): Promise<Service> {
    await mkdir(config.dataDir, { recursive: true, mode: 0o700 })
    await closeToOthers(config.dataDir)
    const keyring = loadKeyring({
      ...(config.masterKeys === undefined ? {} : { keysFromEnv: config.masterKeys }),
      keyDir: config.keyDir,
      algorithm: config.encryptionAlgorithm,
      allowGenerate: !config.isProduction,
    })
    const informers = loadInformerKeys(config, keyring, !config.isProduction)
    const settings = {
      url: config.databaseUrl,
      dataDir: config.dataDir,
      entities,
      migrations,
      poolLimit: config.databasePool,
      onStanding({ host: { host, port }, standing }: Node, before: Standing) {
        log.warn({ host, port, standing, before }, 'a database node stands differently')
        standings.tell({ node: `${host}:${port}`, standing })
      },
    }
    await migrate(settings)
    const onStanding = ({ host, standing }: Node, before: Standing) =>
      log.warn({ node: `${host.host}:${host.port}`, standing, before }, 'a database node stands differently')
    const ds = await openDatabase({ ...settings, onStanding })
    undo.push(() => ds.destroy())
    const release: ReleaseLock = await holdServiceLock({
      ds,
      dataDir: config.dataDir,
      says: [
        ...contractionsOf(ds).map(livesWith),
        ...keysSaid(keyring, config.keyDir),
        ...keysSaid(informers, config.keyDir, INFORMERS),
      ],
      admit: () => refuseNewer(ds),
      ...(parts.onLost ? { onLost: parts.onLost } : {}),
    })
    undo.push(release)
    if (await hasForeignKeys(ds.manager, keyring)) {
      throw new Error('密钥和数据不匹配：请恢复这份数据原来的密钥')
    }
    if (await hasForeignInformers(ds.manager, informers)) {
      throw new KeyringBroken(`举报人的密钥和数据不匹配：请恢复这份数据原来的 ${INFORMERS.variable}`)
    }
    if (await isKeyUnused(ds.manager, keyring)) {
      const said = await allSay(addressOf(ds), config.dataDir, [currentKeySaid(keyring, config.keyDir)])
      if (!said) throw new InUse(notShared(keyring))
    }
    if (await isInformerKeyUnused(ds.manager, informers)) {
      const mine = currentKeySaid(informers, config.keyDir, INFORMERS)
      if (!(await allSay(addressOf(ds), config.dataDir, [mine]))) throw new InUse(notShared(informers, INFORMERS))
    }
    const blobs = await openBlobs(config, log)
    undo.push(() => blobs.close())
    const seals = await openSeals(config)
    undo.push(() => seals.close())
    await lay(ds, blobs)
    const paySandbox = config.isSandboxed && !config.pay ? await openPaySandbox() : undefined
    const local: { url?: string } = {}
    const pay = openPay({
      settings: config.pay,
      sandbox: paySandbox,
      appId: config.wechat.appId,
      account: config.payAccount,
      // The sandbox of WeChat Pay is on this machine, and speaks to this machine only.
      notifyUrl() {
        const base = config.isSandboxed ? local.url : config.publicUrl
        return base && `${base.replace(/\/$/, '')}${NOTIFY_PATH}`
      },
      log,
    })
    undo.push(() => pay?.close())
    const merchant = pay ? { mchId: pay.mchId, appId: pay.appId } : null
    const keeper = await gatherKnowledge(ds, config, { keyring, informers, merchant })
    const sandbox = config.isSandboxed ? await openSandbox() : undefined
    const wechat = createWechat({
      baseUrl: config.wechat.baseUrl ?? sandbox?.baseUrl ?? WECHAT_BASE_URL,
      appId: config.wechat.appId,
      secret: config.wechat.secret,
      log,
    })
    undo.push(() => wechat.close())
    let worker: Worker | undefined
    const house: House = {
      config,
      ds,
      log,
      know: keeper.know,
      outside: { wechat, blobs, seals, pay },
      now,
      refresh: keeper.refresh,
      kick: () => worker?.kick(),
    }
    const metrics = makeMetrics()
    const room = watchRoom(house)
    measureClock(metrics.registry)
    measureRoom(metrics.registry, room, config.dataDir)
    const counting = [measureDatabase(metrics.registry, ds), measureWork(metrics.registry, house)]
    measurePayouts(metrics.registry, house)
    undo.push(() => counting.forEach((stop) => stop()))
    const limits = makeLimits(ds, config.limitScale)
    undo.push(() => limits.close())
    let isServing = true
    const app = buildApp({
      house,
      limits,
      metrics,
      intake: { ...INTAKE, ...parts.intake },
      room,
      sandbox,
      paySandbox,
      isServing: () => isServing,
    })
    const server = await listen(app.callback(), config.host, config.port)
    undo.push(() => closeServer(server))
    const metricsServer =
      config.metricsPort === undefined ? undefined : await serveMetrics(metrics, config.metricsHost, config.metricsPort)
    if (metricsServer) followConnections(metricsServer)
    if (metricsServer) undo.push(() => closeServer(metricsServer))
    if (withWorker) worker = startWorker(house)
    const poll = setInterval(() => {
      keeper.poll().catch((error: unknown) => log.warn({ err: error }, 'revisions could not be read'))
    }, POLL_MS)
    poll.unref()
    const { port } = server.address() as AddressInfo
    const url = `http://${config.host}:${port}`
    local.url = url
    const { pushToken } = config.wechat
    if (pushToken) sandbox?.setPush({ url: `${url}/wechat/push`, token: pushToken })
    let stopping: Promise<void> | undefined
    const stop = async () => {
      isServing = false
      clearInterval(poll)
      // At once, so that jobs do not hold up the answers that are still owed: another process, or the next one, does them.
      const resting = worker?.stop()
      await closeServer(server, config.drainMs)
      await resting
      if (metricsServer) await closeServer(metricsServer)
      for (const stop of counting) stop()
      limits.close()
      stopDrawing()
      wechat.close()
      pay?.close()
      blobs.close()
      seals.close()
      await sandbox?.stop()
      await paySandbox?.stop()
      await release()
      await ds.destroy()
    }
    return { house, url, sandbox, paySandbox, stop: () => (stopping ??= stop()) }

    async function lay(source: DataSource, blobs: BlobStore): Promise<void> {
      const calendar = await readCalendar(source.manager, config.root)
      const deadlines = readDeadlines(config.root)
      const approval = readApprovalRules(config.root)
      const leads = readLeadRules(config.root)
      const tips = readTipRules(config.root)
      const known = { keyring, informers, calendar, deadlines, approval, leads, tips }
      await laySeeds(source, { config, ...known, blobs, now: now() })
    }

    async function openSandbox(): Promise<Sandbox> {
      const { appId, secret } = config.wechat
      const opened = await startSandbox({ appId, secret, port: config.sandboxPort })
      undo.push(() => opened.stop())
      return opened
    }

    async function openPaySandbox(): Promise<PaySandbox> {
      const opened = await startPaySandbox({ appId: config.wechat.appId, now })
      undo.push(() => opened.stop())
      return opened
    }
  }
}

/** A directory that was there before, and is ours, is no longer open to others on the machine. */
async function closeToOthers(dir: string): Promise<void> {
  const { uid, mode } = await stat(dir)
  if (uid === process.getuid?.() && (mode & 0o077) !== 0) await chmod(dir, 0o700)
}

function listen(handler: Parameters<typeof createServer>[1], host: string, port: number): Promise<Server> {
  const server = createServer({ requestTimeout: 300_000, headersTimeout: 15_000, keepAliveTimeout: 65_000 }, handler)
  server.maxConnections = MAX_CONNECTIONS
  followConnections(server)
  server.on('clientError', answerUnreadable)
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host, backlog: BACKLOG }, () => resolve(server))
  })
}

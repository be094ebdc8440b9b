/** The whole thing for a test that clicks: a service with the demonstration, the built mini-program, and phones to look at it. */
import { strict as assert } from 'node:assert'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { cp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { openBrowser, type Visit } from '../browser.js'
import { type World, world } from '../world.js'

/** A Wednesday morning; the demonstration is laid relative to it, and the phones' clocks show it. */
const NOW = '2026-11-25T10:00:00+08:00'
/** Unset: the embedded database. The journeys are also walked while a cluster loses a node. */
const databaseUrl = process.env['STAGE_DATABASE_URL']
const root = fileURLToPath(new URL('../..', import.meta.url))
const pictures = join(root, 'test', 'output')
/** For somebody who looks at them: a tenth of the time of a test that only clicks. */
const wantsPictures = process.env['PICTURES'] === 'on'

export interface Phone extends Visit {
  /** Opens a page of the mini-program, such as `pages/case/index?id=…`. */
  open(path: string): Promise<void>
  /** From whatever page is open to that one alone, without starting the mini-program again. */
  relaunch(path: string): Promise<void>
  /** Keeps a picture of the screen under test/output, where PICTURES=on. */
  picture(name: string): Promise<void>
  /** What is on the page in front: those beneath it, and the other tabs, are kept too. */
  front(): ReturnType<Page['locator']>
}

export interface Stage {
  w: World
  /** A phone of its own for that WeChat user. */
  phone(person: string, options?: BrowserContextOptions & { font?: number }): Promise<Phone>
  stop(): Promise<void>
}

const keepPicture = (page: Page, name: string) => page.screenshot({ path: join(pictures, `${name}.png`) })

interface Launcher {
  wx: { reLaunch(options: { url: string }): Promise<unknown> }
}

export async function openStage(): Promise<Stage> {
  const built = join(root, 'dist', 'preview', 'app', 'index.html')
  if (!existsSync(built)) throw new Error('the mini-program has not been built for the browser: npm run preview')
  mkdirSync(pictures, { recursive: true })
  const browser = await openBrowser()
  // A browser that nobody closes would keep the tests from ending.
  const { w, clear } = await openWorld().catch(async (error: unknown) => {
    await browser.close()
    throw error
  })
  return {
    w,
    async phone(person, { font, ...options } = {}) {
      const visit = await browser.visit(options)
      const { page, context } = visit
      await context.clock.setSystemTime(new Date(NOW))
      // The compiler of the tests names functions with it, also those that are sent to the page.
      await context.addInitScript('globalThis.__name = (it) => it')
      const query = `as=${person}${font === undefined ? '' : `&font=${font}`}`
      return {
        ...visit,
        async open(path) {
          // From another address, so that the page begins anew also when only what follows the # differs.
          await page.goto('about:blank')
          await page.goto(`${w.service.url}/preview/index.html?${query}#/${path}`)
        },
        async relaunch(path) {
          await page.evaluate((url) => (globalThis as unknown as Launcher).wx.reLaunch({ url }), `/${path}`)
          await page.locator(`.mp-page[data-route="${path.replace(/\?.*/, '')}"]:not([hidden])`).waitFor()
        },
        picture: async (name) => {
          if (wantsPictures) await keepPicture(page, name)
        },
        front: () => page.locator('.mp-page:not([hidden])'),
      }
    },
    async stop() {
      await browser.close()
      await w.stop()
      await clear()
    },
  }
}

const SHOWN = { DEMO: 'on', PREVIEW: 'on' }

async function openWorld(): Promise<{ w: World; clear(): Promise<void> }> {
  if (databaseUrl !== undefined) {
    return { w: await world('embedded', { at: NOW, env: { ...SHOWN, DATABASE_URL: databaseUrl } }), async clear() {} }
  }
  const from = await (laid ??= lay())
  const folder = mkdtempSync(join(tmpdir(), 'shenhuan-stage-'))
  await cp(from, folder, { recursive: true, filter: (file) => !/-(shm|wal)$/.test(file) })
  const clear = () => rm(folder, { recursive: true, force: true })
  return { w: await world('embedded', { at: NOW, env: { ...SHOWN, DATA_DIR: folder } }), clear }
}

/** What every stage of this process begins with: laying the demonstration takes longer than copying it. */
let laid: Promise<string> | undefined

async function lay(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'shenhuan-laid-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const w = await world('embedded', { at: NOW, env: { ...SHOWN, DATA_DIR: folder } })
  // All of it is in the one file: the log beside it goes whenever the driver's last statement is collected.
  await w.service.house.ds.query('PRAGMA wal_checkpoint(TRUNCATE)')
  await w.stop()
  return folder
}

/** On the page in front. A name is the whole of it: a card holds its words as well, once it has come. */
export const button = (phone: Phone, name: string | RegExp) =>
  phone
    .front()
    .getByRole('button', { name, exact: typeof name === 'string' })
    .filter({ visible: true })

/** Until the page says neither that it loads nor that it is fetching. */
export async function ready(phone: Phone): Promise<void> {
  await phone.front().locator('> *').first().waitFor()
  await phone.page.waitForFunction(() => {
    const front = document.querySelector('.mp-page:not([hidden])')
    return front !== null && !/正在加载|正在取您的事项/.test(front.textContent ?? '')
  })
  await phone.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  // A colour on its way to another is neither.
  await phone.page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((one) => one instanceof CSSTransition)
        .map((one) => one.finished),
    ),
  )
}

interface Shared {
  readonly s: Stage
  phone(person: string): Promise<Phone>
}

/**
 * For a `describe`: one stage for all its tests. After each, its phones are put away; of a failed one pictures are kept,
 * and nothing may have gone wrong in any, nor have been refused where the test does not say that it may be.
 */
export function sharedStage(name: string, { mayBeRefused = false } = {}): Shared {
  let stage: Stage | undefined
  const phones: Phone[] = []
  before(async () => {
    stage = await openStage()
  })
  after(() => stage?.stop())
  afterEach(async function () {
    const heard = phones.splice(0)
    if (this.currentTest?.state === 'failed')
      await Promise.all(heard.map(({ page }, at) => keepPicture(page, `failed-${name}-${at}`)))
    await Promise.all(heard.map(({ context }) => context.close()))
    assert.deepEqual(
      heard.map(({ errors, refused }) => ({ errors, refused: mayBeRefused ? [] : refused })),
      heard.map(() => ({ errors: [], refused: [] })),
    )
  })
  return {
    get s() {
      if (!stage) throw new Error('the stage is there once the tests have begun')
      return stage
    },
    async phone(person) {
      const opened = await this.s.phone(person)
      phones.push(opened)
      return opened
    },
  }
}

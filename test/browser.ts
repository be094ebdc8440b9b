/** Chromium for tests: one for a file, a context of its own for each test, no way out of this machine, nothing unheard. */
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

/** Without windows of its own: a sixth less work for the processor than the whole browser. */
const CHROMIUM = '/usr/bin/chromium-headless-shell'
const ARGUMENTS = `--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
  --disable-component-update --disable-sync`.split(/\s+/)
/**
 * No other name or address leads anywhere. Not by looking at each request (`route`): with that the browser keeps nothing
 * that it has fetched, and all of it goes by way of the test.
 */
const HOME_ALONE = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1, EXCLUDE [::1]'
const PHONE = { width: 390, height: 844 }
const AT_HOME = /^(https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/|$)|data:|blob:)/
/** Chromium's own line, with the status or the network's error. */
const FAILED_LOAD = /^Failed to load resource: .*?(\d{3}|net::\w+)/
/** Long enough on a busy machine, and well within a test's own patience. */
const PATIENCE_MS = 30_000

export interface Visit {
  readonly context: BrowserContext
  readonly page: Page
  /** What the page complained of: errors in the console and errors that nobody caught. */
  readonly errors: string[]
  /** `404 http://…`: what was asked in vain; the browser writes each into the console as well. */
  readonly badAnswers: string[]
  /** Addresses outside this machine that were asked for; none was reached. */
  readonly refused: string[]
  /** Warnings, for those who want to know. */
  readonly warnings: string[]
}

export interface TestBrowser {
  /** A new context and its first page; further pages of the context are heard as well. */
  visit(options?: BrowserContextOptions): Promise<Visit>
  close(): Promise<void>
}

export async function openBrowser(): Promise<TestBrowser> {
  const browser: Browser = await chromium.launch({ executablePath: CHROMIUM, args: [...ARGUMENTS, HOME_ALONE] })
  return {
    async visit(options = {}) {
      const context = await browser.newContext({ viewport: PHONE, locale: 'zh-CN', ...options })
      context.setDefaultTimeout(PATIENCE_MS)
      const visit: Omit<Visit, 'page'> = { context, errors: [], badAnswers: [], refused: [], warnings: [] }
      context.on('request', (request) => {
        if (!AT_HOME.test(request.url())) visit.refused.push(request.url())
      })
      context.on('console', (message) => {
        const { url } = message.location()
        const answer = FAILED_LOAD.exec(message.text())
        if (answer) visit.badAnswers.push(`${answer[1]} ${url}`)
        else if (message.type() === 'error') visit.errors.push(message.text())
        else if (message.type() === 'warning') visit.warnings.push(message.text())
      })
      context.on('weberror', (error) => visit.errors.push(error.error().stack ?? String(error.error())))
      return { ...visit, page: await context.newPage() }
    },
    close: () => browser.close(),
  }
}

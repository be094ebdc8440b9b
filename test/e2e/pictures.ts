/**
 * Every page in each of its states, side by side, to be looked at:
 *   PAGES='officer pages/home' npx mocha test/e2e/pictures.ts       a person and a part of a path; both may be left out
 * Left to right: loading, empty, as it is, full (many and long), refused by the server, largest letters. Pictures are
 * put under test/output/states. The server's answers are changed on their way, so that no state needs data of its own.
 */
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page, Route } from 'playwright-core'
import sharp from 'sharp'
import { nameOf, openedPages } from './openedPages.js'
import { openStage, type Phone, ready } from './stage.js'

const output = join(dirname(fileURLToPath(import.meta.url)), '..', 'output', 'states')
const API = '**/api/**'
const LARGEST = 28
const MANY = 20
/** What is not a page's own content, and without which there is no page. */
const KEPT = /\/api\/(words\.read|session\.|notice\.grant)/
const LONG = '（沈阳经济技术开发区开发大路二十八号智能装备产业园二期扩建）'

type Json = Record<string, unknown>

const emptied = (answer: Json): Json => ('items' in answer ? { ...answer, items: [], next: null } : answer)

/** Names and titles as long as they come; ids stay true, so that what is tapped is found. */
function long(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => long(one))
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, long(one, name)]))
  return typeof value === 'string' && /^(name|title|text|summary)$/.test(key) ? `${value}${LONG}` : value
}

function filled(answer: Json): Json {
  const { items } = answer
  const many =
    Array.isArray(items) && items.length > 0
      ? Array.from({ length: MANY }, (_, at) => items[at % items.length] as unknown)
      : items
  return long(items === undefined ? answer : { ...answer, items: many }) as Json
}

const changed = (change: (answer: Json) => Json) => async (route: Route) => {
  if (KEPT.test(route.request().url())) return route.continue()
  const answer = await route.fetch()
  if (!answer.ok()) return route.fulfill({ response: answer })
  return route.fulfill({ response: answer, json: change((await answer.json()) as Json) })
}

const refusal = {
  status: 503,
  contentType: 'application/problem+json',
  body: JSON.stringify({ type: 'about:blank', title: '系统正忙，请稍后再试', status: 503, traceId: 'x' }),
}

const states: [name: string, answer: ((route: Route) => Promise<unknown>) | undefined, font?: number][] = [
  ['loading', (route) => (KEPT.test(route.request().url()) ? route.continue() : new Promise(() => undefined))],
  ['empty', changed(emptied)],
  ['as it is', undefined],
  ['full', changed(filled)],
  ['refused', (route) => (KEPT.test(route.request().url()) ? route.continue() : route.fulfill(refusal))],
  ['largest letters', undefined, LARGEST],
]

async function pictureOf(phone: Phone, path: string, state: (typeof states)[number]): Promise<Buffer> {
  const { page } = phone
  const [name, answer] = state
  if (answer) await page.route(API, answer)
  await phone.open(path)
  if (name === 'loading') {
    await phone.front().locator('> *').first().waitFor()
    await page.waitForTimeout(500)
  } else await ready(phone)
  await settled(page)
  const picture = await page.screenshot()
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  return picture
}

/** Fonts and pictures are there, and nothing moves any more. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  await page.waitForTimeout(250)
}

async function sideBySide(pictures: Buffer[], file: string): Promise<void> {
  const GAP = 12
  const sizes = await Promise.all(pictures.map((picture) => sharp(picture).metadata()))
  const width = sizes.reduce((sum, size) => sum + size.width + GAP, GAP)
  const height = Math.max(...sizes.map((size) => size.height)) + 2 * GAP
  let left = GAP
  const placed = pictures.map((input, at) => {
    const one = { input, left, top: GAP }
    left += (sizes[at]?.width ?? 0) + GAP
    return one
  })
  await sharp({ create: { width, height, channels: 3, background: '#888888' } })
    .composite(placed)
    .png()
    .toFile(file)
}

const [wantedPerson = '', wantedPath = ''] = (process.env.PAGES ?? '').split(' ')

describe('pictures of every page in each of its states', function () {
  this.timeout(0)
  it('are taken', async () => {
    mkdirSync(output, { recursive: true })
    const stage = await openStage()
    try {
      const phones = new Map<string, Phone>()
      const phoneOf = async (person: string, font?: number) => {
        const key = `${person} ${font}`
        const phone = phones.get(key) ?? (await stage.phone(person, font === undefined ? {} : { font }))
        phones.set(key, phone)
        return phone
      }
      for (const one of await openedPages(stage)) {
        if (!one.person.startsWith(wantedPerson) || !one.path.includes(wantedPath)) continue
        const pictures: Buffer[] = []
        for (const state of states) pictures.push(await pictureOf(await phoneOf(one.person, state[2]), one.path, state))
        const file = join(output, `${nameOf(one)}.png`)
        await sideBySide(pictures, file)
        console.log(file)
      }
    } finally {
      await stage.stop()
    }
  })
})

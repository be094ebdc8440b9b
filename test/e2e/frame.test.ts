import { strict as assert } from 'node:assert'
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { openStage, type Phone, type Stage } from './stage.js'

const DESK = { width: 1280, height: 960 }
const PHONE = { width: 390, height: 844 }

const app = (page: Page) => page.frameLocator('#app')
/** The page of the mini-program that is in front. */
const front = (page: Page) => app(page).locator('.mp-page:not([hidden])')
const tabs = (page: Page) => app(page).getByRole('tab').filter({ visible: true }).allTextContents()
const card = (page: Page, person: string) => page.locator(`nav a[data-as="${person}"]`)
const chosen = (page: Page) =>
  page.locator('nav a[aria-current]').evaluateAll((cards) => cards.map((one) => one.getAttribute('data-as')))
const asked = (page: Page) => new URL(page.url()).searchParams.get('as')

/** Every fault of the page around the phone and of the app in it. */
async function axeFaults(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const frame of page.frames()) {
    await frame.evaluate(axe.source)
    const { violations } = await frame.evaluate(() =>
      (globalThis as unknown as { axe: typeof axe }).axe.run(document, { iframes: false, resultTypes: ['violations'] }),
    )
    found.push(...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id} ${html.slice(0, 200)}`)))
  }
  return found
}

describe('the page around the phone', function () {
  this.timeout(300_000)
  let s: Stage
  let heard: Phone | undefined
  /** Opens `/` as a browser of that size does. */
  async function opened(viewport: typeof DESK, search = ''): Promise<Page> {
    heard = await s.phone('visitor-frame', { viewport })
    await heard.page.goto(`${s.w.service.url}/${search}`)
    return heard.page
  }

  before(async () => {
    s = await openStage()
  })
  after(() => s.stop())
  afterEach(async function () {
    if (!heard) return
    if (this.currentTest?.state === 'failed') await heard.picture('failed-frame')
    const { errors, refused, badAnswers } = heard
    await heard.context.close()
    heard = undefined
    assert.deepEqual({ errors, refused, badAnswers }, { errors: [], refused: [], badAnswers: [] })
  })

  it('has on a desk the people beside a phone; whoever is chosen uses it, and the way back is the one before', async () => {
    const page = await opened(DESK)
    await front(page).getByText('办事不用找关系').waitFor()
    await front(page).getByText('演示·高精度齿轮智能工厂项目').first().waitFor()
    assert.deepEqual(await chosen(page), ['enterprise'])
    assert.equal(await page.locator('#choice').isVisible(), false)
    const phone = await page.locator('#app').boundingBox()
    assert.deepEqual([phone?.width, phone?.height], [390, 844])
    await heard?.picture('frame-desk')
    assert.deepEqual(await axeFaults(page), [])

    await card(page, 'officer').click()
    await app(page).getByRole('tab', { name: '工作台' }).filter({ visible: true }).waitFor()
    assert.deepEqual([asked(page), await chosen(page)], ['officer', ['officer']])
    await card(page, 'supervisor').click()
    await app(page).getByRole('tab', { name: '看板' }).filter({ visible: true }).waitFor()
    await front(page).getByText('超期').first().waitFor()
    await page.goBack()
    await app(page).getByRole('tab', { name: '工作台' }).filter({ visible: true }).waitFor()
    assert.deepEqual([asked(page), await chosen(page)], ['officer', ['officer']])
  })

  it('gives a newcomer a name of their own, which the address keeps', async () => {
    const page = await opened(DESK)
    await card(page, 'visitor-').click()
    await front(page).getByText('先加入您的企业').waitFor()
    const name = asked(page)
    assert.match(name ?? '', /^visitor-\w+$/)
    assert.deepEqual(await chosen(page), ['visitor-'])
    await page.reload()
    await front(page).getByText('先加入您的企业').waitFor()
    assert.equal(asked(page), name)
    await page.goto('about:blank')
    await page.goto(`${s.w.service.url}/?as=visitor-`)
    await front(page).getByText('先加入您的企业').waitFor()
    assert.match(asked(page) ?? '', /^visitor-\w+$/)
    assert.notEqual(asked(page), name)
  })

  it('is on a phone a bar above the app, in which the person is chosen', async () => {
    const page = await opened(PHONE, '?as=enterprise2')
    await front(page).getByText('办事不用找关系').waitFor()
    assert.equal(await page.locator('nav').isVisible(), false)
    const choice = page.getByRole('combobox', { name: '以谁的身份看' })
    assert.equal(await choice.inputValue(), 'enterprise2')
    const [bar, phone] = [await page.locator('header').boundingBox(), await page.locator('#app').boundingBox()]
    assert.equal(phone?.width, PHONE.width)
    assert.equal((bar?.height ?? 0) + (phone?.height ?? 0), PHONE.height)
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth))
    await heard?.picture('frame-phone')
    assert.deepEqual(await axeFaults(page), [])
    await choice.selectOption('clerk')
    await app(page).getByRole('tab', { name: '台账' }).filter({ visible: true }).waitFor()
    assert.deepEqual(await tabs(page), ['首页', '台账', '指南', '我的'])
    assert.equal(asked(page), 'clerk')
  })

  it('opens for everybody in the list', async () => {
    const page = await opened(DESK)
    const first: Record<string, string> = {
      enterprise: '首页',
      enterprise2: '首页',
      officer: '工作台',
      officer2: '工作台',
      leader: '看板',
      supervisor: '看板',
      clerk: '首页',
      admin: '首页',
      expert: '工作台',
      enforcement: '首页',
      enforcer: '工作台',
      enforcer2: '工作台',
      rewardhandler: '工作台',
      rewardapprover: '工作台',
      rewardapprover2: '工作台',
      'visitor-': '首页',
    }
    const listed = await page.locator('nav a').evaluateAll((cards) => cards.map((one) => one.getAttribute('data-as')))
    assert.deepEqual(listed, Object.keys(first))
    for (const [person, tab] of Object.entries(first)) {
      await card(page, person).click()
      await app(page).getByRole('tab', { name: tab }).filter({ visible: true }).waitFor()
      await page.waitForFunction((as) => {
        const inner = document.querySelector<HTMLIFrameElement>('#app')?.contentDocument
        const shown = inner?.querySelector('.mp-page:not([hidden])')?.textContent ?? ''
        return inner?.URL.includes(`as=${as}`) && shown !== '' && !/正在加载|正在取您的事项/.test(shown)
      }, person)
    }
  })
})

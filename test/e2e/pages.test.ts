import { strict as assert } from 'node:assert'
import axe from 'axe-core'
import { pagesOfApp } from '../miniprogram/source.js'
import { openStage, type Phone, type Stage } from './stage.js'

/** 44 px, less what rounding of rpx takes. */
const TAP_PX = 43.5
const TAPPED = ['button', 'link', 'radio', 'checkbox', 'tab', 'textbox', 'switch', 'option']

interface Opened {
  person: string
  path: string
}

/** Every page, each as somebody who uses it, with things of the demonstration that it can show. */
async function openedPages({ w }: Stage): Promise<Opened[]> {
  const [enterprise, officer, leader, supervisor, clerk] = await Promise.all(
    ['enterprise', 'officer', 'leader', 'supervisor', 'clerk'].map((name) => w.as(name)),
  )
  assert.ok(enterprise && officer && leader && supervisor && clerk)
  const idOf = ({ items }: { items: { id: string }[] }, what: string) => {
    assert.ok(items[0], `the demonstration has ${what}`)
    return items[0].id
  }
  const guideId = idOf(await enterprise.call('guide.search', { q: '报告表' }), 'a guide on 报告表')
  const own = idOf(await enterprise.call('case.list', {}), 'a case of the enterprise')
  const answered = idOf(await enterprise.call('case.list', { states: ['answered', 'closed'] }), 'an answered case')
  const todo = idOf(await officer.call('case.list', { scope: 'todo' }), 'a case to do')
  const projectId = idOf(await enterprise.call('project.list', {}), 'a project')
  const underCare = idOf(await officer.call('project.list', {}), 'a project of the officer')
  const visitId = idOf(await enterprise.call('visit.list', {}), 'a visit')
  const held = idOf(await enterprise.call('visit.list', { states: ['held'] }), 'a held visit')
  const toSign = (await enterprise.call('visit.list', { awaitsConfirmation: true })).items[0]
  assert.ok(toSign, 'the demonstration has a visit to sign')
  const staffVisit = idOf(await officer.call('visit.list', {}), 'a visit of the officer')
  const rectification = idOf(await leader.call('rectification.list', {}), 'a rectification')
  const staffGuide = idOf(await clerk.call('guide.list', {}), 'a guide')
  const as = (person: string, ...paths: string[]) => paths.map((path) => ({ person, path }))
  const tabs = ['home', 'guides', 'cases', 'projects', 'me'].map((name) => `pages/${name}/index`)
  return [
    ...as('visitor-pages', ...tabs, 'pages/firms/index', 'pages/help/index'),
    ...as(
      'enterprise',
      ...tabs,
      `pages/guide/index?id=${guideId}`,
      `pages/guide-comment/index?id=${guideId}`,
      'pages/help/index',
      `pages/case/index?id=${own}`,
      `pages/case/index?id=${answered}`,
      `pages/case-act/index?verb=case.rate&id=${answered}`,
      'pages/case-list/index?title=&filter=',
      `pages/project/index?id=${projectId}`,
      'pages/visits/index',
      `pages/visit/index?id=${visitId}`,
      `pages/visit/index?id=${held}`,
      `pages/sign/index?id=${toSign.id}&enterpriseId=${toSign.firms[0]?.enterprise.id}`,
      'pages/messages/index',
      'pages/firms/index',
      'pages/privacy/index',
      'pages/data/index',
    ),
    ...as(
      'officer',
      ...tabs,
      `pages/case/index?id=${todo}`,
      `officer/act/index?verb=case.answer&id=${todo}`,
      `officer/act/index?verb=case.transfer&id=${todo}`,
      `pages/project/index?id=${underCare}`,
      `pages/project-history/index?id=${underCare}`,
      `officer/stage/index?id=${underCare}`,
      `officer/issue/index?id=${underCare}`,
      `pages/visit/index?id=${staffVisit}`,
      'officer/visits/index',
      'officer/plan/index',
      'officer/record/index',
      'officer/outbox/index',
      'officer/absence/index',
      'officer/members/index',
      'officer/replies/index',
    ),
    ...as('leader', 'pages/home/index', `officer/rectification/index?id=${rectification}`),
    ...as(
      'supervisor',
      ...tabs,
      'pages/project-list/index',
      'supervisor/units/index',
      'supervisor/officers/index',
      'supervisor/overdue/index',
      'supervisor/rectifications/index',
      'supervisor/rejections/index',
      'supervisor/indicators/index',
      'supervisor/indicator/index?no=4',
    ),
    ...as(
      'clerk',
      'pages/home/index',
      'supervisor/guides/index',
      `supervisor/guide/index?id=${staffGuide}`,
      'supervisor/comments/index',
    ),
    ...as('admin', 'pages/home/index', 'supervisor/trail/index'),
  ]
}

const nameOf = ({ person, path }: Opened) =>
  `${person}-${path
    .replace(/\?.*(verb=case\.(\w+)).*/, '-$2')
    .replace(/\?.*/, '')
    .replaceAll('/', '-')
    .replace(/-index/, '')}`

describe('every page of the mini-program', function () {
  this.timeout(600_000)
  let s: Stage
  let all: Opened[]
  before(async () => {
    s = await openStage()
    all = await openedPages(s)
  })
  after(() => s.stop())

  /** Opens each in turn, one phone a person, and says what is wrong with any. */
  async function faults(font: number | undefined, look: (phone: Phone, one: Opened) => Promise<string[]>) {
    const found: Record<string, string[]> = {}
    for (const person of new Set(all.map((one) => one.person))) {
      const phone = await s.phone(person, font === undefined ? {} : { font })
      for (const [at, one] of all.filter((other) => other.person === person).entries()) {
        await (at === 0 ? phone.open(one.path) : phone.relaunch(one.path))
        await ready(phone)
        const said = [
          ...(await look(phone, one)),
          ...phone.errors.splice(0).map((error) => `console: ${error}`),
          ...phone.refused.splice(0).map((address) => `asked for ${address}`),
        ]
        if (said.length > 0) found[`${person} ${one.path}`] = said
      }
      await phone.context.close()
    }
    return found
  }

  it('stands in this list', () => {
    const listed = new Set(all.map(({ path }) => path.replace(/\?.*/, '')))
    assert.deepEqual(
      pagesOfApp().filter((page) => !listed.has(page)),
      [],
    )
  })

  it('is readable by everybody: no serious fault by axe, nothing wider than the screen, nothing too small to tap', async () => {
    const found = await faults(undefined, async (phone, one) => {
      await phone.picture(`page-${nameOf(one)}`)
      return [...(await axeFaults(phone)), ...(await tooWide(phone)), ...(await tooSmall(phone))]
    })
    assert.deepEqual(found, {})
  })

  it('holds its content in the largest letters too', async () => {
    const found = await faults(28, async (phone, one) => {
      await phone.picture(`large-${nameOf(one)}`)
      return tooWide(phone)
    })
    assert.deepEqual(found, {})
  })
})

/** Until the page says neither that it loads nor that it is fetching. */
async function ready(phone: Phone): Promise<void> {
  await phone.front().locator('> *').first().waitFor()
  await phone.page.waitForFunction(() => {
    const front = document.querySelector('.mp-page:not([hidden])')
    return front !== null && !/正在加载|正在取您的事项/.test(front.textContent ?? '')
  })
  await phone.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
}

async function axeFaults({ page }: Phone): Promise<string[]> {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] }),
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, any }) => `${id}: ${any[0]?.message ?? ''} ${html.slice(0, 200)}`))
}

/** What reaches past the sides of the screen and cannot be scrolled to. */
const tooWide = ({ page }: Phone): Promise<string[]> =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth
    const isScrolled = (element: Element): boolean => {
      for (let one = element.parentElement; one; one = one.parentElement) {
        if (/auto|scroll|hidden|clip/.test(getComputedStyle(one).overflowX) && !one.matches('.mp-page, .mp-body'))
          return true
      }
      return false
    }
    return [...document.querySelectorAll('.mp-page:not([hidden]) *')]
      .filter((element) => {
        const { left, right, width: own, height } = element.getBoundingClientRect()
        return own > 0 && height > 0 && (right > width + 1 || left < -1) && !isScrolled(element)
      })
      .slice(0, 5)
      .map((element) => `too wide: ${element.outerHTML.slice(0, 150)}`)
  })

const tooSmall = ({ page }: Phone): Promise<string[]> =>
  page.evaluate(
    ({ least, roles }) => {
      const isTapped = (element: Element) =>
        roles.includes(element.getAttribute('role') ?? '') || ['BUTTON', 'INPUT', 'TEXTAREA'].includes(element.tagName)
      return [...document.querySelectorAll('.mp-page:not([hidden]) *')]
        .filter(isTapped)
        .map((element) => {
          // The field around an input takes the tap as well.
          const box = element.matches('input, textarea')
            ? (element.closest('.field, .search, .box, .t-input') ?? element)
            : element
          return { element, box: box.getBoundingClientRect() }
        })
        .filter(({ box }) => box.width > 0 && box.height > 0 && (box.width < least || box.height < least))
        .map(
          ({ element, box }) =>
            `too small (${Math.round(box.width)}×${Math.round(box.height)}): ${element.outerHTML.slice(0, 150)}`,
        )
    },
    { least: TAP_PX, roles: TAPPED },
  )

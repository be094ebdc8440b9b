import assert from 'node:assert/strict'
import { cpSync, createReadStream, existsSync, readFileSync, statSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import type { BrowserContextOptions, Locator, Page } from 'playwright-core'
import { openBrowser, type TestBrowser, type Visit } from '../browser.js'
import { place, removePlaces, root } from './place.js'

const KIT = ['life', 'touch', 'ask', 'draw', 'scroll'].map((name) => `kit/${name}/index`)
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAEklEQVR4nGP4z8AARAwQCkgBABz4Av5Z8mOBAAAAAElFTkSuQmCC',
  'base64',
)
/** Under this path the same mini-program says that WeChat shall draw its tab bar. */
const WITHOUT_OWN_TAB_BAR = /^\/plain\//
/** A page with little in it, for what any page would do. */
const SMALL = 'kit/draw/index'
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

interface Kit {
  address: string
  /** What the sandbox was told, as JSON. */
  grants: string[]
  /** What the sandbox of WeChat Pay was asked and told. */
  transfers: object[]
  stop(): Promise<void>
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

/** The fixture with pages of our own, built and served with a few answers of a service. */
async function startKit(): Promise<Kit> {
  const made = place()
  cpSync(join(import.meta.dirname, 'kit'), join(made.source, 'kit'), { recursive: true })
  const added = KIT.map((page) => `, "${page}"`).join('')
  made.edit('app.json', '"pages/form/index"]', `"pages/form/index"${added}], "__usePrivacyCheck__": true`)
  await made.build({ runtime: join(root, 'src/preview/runtime/boot.ts') })
  const grants: string[] = []
  const transfers: object[] = []
  const answers: Record<string, (request: IncomingMessage, response: ServerResponse) => Promise<void>> = {
    '/preview/grants': async (request, response) => {
      grants.push((await bodyOf(request)).toString())
      response.writeHead(204).end()
    },
    '/preview/transfers': async (request, response) => {
      const order = JSON.parse((await bodyOf(request)).toString()) as { package: string }
      transfers.push(order)
      const transfer = { amountFen: 123_456, perception: '行政奖励', remark: '举报奖励', state: 'WAIT_USER_CONFIRM' }
      response.writeHead(order.package === 'gone' ? 404 : 200).end(JSON.stringify(transfer))
    },
    '/preview/templates.json': async (_request, response) => {
      response.end(JSON.stringify({ dueSoon: '快到期提醒' }))
    },
    '/api/echo': async (request, response) => {
      const body = await bodyOf(request)
      response.setHeader('ETag', '"1"')
      response.end(
        JSON.stringify({ url: request.url, bytes: body.length, text: body.toString('latin1').slice(0, 400) }),
      )
    },
    '/api/silent': () => new Promise(() => undefined),
  }
  const server: Server = createServer((request, response) => {
    const whole = new URL(request.url ?? '/', 'http://localhost').pathname
    const path = whole.replace(WITHOUT_OWN_TAB_BAR, '/')
    const answer = answers[path]
    if (answer) {
      void answer(request, response)
      return
    }
    const file = join(made.out, path === '/' ? 'index.html' : path)
    if (!existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end()
      return
    }
    response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream')
    if (path !== whole && path === '/app.js')
      response.end(readFileSync(file, 'utf8').replace(/"?custom"?:!0/, 'custom:!1'))
    else createReadStream(file).pipe(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    grants,
    transfers,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

describe('the mini-program in a browser', function () {
  this.timeout(60_000)
  let kit: Kit
  let browser: TestBrowser
  let visit: Visit
  let page: Page
  /** Emptied by tests that expect complaints. */
  let expectsErrors = false

  before(async function () {
    this.timeout(120_000)
    ;[kit, browser] = await Promise.all([startKit(), openBrowser()])
  })
  after(async () => {
    await browser?.close()
    await kit?.stop()
    removePlaces()
  })
  afterEach(async () => {
    const { errors, badAnswers, refused, context } = visit
    await context.close()
    assert.deepEqual(refused, [])
    assert.deepEqual(
      badAnswers.filter(
        (answer) =>
          !answer.startsWith('net::ERR_INTERNET_DISCONNECTED') &&
          !(expectsErrors && /^404 .*\/preview\/transfers$/.test(answer)),
      ),
      [],
    )
    if (!expectsErrors) assert.deepEqual(errors, [])
    expectsErrors = false
  })

  async function open(path = '', query = '', options: BrowserContextOptions = {}): Promise<void> {
    visit = await browser.visit(options)
    page = visit.page
    await page.goto(`${kit.address}/${query}${path === '' ? '' : `#/${path}`}`)
    await page.getByRole('main').waitFor()
  }

  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const heading = (name: string) => page.getByRole('heading', { name })
  const dialog = () => page.getByRole('dialog')
  const log = () => page.evaluate<string[]>('globalThis.lifeLog.splice(0)')
  const hash = () => decodeURIComponent(new URL(page.url()).hash)
  const says = async (locator: Locator, text: string | RegExp) => {
    await locator.filter({ hasText: text }).waitFor()
  }
  /** Runs an expression; `wx` is there. */
  const run = <T>(expression: string) => page.evaluate<T>(expression)
  const dragDown = async (from: Locator, px: number) => {
    const box = await from.boundingBox()
    assert.ok(box)
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x, y + px / 2)
    await page.mouse.move(x, y + px)
    await page.mouse.up()
  }

  describe('pages', () => {
    it('open on one another and go back, each told what happens to it in WeChat’s order', async () => {
      await open('kit/life/index')
      await heading('生命').waitFor()
      await page.waitForFunction('globalThis.lifeLog.length >= 5')
      assert.deepEqual(await log(), [
        'organ attached',
        '1 load {} of 1',
        'organ show',
        '1 show',
        'organ ready',
        '1 ready beats',
      ])

      await button('再进一层').click()
      await says(page.locator('.title:visible'), '第2层')
      await says(page.locator('.heard:visible'), '听到：from below')
      await page.waitForFunction('globalThis.lifeLog.length >= 8')
      assert.deepEqual(await log(), [
        'organ hide',
        '1 hide',
        'organ attached',
        '2 load {"depth":"2","word":"%E5%AD%97"} of 2',
        'organ show',
        '2 show',
        'organ ready',
        '2 ready beats',
      ])
      assert.equal(hash(), '#/kit/life/index?depth=2&word=字')

      await button('返回').click()
      await says(page.locator('.heard:visible'), '听到：from above')
      assert.deepEqual(await log(), ['2 unload', 'organ detached', 'organ show', '1 show'])
      assert.equal(await button('返回').count(), 0)
    })

    it('ask before they are left by the bar, where they wished for it', async () => {
      await open('kit/life/index')
      await button('再进一层').click()
      await says(page.locator('.title:visible'), '第2层')
      await run("wx.enableAlertBeforeUnload({ message: '记下了吗' })")
      await button('返回').click()
      await dialog().getByText('记下了吗').waitFor()
      await dialog().getByRole('button', { name: '取消' }).click()
      assert.equal(await page.locator('.title:visible').textContent(), '第2层')
      await run('wx.disableAlertBeforeUnload()')
      await button('返回').click()
      await says(page.locator('.heard:visible'), '听到：from above')
    })

    it('that are closed take what comes late, which nobody sees', async () => {
      await open('kit/life/index')
      await button('再进一层').click()
      await says(page.locator('.title:visible'), '第2层')
      await run('globalThis.pageBefore = getCurrentPages().at(-1)')
      await button('返回').click()
      await says(page.locator('.title:visible'), '第1层')
      await page.waitForFunction("globalThis.lifeLog.includes('organ detached')")
      await log()
      assert.deepEqual(await run("pageBefore.setData({ heard: '晚了', late: [1, 2] }), pageBefore.data.late"), [1, 2])
      await run('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
      assert.deepEqual(await log(), [])
    })

    it('go back and forth with the browser, and come back after a reload with a way home', async () => {
      await open('kit/life/index')
      for (const depth of [2, 3]) {
        await button('再进一层').click()
        await says(page.locator('.title:visible'), `第${depth}层`)
      }
      await page.goBack()
      await says(page.locator('.title:visible'), '第2层')
      assert.equal(await run<number>('getCurrentPages().length'), 2)
      await page.goForward()
      await says(page.locator('.title:visible'), '第3层')
      assert.equal(await run<number>('getCurrentPages().length'), 3)

      await page.reload()
      await says(page.locator('.title:visible'), '第3层')
      assert.equal(await run<number>('getCurrentPages().length'), 1)
      await page.goBack()
      await says(page.locator('.title:visible'), '第2层')
      await button('首页').click()
      await heading('样例首页').waitFor()
      assert.equal(hash(), '#/pages/home/index')
    })

    it('are refused where WeChat refuses, and replaced where it replaces', async () => {
      await open('kit/life/index')
      const failure = (call: string) => run<string>(`${call}.then(() => 'none', ({ errMsg }) => errMsg)`)
      assert.equal(
        await failure("wx.navigateTo({ url: '/pages/home/index' })"),
        'navigateTo:fail can not navigateTo a tabbar page',
      )
      assert.equal(
        await failure("wx.navigateTo({ url: '/no/such?a=1' })"),
        'navigateTo:fail page "no/such?a=1" is not found',
      )
      assert.equal(
        await failure("wx.switchTab({ url: '/kit/life/index' })"),
        'switchTab:fail can not switch to no-tabBar page',
      )
      assert.equal(await failure('wx.navigateBack()'), 'navigateBack:fail cannot navigate back at first page.')
      for (let depth = 2; depth <= 10; depth += 1) await run(`wx.navigateTo({ url: '/kit/life/index?depth=${depth}' })`)
      assert.equal(
        await failure("wx.navigateTo({ url: '/kit/life/index' })"),
        'navigateTo:fail webview count limit exceed',
      )

      await run("wx.redirectTo({ url: '/kit/draw/index' })")
      await heading('签名').waitFor()
      assert.equal(await run<number>('getCurrentPages().length'), 10)
      await run('wx.navigateBack({ delta: 8 })')
      await says(page.locator('.title:visible'), '第2层')
      await run("wx.reLaunch({ url: '/kit/scroll/index' })")
      await heading('滚动').waitFor()
      assert.equal(await run<number>('getCurrentPages().length'), 1)
    })

    it('that are not there are answered by the first page', async () => {
      await open('no/such/page')
      await heading('样例首页').waitFor()
      assert.equal(hash(), '#/pages/home/index')
    })

    it('measure in rpx of the window, at most 1280 px wide, and in parts of their own height', async () => {
      await open('kit/life/index', '', { viewport: { width: 1600, height: 700 } })
      const { width, height } = (await page.locator('.long').boundingBox()) ?? { width: 0, height: 0 }
      assert.equal(Math.round(width), 640)
      assert.equal(Math.round(height), 3 * (700 - 44) + 7)
      const style = await run<string>("getComputedStyle(document.querySelector('.long')).fontSize")
      assert.equal(style, '20px')
    })

    it('are pulled down to refresh, by hand and by themselves, and tell of their bottom', async () => {
      await open('kit/life/index')
      await log()
      await dragDown(page.locator('.title'), 200)
      assert.deepEqual((await log()).slice(-1), ['1 pull'])
      await run('wx.stopPullDownRefresh()')
      await dragDown(page.locator('.title'), 40)
      assert.deepEqual(await log(), [])
      await run('wx.startPullDownRefresh()')
      assert.deepEqual(await log(), ['1 pull'])
      await run('wx.stopPullDownRefresh()')
      await run('wx.pageScrollTo({ scrollTop: 99999, duration: 0 })')
      await page.waitForFunction("globalThis.lifeLog.includes('1 bottom')")
    })
  })

  describe('tab bars', () => {
    it('of the mini-program’s own belong to their pages, which stay alive', async () => {
      await open()
      await heading('样例首页').waitFor()
      await page.getByRole('textbox', { name: '姓名' }).fill('王')
      await says(page.locator('.title:visible'), '你好，王')
      await page.getByRole('tab', { name: '表单' }).click()
      await heading('样例表单').waitFor()
      assert.equal(hash(), '#/pages/form/index')
      await page.getByRole('tab', { name: '首页' }).click()
      await says(page.locator('.title:visible'), '你好，王')
      assert.equal(await run<boolean>('getCurrentPages()[0].getTabBar().data.selected === 0'), true)
    })

    it('of WeChat’s own show where one is, badges, and only on their pages', async () => {
      await open(SMALL)
      await page.goto(`${kit.address}/plain/`)
      await page.getByRole('tab', { name: '首页', selected: true }).waitFor()
      await run("wx.setTabBarBadge({ index: 1, text: '3' })")
      await page.getByRole('tab', { name: /^表单 ?3$/ }).click()
      await heading('样例表单').waitFor()
      assert.equal(await page.getByRole('tab', { selected: true }).textContent(), '表单3')
      await run("wx.navigateTo({ url: '/kit/draw/index' })")
      await heading('签名').waitFor()
      assert.equal(await page.getByRole('tab').count(), 0)
    })
  })

  describe('fields', () => {
    it('of every kind are sent by their form, and go back to what they were', async () => {
      await open('pages/form/index')
      await page.getByRole('textbox', { name: '标题' }).fill('冒烟')
      await page.getByPlaceholder('说说情况').fill('很浓')
      await page.getByRole('switch', { name: '急件' }).check()
      await page.getByText('投诉').click()
      await page.getByRole('checkbox', { name: '大气' }).check()
      await page.getByRole('checkbox', { name: '水' }).check()
      await page.getByRole('slider').fill('5')
      await button('提交').click()
      await says(page.locator('.sent'), '冒烟')
      const sent = JSON.parse((await page.locator('.sent').textContent()) ?? '') as object
      assert.deepEqual(sent, {
        title: '冒烟',
        text: '很浓',
        isUrgent: true,
        kind: 'complain',
        topics: ['air', 'water'],
        score: 5,
        district: 0,
        street: [0, 0],
        date: '2026-11-23',
        time: '09:00',
      })
      await button('重填').click()
      assert.equal(await page.getByRole('textbox', { name: '标题' }).inputValue(), '')
      assert.equal(await page.getByRole('radio', { name: '咨询' }).isChecked(), true)
      assert.equal(await page.getByRole('switch', { name: '急件' }).isChecked(), false)
    })

    it('choose from sheets of wheels, by tap and by key', async () => {
      await open('pages/form/index')
      await button('区县：和平').click()
      await dialog().getByRole('option', { name: '大东' }).click()
      await dialog().getByRole('button', { name: '确定' }).click()
      await button('区县：大东').waitFor()

      await button('日期：2026-11-23').click()
      await dialog().getByRole('listbox', { name: '月' }).press('ArrowUp')
      await dialog().getByRole('listbox', { name: '月' }).press('Home')
      await dialog().getByRole('listbox', { name: '月' }).press('ArrowDown')
      await dialog().getByRole('listbox', { name: '日' }).press('End')
      await dialog().getByRole('button', { name: '确定' }).click()
      await button('日期：2026-02-28').waitFor()

      await button('时间：09:00').press('Enter')
      await dialog().press('Escape')
      await dialog().waitFor({ state: 'detached' })
      await page.getByRole('option', { name: '十点' }).click()
      await page.getByRole('option', { name: '十点', selected: true }).waitFor()
      assert.deepEqual(await run('getCurrentPages()[0].data.view'), [2, 1])
    })

    it('of TDesign work as in WeChat', async () => {
      await open()
      await button('问一问').click()
      await button('可以').click()
      await page.getByRole('tab', { name: '已办' }).click()
      await page.getByText('已办的内容').waitFor()
      await page.getByRole('tab', { name: '表单' }).click()
      await button('选一个 a').click()
      await page.getByText('乙').click()
      await page.getByText('确定').click()
      await button('选一个 b').waitFor()
    })
  })

  describe('touch', () => {
    it('bubbles, is caught, is captured and excludes as the bindings say', async () => {
      await open('kit/touch/index')
      const said = page.locator('.said')
      await page.getByText('冒泡').click()
      await says(said, /outer bubbling outer$/)
      await page.getByText('截住').click()
      await says(said, /outer caught$/)
      await page.getByText('互斥').click()
      await says(said, /outer inner outer$/)
      await page.getByText('长按').click({ delay: 500 })
      await says(said, /longpress:long$/)
      await page.getByText('长按').click()
      await says(said, /outer long outer$/)
      await page.getByText('不能按').click({ force: true })
      assert.doesNotMatch((await said.textContent()) ?? '', /disabled/)
      assert.equal(await button('不能按').isDisabled(), true)
    })

    it('has keys and roles beside it', async () => {
      await open('kit/touch/index')
      await button('键盘').focus()
      await page.keyboard.press('Enter')
      await page.getByText('打开了').waitFor()
      await page.getByRole('button', { name: '键盘', expanded: true }).press('Space')
      await page.getByText('打开了').waitFor({ state: 'hidden' })
      await page.getByRole('progressbar', { name: '进度' }).waitFor()
      await page.getByRole('img', { name: '成功' }).waitFor()
      await page.getByText('门外').waitFor()
      assert.equal(await page.locator('wx-rich-text').innerHTML(), '<p class="a">粗<b>体</b><a>去</a></p>')
      assert.equal(await page.locator('header h1').count(), 0)
    })

    it('swipes from one picture to the next', async () => {
      await open('kit/touch/index')
      const box = await page.getByText('甲', { exact: true }).boundingBox()
      assert.ok(box)
      await page.mouse.move(300, box.y + 5)
      await page.mouse.down()
      await page.mouse.move(150, box.y + 5, { steps: 4 })
      await page.mouse.move(60, box.y + 5, { steps: 4 })
      await page.mouse.up()
      await says(page.locator('.said'), 'swiped:1')
    })

    it('tells of what a page does wrong, in the console and to who listens', async () => {
      await open('kit/touch/index')
      await run('globalThis.heard = []; wx.onError((message) => globalThis.heard.push(message))')
      await page.getByText('出错').click()
      assert.match((await run<string[]>('globalThis.heard'))[0] ?? '', /broken on purpose/)
      assert.equal(visit.errors.filter((error) => error.includes('broken on purpose')).length, 1)
      expectsErrors = true
    })

    it('draws a signature', async () => {
      await open('kit/draw/index')
      const box = await page.locator('#paper').boundingBox()
      assert.ok(box)
      await page.mouse.move(box.x + 20, box.y + 30)
      await page.mouse.down()
      await page.mouse.move(box.x + 80, box.y + 50, { steps: 5 })
      await page.mouse.up()
      await says(page.locator('.strokes'), '60,20 at 20 of 312')
    })

    it('scrolls a list into place, refreshes it, and is told what comes into sight', async () => {
      await open('kit/scroll/index')
      await button('到第十七行').click()
      await says(page.locator('.said'), 'scrolltolower')
      const [list, row] = await Promise.all([page.locator('.list').boundingBox(), page.locator('#row17').boundingBox()])
      assert.ok(list && row && row.y >= list.y - 1 && row.y < list.y + list.height)
      await run("document.querySelector('.list').scrollTop = 0")
      await says(page.locator('.said'), 'scrolltoupper')
      await dragDown(page.locator('#row0'), 160)
      await says(page.locator('.said'), 'refreshed')
      assert.doesNotMatch((await page.locator('.said').textContent()) ?? '', /seen/)
      await run("wx.pageScrollTo({ selector: '.seen', duration: 0 })")
      await says(page.locator('.said'), 'seen')
      assert.ok((await run<number>('globalThis.scrolledTo')) > 500)
    })
  })

  describe('dialogs', () => {
    it('ask, take the focus, are declined by Escape, and leave nothing else to press', async () => {
      await open('kit/touch/index')
      await button('键盘').focus()
      const asked = run<{ confirm: boolean; content: string }>("wx.showModal({ title: '删除吗', content: '不能恢复' })")
      await page.getByRole('dialog', { name: '删除吗' }).waitFor()
      assert.equal(await run<boolean>("document.querySelector('.mp-pages').inert"), true)
      assert.equal(await run<string>('document.activeElement.textContent'), '确定')
      await page.keyboard.press('Escape')
      assert.deepEqual(await asked, { errMsg: 'showModal:ok', confirm: false, cancel: true, content: null })
      assert.equal(await run<boolean>("document.activeElement.ariaLabel === '键盘'"), true)

      const written = run<object>("wx.showModal({ title: '理由', editable: true, placeholderText: '写一句' })")
      await dialog().getByPlaceholder('写一句').fill('重复')
      await dialog().getByRole('button', { name: '确定' }).click()
      assert.deepEqual(await written, { errMsg: 'showModal:ok', confirm: true, cancel: false, content: '重复' })
    })

    it('offer actions, and say what goes on without being asked', async () => {
      await open(SMALL)
      const chosen = run<object>("wx.showActionSheet({ itemList: ['拍照', '相册'] })")
      await dialog().getByRole('button', { name: '相册' }).click()
      assert.deepEqual(await chosen, { errMsg: 'showActionSheet:ok', tapIndex: 1 })
      const declined = run<string>("wx.showActionSheet({ itemList: ['拍照'] }).catch(({ errMsg }) => errMsg)")
      await dialog().getByRole('button', { name: '取消' }).click()
      assert.equal(await declined, 'showActionSheet:fail cancel')

      await run("wx.showLoading({ title: '正在送出', mask: true })")
      await says(page.getByRole('status'), '正在送出')
      await run("wx.showToast({ title: '已送出', duration: 200 })")
      await says(page.getByRole('status'), '已送出')
      await page.getByText('已送出').waitFor({ state: 'hidden' })
      const answers = await run<string[]>(`new Promise((resolve) => {
        const heard = []
        wx.showToast({ title: '好', success: ({ errMsg }) => heard.push(errMsg), complete: () => resolve(heard) })
      })`)
      assert.deepEqual(answers, ['showToast:ok'])
    })
  })

  describe('a person', () => {
    it('logs in under the name in the address, and keeps storage of their own', async () => {
      await open(SMALL, '?as=officer')
      assert.match(await run<string>('wx.login().then(({ code }) => code)'), /^demo:officer#\w+$/)
      await run("wx.setStorageSync('draft', { text: '稿' })")
      await page.goto(`${kit.address}/?as=leader#/${SMALL}`)
      await heading('签名').waitFor()
      assert.equal(await run("wx.getStorageSync('draft')"), '')
      await page.goto(`${kit.address}/#/${SMALL}`)
      await heading('签名').waitFor()
      assert.match(await run<string>('wx.login().then(({ code }) => code)'), /^demo:leader#/)
      await page.goto(`${kit.address}/?as=officer#/${SMALL}`)
      await heading('签名').waitFor()
      assert.deepEqual(await run("wx.getStorageSync('draft')"), { text: '稿' })
      const refused = await run<string>(
        `wx.setStorage({ key: 'much', data: 'x'.repeat(1100000) }).catch(({ errMsg }) => errMsg)`,
      )
      assert.match(refused, /^setStorage:fail exceed/)
      assert.equal(
        await run<string>("wx.getStorage({ key: 'none' }).catch(({ errMsg }) => errMsg)"),
        'getStorage:fail data not found',
      )
    })

    it('sets letters and phone by the address', async () => {
      await open(SMALL, '?font=24&platform=windows')
      assert.deepEqual(await run('wx.getAppBaseInfo().fontSizeScaleFactor'), 1.5)
      assert.deepEqual(await run('wx.getDeviceInfo().platform'), 'windows')
      assert.equal(
        await run("wx.canIUse('getLocation') && !wx.canIUse('startGyroscope') && wx.canIUse('button.open-type.share')"),
        true,
      )
      assert.equal(await run('typeof wx.startGyroscope'), 'undefined')
      const { windowWidth, windowHeight } = await run<{ windowWidth: number; windowHeight: number }>(
        'wx.getWindowInfo()',
      )
      assert.deepEqual([windowWidth, windowHeight], [390, 844 - 44])
    })

    it('is asked about privacy before anything personal, by the page’s own words, once', async () => {
      await open('kit/ask/index')
      await button('填手机号').click()
      await button('不同意').click()
      await says(page.locator('.answer'), 'getPhoneNumber:fail privacy permission is not authorized')
      await button('填手机号').click()
      await button('同意指引').click()
      await dialog().getByLabel('手机号').fill('13800000001')
      await dialog().getByRole('button', { name: '允许', exact: true }).click()
      await says(page.locator('.answer'), /^phone:13800000001#\w+$/)
      await button('填手机号').click()
      await dialog().getByRole('button', { name: '不允许' }).click()
      await says(page.locator('.answer'), 'getPhoneNumber:fail user deny')
      await page.reload()
      await button('填手机号').click()
      await dialog().getByRole('button', { name: '允许', exact: true }).click()
      await says(page.locator('.answer'), /^phone:13800000001#/)
    })

    it('is asked about privacy by WeChat itself where the mini-program does not', async () => {
      await open(SMALL)
      const asked = () =>
        run<string>('wx.requirePrivacyAuthorize().then(({ errMsg }) => errMsg, ({ errMsg }) => errMsg)')
      const refused = asked()
      await page.getByRole('dialog', { name: '隐私保护提示' }).getByRole('button', { name: '拒绝' }).click()
      assert.equal(await refused, 'requirePrivacyAuthorize:fail privacy permission is not authorized')
      const agreed = asked()
      await dialog().getByRole('button', { name: '同意' }).click()
      assert.equal(await agreed, 'requirePrivacyAuthorize:ok')
      assert.equal(await run('wx.getPrivacySetting().then(({ needAuthorization }) => needAuthorization)'), false)
    })

    it('lets messages through, of which the sandbox hears', async () => {
      await open('kit/ask/index', '?as=enterprise')
      await button('订阅').click()
      await dialog().getByLabel('快到期提醒').uncheck()
      await dialog().getByRole('button', { name: '允许' }).click()
      await says(page.locator('.answer'), 'accept reject')
      assert.deepEqual(
        kit.grants.map((one) => JSON.parse(one) as object),
        [{ person: 'enterprise', templateIds: ['answered'] }],
      )
    })

    it('takes a transfer that it has seen, of which the sandbox hears, or leaves it', async () => {
      await open('kit/ask/index', '?as=enterprise')
      assert.equal(await run('wx.canIUse("requestMerchantTransfer")'), true)
      const ask = (packageInfo: string) => {
        const options = JSON.stringify({ mchId: '1900000109', appId: 'wx1', package: packageInfo })
        return run<string>(
          `wx.requestMerchantTransfer(${options}).then(({ errMsg }) => errMsg, ({ errMsg }) => errMsg)`,
        )
      }
      const sheet = page.getByRole('dialog', { name: '行政奖励' })
      const left = ask('p1')
      await sheet.getByText('¥1234.56').waitFor()
      await sheet.getByText('举报奖励').waitFor()
      await sheet.getByRole('button', { name: '取消' }).click()
      assert.equal(await left, 'requestMerchantTransfer:fail cancel')
      const taken = ask('p2')
      await sheet.getByRole('button', { name: '收款' }).click()
      assert.equal(await taken, 'requestMerchantTransfer:ok')
      expectsErrors = true
      assert.match(await ask('gone'), /^requestMerchantTransfer:fail package_info/)
      assert.match(await ask(''), /^requestMerchantTransfer:fail parameter error/)
      const order = { person: 'enterprise', mchId: '1900000109', appId: 'wx1' }
      assert.deepEqual(kit.transfers, [
        { ...order, package: 'p1' },
        { ...order, package: 'p2' },
        { ...order, package: 'p2', isConfirmed: true },
        { ...order, package: 'gone' },
      ])
    })
  })

  describe('files', () => {
    it('are chosen, shown, kept, and still there after a reload', async () => {
      await open('kit/ask/index', '?as=officer')
      await run("localStorage.setItem('preview:officer:privacyConsent', 'true')")
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button('选照片').click()])
      await chooser.setFiles({ name: '现场.png', mimeType: 'image/png', buffer: PICTURE })
      await says(page.locator('.answer'), /^3$/)
      await page.getByRole('img', { name: '照片' }).waitFor()
      const kept = await run<string>(`(async () => {
        const files = wx.getFileSystemManager()
        files.mkdirSync(wx.env.USER_DATA_PATH + '/queue')
        const path = wx.env.USER_DATA_PATH + '/queue/photo.png'
        await files.saveFile({ tempFilePath: getCurrentPages()[0].data.photo, filePath: path })
        await files.writeFile({ filePath: wx.env.USER_DATA_PATH + '/note.txt', data: '记', encoding: 'utf8' })
        return path
      })()`)
      await page.reload()
      await heading('询问').waitFor()
      assert.deepEqual(
        await run(`(() => {
          const files = wx.getFileSystemManager()
          return [files.readdirSync('wxfile://usr').sort(), files.statSync('${kept}').size, files.readFileSync('wxfile://usr/note.txt', 'utf8')]
        })()`),
        [['note.txt', 'queue'], PICTURE.length, '记'],
      )
      await run(`getCurrentPages()[0].setData({ photo: '${kept}' })`)
      const picture = page.getByRole('img', { name: '照片' })
      await picture.waitFor()
      await page.waitForFunction("document.querySelector('wx-image img').naturalWidth === 3")
      const missing = await run<string>(
        `wx.getFileSystemManager().access({ path: 'wxfile://usr/none' }).catch(({ errMsg }) => errMsg)`,
      )
      assert.equal(missing, 'access:fail no such file or directory, access "wxfile://usr/none"')
      await run("wx.getFileSystemManager().unlinkSync('wxfile://usr/note.txt')")
      assert.equal(await run("wx.getFileSystemManager().readdirSync('wxfile://usr').length"), 1)
    })

    it('are sent with their progress, and can be stopped', async () => {
      await open(SMALL)
      const sent = await run<{
        statusCode: number
        data: string
        progress: number[]
      }>(`new Promise((resolve, reject) => {
        const files = wx.getFileSystemManager()
        files.writeFileSync('wxfile://usr/big.bin', new ArrayBuffer(300000))
        const progress = []
        const task = wx.uploadFile({
          url: '/api/echo', filePath: 'wxfile://usr/big.bin', name: 'file', formData: { keepPlace: 'false' },
          header: { Authorization: 'Bearer x' },
          success: (answer) => resolve({ ...answer, progress }), fail: reject,
        })
        task.onProgressUpdate((one) => progress.push(one.progress))
      })`)
      assert.equal(sent.statusCode, 200)
      assert.equal(sent.progress.at(-1), 100)
      const echoed = JSON.parse(sent.data) as { bytes: number; text: string }
      assert.ok(echoed.bytes > 300000)
      assert.match(echoed.text, /name="keepPlace"[\s\S]*name="file"; filename="big.bin"/)
      const stopped = await run<string>(`new Promise((resolve) => {
        const task = wx.request({ url: '/api/silent', fail: ({ errMsg }) => resolve(errMsg) })
        setTimeout(() => task.abort(), 50)
      })`)
      assert.equal(stopped, 'request:fail abort')
    })

    it('and questions reach the service that the page came from', async () => {
      await open(SMALL)
      const answer = await run<{ data: { url: string }; header: object }>(`new Promise((success, fail) => {
        wx.request({ url: '/api/echo', data: { q: '环评', limit: 2 }, success, fail })
      })`)
      assert.equal(decodeURIComponent(answer.data.url), '/api/echo?q=环评&limit=2')
      assert.equal((answer.header as Record<string, string>)['ETag'], '"1"')
      const timeout = await run<string>(`new Promise((resolve) => {
        wx.request({ url: '/api/silent', timeout: 100, fail: ({ errMsg }) => resolve(errMsg) })
      })`)
      assert.equal(timeout, 'request:fail timeout')
      await visit.context.setOffline(true)
      assert.deepEqual(
        await run(`new Promise((resolve) => {
          wx.request({ url: '/api/echo', fail: (answer) => wx.getNetworkType().then(({ networkType }) => resolve([answer.errno, networkType])) })
        })`),
        [600001, 'none'],
      )
    })

    it('that are pictures are made smaller for real', async () => {
      await open(SMALL)
      const { width, type } = await run<{ width: number; type: string }>(`(async () => {
        const canvas = document.createElement('canvas')
        canvas.width = 800
        canvas.height = 400
        const { tempFilePath } = await wx.canvasToTempFilePath({ canvas })
        const smaller = await wx.compressImage({ src: tempFilePath, quality: 70, compressedWidth: 200 })
        return wx.getImageInfo({ src: smaller.tempFilePath })
      })()`)
      assert.deepEqual([width, type], [200, 'jpeg'])
    })
  })

  it('holds no barrier that axe finds, on pages of native and of TDesign’s components', async () => {
    await open('pages/form/index')
    await page.addScriptTag({ path: join(root, 'node_modules/axe-core/axe.min.js') })
    const found = await run<{ id: string; nodes: { html: string }[] }[]>(
      "axe.run({ exclude: [['wx-slider']] }, { rules: { 'color-contrast': { enabled: false } } }).then(({ violations }) => violations)",
    )
    assert.deepEqual(
      found.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 160))]),
      [],
    )
  })
})

import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { layNpm } from '../../src/preview/npm/lay.js'
import { type Place, place, removePlaces, root } from './place.js'

after(removePlaces)

const filesIn = (folder: string) =>
  (readdirSync(folder, { recursive: true }) as string[]).filter((name) => statSync(join(folder, name)).isFile()).sort()

describe('what is laid into miniprogram_npm', function () {
  this.timeout(120_000)
  let at: Place
  let npm: string
  const lay = () => layNpm({ root, source: at.source })
  const icons = () => readFileSync(join(npm, 'icons.wxss'), 'utf8')
  before(() => {
    at = place()
    npm = join(at.source, 'miniprogram_npm')
    assert.deepEqual(lay(), [])
  })

  it('is what our pages use of TDesign, and what that uses', () => {
    const components = readdirSync(join(npm, 'tdesign-miniprogram'))
    for (const used of ['button', 'icon', 'popup', 'overlay', 'common', 'miniprogram_npm']) {
      assert.ok(components.includes(used), used)
    }
    assert.ok(!components.includes('upload'))
    for (const file of filesIn(npm).filter((name) => name.endsWith('.json'))) {
      const { usingComponents = {} } = JSON.parse(readFileSync(join(npm, file), 'utf8')) as {
        usingComponents?: Record<string, string>
      }
      for (const spec of Object.values(usingComponents)) {
        assert.ok(existsSync(join(npm, file, '..', `${spec}.json`)), `${file}: ${spec}`)
      }
    }
  })

  it('asks no server for a font', () => {
    for (const file of filesIn(npm).filter((name) => name.endsWith('.wxss'))) {
      assert.doesNotMatch(readFileSync(join(npm, file), 'utf8'), /https?:\/\/(?!www\.w3\.org)|@font-face/, file)
    }
  })

  it('draws every icon that a page, a table or a TDesign component names, and t-icon has them', () => {
    for (const icon of ['add', 'chat', 'file', 'home', 'edit', 'chevron-right', 'close-circle-filled']) {
      assert.match(
        icons(),
        new RegExp(`^\\.t-icon-${icon}:before\\{-webkit-mask-image:url\\("data:image/svg`, 'm'),
        icon,
      )
    }
    assert.doesNotMatch(icons(), /t-icon-zoom-in/)
    const sheet = readFileSync(join(npm, 'tdesign-miniprogram/icon/icon.wxss'), 'utf8')
    assert.match(sheet, /^@import '\.\.\/\.\.\/icons\.wxss';/)
    assert.doesNotMatch(sheet, /:before\{content:'/)
  })

  it('is not written again where it has not changed', () => {
    const files = filesIn(npm)
    const times = () => files.map((file) => statSync(join(npm, file)).mtimeMs)
    const before = times()
    lay()
    assert.deepEqual(times(), before)
  })

  it('gains what a page begins to use, and loses what no page uses any more', () => {
    at.edit('pages/form/index.json', '"t-cell"', '"t-rate": "tdesign-miniprogram/rate/rate", "t-cell"')
    at.write('services/say.ts', "import Toast from 'tdesign-miniprogram/toast/index'\nexport { Toast }\n")
    writeFileSync(join(npm, 'tdesign-miniprogram/left.js'), '')
    assert.deepEqual(lay(), [])
    assert.match(icons(), /\.t-icon-star-filled:before/)
    assert.ok(existsSync(join(npm, 'tdesign-miniprogram/toast/index.js')))
    assert.ok(!existsSync(join(npm, 'tdesign-miniprogram/left.js')))
    at.edit('pages/form/index.json', '"t-rate": "tdesign-miniprogram/rate/rate", ', '')
    lay()
    assert.ok(!existsSync(join(npm, 'tdesign-miniprogram/rate')))
  })

  it('takes as icons what chooses one, not what it is chosen by, nor the icons of wx.showToast', () => {
    at.edit(
      'components/card/index.wxml',
      '<slot />',
      `<t-icon name="{{kind === 'none-such' ? 'mail' : state || 'call'}}" />`,
    )
    at.write(
      'services/tell.ts',
      "wx.showToast({ title: '好', icon: 'none' })\nexport const table = [{ icon: 'lock-on' }]\n",
    )
    assert.deepEqual(lay(), [])
    for (const icon of ['mail', 'call', 'lock-on']) assert.ok(icons().includes(`.t-icon-${icon}:before{`), icon)
    at.edit('components/card/index.wxml', "'mail'", "'male-one'")
    assert.deepEqual(
      lay().map(({ line, message }) => [line, message]),
      [[3, 'there is no icon male-one in TDesign']],
    )
  })
})

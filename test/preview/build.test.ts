import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Place, place, removePlaces } from './place.js'

after(removePlaces)

/** Of objects made in another context. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe('the preview of a mini-program', function () {
  this.timeout(120_000)
  let built: Place
  before(async () => {
    built = place()
    await built.build({ isChecked: true })
  })

  it('is one script with its page, its pictures and the frame around it, and nothing beside', () => {
    const files = (readdirSync(built.out, { recursive: true }) as string[]).sort()
    assert.deepEqual(files, [
      'app.js',
      'app.js.map',
      'frame.css',
      'frame.js',
      'images',
      'images/mark.svg',
      'index.html',
      'stamp.json',
    ])
    assert.deepEqual(readdirSync(dirname(built.out)).sort(), ['.app.tsbuildinfo', 'app'])
    assert.doesNotMatch(readFileSync(join(built.out, 'index.html'), 'utf8'), /<script(?! src)| style=| on\w+=/)
  })

  it('has every page, those of subpackages too', () => {
    assert.deepEqual(plain(built.bundle().pages), ['pages/home/index', 'pages/form/index', 'more/detail/index'])
  })

  it('has every component once, from beside, from the root, from npm and in place of a placeholder', () => {
    const { components } = built.bundle()
    const paths = components.map(({ path }) => path)
    assert.equal(new Set(paths).size, paths.length)
    const ours = paths.filter((path) => !path.startsWith('miniprogram_npm/')).sort()
    assert.deepEqual(plain(ours), [
      'components/card/index',
      'custom-tab-bar/index',
      'more/chart/index',
      'more/detail/index',
      'pages/form/index',
      'pages/home/index',
    ])
    const home = components.find(({ path }) => path === 'pages/home/index')
    const using = home?.config.usingComponents ?? {}
    assert.equal(using['card'], '/components/card/index')
    assert.equal(using['chart'], '/more/chart/index')
    assert.equal(using['t-button'], '/miniprogram_npm/tdesign-miniprogram/button/button')
    assert.equal(using['t-icon'], '/miniprogram_npm/tdesign-miniprogram/icon/icon')
    for (const { config } of components) {
      for (const path of Object.values(config.usingComponents ?? {})) assert.ok(paths.includes(path.slice(1)), path)
    }
  })

  it('has a template for every component, and for those that they include', () => {
    const { components, templates } = built.bundle()
    for (const { path } of components) assert.equal(typeof templates[path], 'function', path)
    assert.equal(typeof templates['pages/home/parts'], 'function')
  })

  it('closes the styles of a component and leaves those of a page to it alone', () => {
    const { components, styles } = built.bundle()
    const scope = components.find(({ path }) => path === 'components/card/index')?.styleScope
    const card = styles['components/card/index'] ?? ''
    assert.ok(scope)
    assert.ok(card.includes(`[wx-host=${scope}]{`), card)
    assert.ok(card.includes(`.${scope}--card .${scope}--heading:active{`), card)
    assert.equal(components.find(({ path }) => path === 'pages/home/index')?.styleScope, undefined)
    const home = styles['pages/home/index'] ?? ''
    assert.ok(home.includes(':where([data-route="pages/home/index"]) .row{'), home)
    assert.ok(styles['app']?.startsWith('wx-page{'), styles['app'])
    assert.doesNotMatch(Object.values(styles).join(''), /__[A-Z]+__/)
  })

  it('measures in the width of the phone and the height of the page, but not inside of addresses', () => {
    const { styles } = built.bundle()
    const home = styles['pages/home/index'] ?? ''
    assert.ok(home.includes('width:calc(var(--rpx) * 400)'), home)
    assert.ok(home.includes('margin:0 calc(var(--rpx) * -10) 0 0'), home)
    assert.ok(home.includes('height:20cqh'), home)
    assert.ok(home.includes("width='4vh'"), home)
    assert.ok(styles['app']?.includes('--gap: calc(var(--rpx) * 24)'), styles['app'])
  })

  it('knows which templates have named slots', () => {
    const named = built.bundle().components.filter(({ config }) => config.hasNamedSlots)
    const paths = named.map(({ path }) => path)
    assert.ok(paths.includes('components/card/index'))
    assert.ok(!paths.includes('pages/home/index'))
  })

  it('runs a file only when it is asked to', () => {
    const { components, loadApp } = built.bundle()
    assert.throws(() => components.find(({ path }) => path === 'pages/home/index')?.load(), /Page is not defined/)
    assert.throws(() => loadApp(), /App is not defined/)
  })

  it('asks the service that it came from', async () => {
    const { build, bundle, edit, write } = place()
    write('environment.ts', "export const server = 'https://elsewhere.example'\n")
    edit('app.ts', 'App<', "import { server } from './environment'\nthrow new Error(server)\nApp<")
    await build()
    assert.throws(() => bundle().loadApp(), { message: 'http://preview.test' })
  })

  it('follows the default of a generic, and what is loaded from another subpackage when it is wanted', async () => {
    const { build, bundle, edit, write } = place()
    edit('components/card/index.json', 'true', 'true, "componentGenerics": { "row": { "default": "./row" } }')
    edit('components/card/index.wxml', '<slot />', '<row /><slot />')
    write('components/card/row.json', '{ "component": true }')
    write('components/card/row.ts', 'Component({})\n')
    write('components/card/row.wxml', '<view />\n')
    edit('pages/form/index.ts', 'Page({', "export const chart = () => require.async('../../more/chart/index')\nPage({")
    await build()
    const card = bundle().components.find(({ path }) => path === 'components/card/index')
    assert.deepEqual(plain(card?.config['componentGenerics']), { row: { default: '/components/card/row' } })
    assert.ok(bundle().components.some(({ path }) => path === 'components/card/row'))
    assert.doesNotMatch(readFileSync(join(built.out, 'app.js'), 'utf8'), /require\.async/)
  })

  it('has no source map in production', async () => {
    const { build, out } = place()
    await build({ isProduction: true })
    assert.ok(!existsSync(join(out, 'app.js.map')))
    assert.doesNotMatch(readFileSync(join(out, 'app.js'), 'utf8'), /sourceMappingURL/)
  })
})

describe('the preview is built again', function () {
  this.timeout(120_000)
  it('only when something has changed', async () => {
    const { append, buildIfChanged, out, write } = place()
    assert.equal(await buildIfChanged(), true)
    const first = statSync(join(out, 'app.js')).mtimeMs
    assert.equal(await buildIfChanged(), false)
    assert.equal(statSync(join(out, 'app.js')).mtimeMs, first)
    append('pages/home/index.wxml', '<view>新</view>\n')
    assert.equal(await buildIfChanged(), true)
    append('components/card/index.wxss', '.new { color: red; }\n')
    assert.equal(await buildIfChanged(), true)
    write('images/other.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>')
    assert.equal(await buildIfChanged(), true)
    assert.ok(existsSync(join(out, 'images/other.svg')))
    assert.equal(await buildIfChanged(), false)
  })

  it('when types from outside have changed, and what those come from', async () => {
    const { append, buildIfChanged, edit, write } = place()
    edit('app.ts', 'App<', "import type { Wire } from '../contract.js'\nexport type Used = Wire\nApp<")
    write('../contract.ts', "export type { Wire } from './wire.js'\n")
    write('../wire.ts', 'export type Wire = string\n')
    assert.equal(await buildIfChanged(), true)
    assert.equal(await buildIfChanged(), false)
    append('../wire.ts', 'export type More = number\n')
    assert.equal(await buildIfChanged(), true)
  })

  it('and what stood there before stays where it fails', async () => {
    const { append, build, faults, out } = place()
    await build()
    const before = readFileSync(join(out, 'app.js'), 'utf8')
    append('pages/home/index.wxml', '<view>\n')
    assert.notDeepEqual(await faults(), [])
    assert.equal(readFileSync(join(out, 'app.js'), 'utf8'), before)
    assert.deepEqual(readdirSync(dirname(out)), ['app'])
  })
})

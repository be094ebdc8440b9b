import assert from 'node:assert/strict'
import { tagsOf } from '../../src/preview/build/markup.js'
import { browserUnits } from '../../src/preview/build/units.js'
import { browserWxs, requiredBy } from '../../src/preview/build/wxs.js'

describe('lengths of WeChat in a browser', () => {
  const lengths: [wechat: string, browser: string][] = [
    ['24rpx', 'calc(var(--rpx) * 24)'],
    ['0 -1.5rpx .5rpx 0rpx', '0 calc(var(--rpx) * -1.5) calc(var(--rpx) * .5) 0px'],
    [
      'calc(100vh - 20rpx - env(safe-area-inset-bottom))',
      'calc(100cqh - calc(var(--rpx) * 20) - env(safe-area-inset-bottom))',
    ],
    ['min(50vw, 10vmin)', 'min(50cqw, 10cqmin)'],
    ['var(--space-2rpx, 4rpx)', 'var(--space-2rpx, calc(var(--rpx) * 4))'],
    ['url(data:image/svg+xml,4rpx) 4rpx', 'url(data:image/svg+xml,4rpx) calc(var(--rpx) * 4)'],
    ['"4rpx" 12px 3em', '"4rpx" 12px 3em'],
  ]
  for (const [wechat, browser] of lengths) it(wechat, () => assert.equal(browserUnits(wechat), browser))
})

describe('WXS in a browser', () => {
  it('asks for the type of a value by name, as WeChat tells it', () => {
    const source = "if (a.b[0].constructor === 'Array' && f(x).constructor == 'Date') {}"
    const typed = "if (__wxsType(a.b[0]) === 'Array' && __wxsType(f(x)) == 'Date') {};__wxsMark(module);"
    assert.equal(browserWxs(source), typed)
  })

  it('finds a module whether its ending is written or not', () => {
    const source = 'var a = require(\'./a.wxs\'); var b = require("../b")'
    assert.deepEqual(requiredBy(source), ['./a.wxs', '../b'])
    assert.ok(browserWxs(source).startsWith('var a = require(\'./a\'); var b = require("../b")'))
  })
})

describe('the tags of a template', () => {
  it('are found with their lines, past comments, scripts and whatever quotes hold', () => {
    const wxml = `<!-- <a> -->
<wxs module="m">if (a < b && c > d) {}</wxs>
<view class="{{a > b ? 'x' : 'y'}}"
  bind:tap='go' hidden>
  {{ a < b }}<t-icon name="add" /></view>`
    assert.deepEqual(
      tagsOf(wxml).map(({ name, line, attributes }) => [
        name,
        line,
        attributes.map((one) => [one.name, one.value, one.line]),
      ]),
      [
        [
          'view',
          3,
          [
            ['class', "{{a > b ? 'x' : 'y'}}", 3],
            ['bind:tap', 'go', 4],
            ['hidden', '', 4],
          ],
        ],
        ['t-icon', 5, [['name', 'add', 5]]],
      ],
    )
  })
})

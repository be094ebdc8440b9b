import assert from 'node:assert/strict'
import { type Place, place, removePlaces } from './place.js'

after(removePlaces)

type Case = [what: string, spoil: (at: Place) => void, says: (string | RegExp)[]]

/** What is done to the fixture, and every line that the build says of it: what can go wrong in one build stands together. */
const rounds: Case[][] = [
  [
    [
      'a template whose expression cannot be read',
      (at) => at.edit('more/detail/index.wxml', '{{no}}', '{{no.}}'),
      ['more/detail/index.wxml:1: not a valid identifier'],
    ],
    [
      'a template with an end tag too few',
      (at) => at.append('pages/form/index.wxml', '<view>\n'),
      ['pages/form/index.wxml:44: missing end tag'],
    ],
    [
      'a template that imports one that is not there',
      (at) => at.edit('pages/home/index.wxml', './parts.wxml', './partz.wxml'),
      ['pages/home/index.wxml:1: there is no pages/home/partz.wxml'],
    ],
    [
      'a tag that nobody declared',
      (at) => at.edit('components/card/index.wxml', '<slot />', '<t-cell title="x" />'),
      ["components/card/index.wxml:3: <t-cell> is neither declared in the JSON nor one of WeChat's own components"],
    ],
    [
      'a picture that is not there',
      (at) => at.edit('pages/home/index.wxml', '/images/mark.svg', '/images/none.svg'),
      ['pages/home/index.wxml:37: there is no picture /images/none.svg'],
    ],
    [
      'named slots that WeChat would not fill',
      (at) => at.edit('components/card/index.ts', 'multipleSlots: true', ''),
      ['components/card/index.wxml:4: a named slot needs `options: { multipleSlots: true }` in the script'],
    ],
    [
      'styles opened in the script, where the preview does not look',
      (at) => at.edit('more/chart/index.ts', 'properties', "options: { styleIsolation: 'shared' },\n  properties"),
      ['more/chart/index.ts:3: say `"styleIsolation"` in the JSON instead'],
    ],
    [
      'WXS in newer JavaScript than WeChat runs',
      (at) => at.edit('pages/home/format.wxs', 'return words[state]', 'const x = 1; return words[state]'),
      [/^pages\/home\/format\.wxs:4: WXS: .*const/],
    ],
    [
      'WXS inside of a template',
      (at) => at.edit('pages/home/index.wxml', 'function (n) { return n * 2 }', '(n) => n * 2 *'),
      [/^pages\/home\/index\.wxml:4: WXS: ./],
    ],
    [
      'a style sheet that cannot be read',
      (at) => at.append('pages/home/index.wxss', '.broken {\n  color: red;\n'),
      ['pages/home/index.wxss:28: Unclosed block'],
    ],
    [
      'a declaration without its colon',
      (at) => at.edit('custom-tab-bar/index.wxss', 'flex: 1', 'flex 1'),
      ['custom-tab-bar/index.wxss:12: Unknown word flex'],
    ],
    [
      'a property that does not exist',
      (at) => at.edit('pages/form/index.wxss', 'word-break', 'word-braek'),
      ['pages/form/index.wxss:11: "word-braek" is not a known CSS property'],
    ],
    [
      'a selector that cannot be read',
      (at) => at.append('components/card/index.wxss', '.title: {\n  color: red;\n}\n'),
      [/^components\/card\/index\.wxss:15: the selector cannot be read/, /^components\/card\/index\.wxss:15: Expected/],
    ],
    [
      'a picture of the package in WXSS',
      (at) => at.edit('app.wxss', 'font-size: 36rpx', 'background: url(/images/mark.svg)'),
      ['app.wxss:10: WXSS cannot load pictures of the package'],
    ],
    [
      'a style sheet imported that is not there',
      (at) => at.append('app.wxss', '@import "./none.wxss";\n'),
      ['app.wxss:12: there is no style sheet ./none.wxss'],
    ],
    [
      'a component of a subpackage without a placeholder',
      (at) => at.edit('pages/home/index.json', '"componentPlaceholder": { "chart": "view" }', '"x": {}'),
      ['pages/home/index.json:6: <chart> is in the subpackage more: it needs a componentPlaceholder here'],
    ],
    [
      'a component that TDesign does not have',
      (at) => at.edit('pages/form/index.json', 'picker-item/picker-item"', 'picker-item/item"'),
      [
        'pages/form/index.json:5: there is no picker-item/item in TDesign',
        'pages/form/index.json:5: <t-picker-item> means tdesign-miniprogram/picker-item/item, which does not exist',
        "pages/form/index.wxml:41: <t-picker-item> is neither declared in the JSON nor one of WeChat's own components",
      ],
    ],
    [
      'a page without a script',
      (at) => at.remove('more/detail/index.ts'),
      ['more/detail/index.json: more/detail/index has no .ts'],
    ],
    [
      'JSON that is none',
      (at) => at.edit('more/chart/index.json', 'true }', 'true, }'),
      [/^more\/chart\/index\.json:1: ./],
    ],
    [
      'an icon that TDesign does not have, in a template',
      (at) => at.edit('pages/home/index.wxml', "'chat' : 'add'", "'chat' : 'ad'"),
      ['pages/home/index.wxml:25: there is no icon ad in TDesign'],
    ],
    [
      'an icon that TDesign does not have, in a table',
      (at) => at.edit('custom-tab-bar/index.ts', "icon: 'edit'", "icon: 'edith'"),
      ['custom-tab-bar/index.ts:7: there is no icon edith in TDesign'],
    ],
  ],
  [
    [
      'a page that is not there',
      (at) => at.edit('app.json', 'detail/index', 'details/index'),
      ['app.json:3: the page more/details/index has no more/details/index.json'],
    ],
    [
      'a tab that is no page',
      (at) => at.edit('app.json', '"pagePath": "pages/form/index"', '"pagePath": "pages/forms/index"'),
      ['app.json:17: the tab pages/forms/index is no page'],
    ],
    [
      'a component that is not there',
      (at) => at.edit('pages/home/index.json', '/components/card/index', '/components/cart/index'),
      [
        'pages/home/index.json:5: <card> means /components/cart/index, which does not exist',
        "pages/home/index.wxml:8: <card> is neither declared in the JSON nor one of WeChat's own components",
      ],
    ],
  ],
  [
    [
      'a script that cannot be read',
      (at) => at.append('more/chart/index.ts', 'const =\n'),
      ['more/chart/index.ts:10: Expected identifier but found "="'],
    ],
    [
      'a script that is not there',
      (at) => at.edit('components/card/index.ts', 'behaviors/counter', 'behaviors/count'),
      [
        'components/card/index.ts:2: there is no ../../behaviors/count, neither beside this file nor in miniprogram_npm',
      ],
    ],
    [
      'more than types from outside of the mini-program',
      (at) => {
        at.write('../wire.ts', 'export const wire = 1\n')
        at.append('pages/home/index.ts', "import { wire } from '../../../wire'\nexport const more = wire\n")
      },
      ["pages/home/index.ts:53: only types can come from outside the mini-program: import type … from '../../../wire'"],
    ],
    [
      'a script of a subpackage that may not have been loaded',
      (at) => at.append('pages/form/index.ts', "import '../../more/chart/index'\n"),
      [
        'pages/form/index.ts:51: ../../more/chart/index is in another subpackage, which may not be loaded: use require.async',
      ],
    ],
  ],
]

const fits = (line: string, expected: string | RegExp) =>
  typeof expected === 'string' ? line === expected : expected.test(line)

describe('a build of the preview names the file and the line of', function () {
  this.timeout(120_000)
  for (const round of rounds) {
    let said: string[]
    before(async () => {
      const at = place()
      for (const [, spoil] of round) spoil(at)
      said = await at.faults()
    })
    for (const [what, , says] of round) {
      it(what, () => {
        for (const expected of says) {
          assert.ok(
            said.some((line) => fits(line, expected)),
            `${expected} is not among\n${said.join('\n')}`,
          )
        }
      })
    }
    it('nothing else, after these', () => {
      const expected = round.flatMap(([, , says]) => says)
      assert.deepEqual(
        said.filter((line) => !expected.some((one) => fits(line, one))),
        [],
      )
    })
  }

  it('a wrong type, together with whatever else is wrong', async () => {
    const at = place()
    at.edit('app.ts', 'this.launches += 1', "this.launches = 'one'")
    at.append('pages/form/index.wxml', '<view>\n')
    assert.deepEqual(await at.faults({ isChecked: true }), [
      'pages/form/index.wxml:44: missing end tag',
      "app.ts:5: TS2322: Type 'string' is not assignable to type 'number'.",
    ])
  })
})

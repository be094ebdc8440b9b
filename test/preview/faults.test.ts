import assert from 'node:assert/strict'
import { type Place, place, removePlaces } from './place.js'

after(removePlaces)

/** What is said of the line on which that text stands; of a file as a whole without one. */
type Says = [file: string, text: string | undefined, message: string | RegExp]
type Case = [what: string, spoil: (at: Place) => void, says: Says[]]

/** What is done to the fixture, and every line that the build says of it: what can go wrong in one build stands together. */
const rounds: Case[][] = [
  [
    [
      'a template whose expression cannot be read',
      (at) => at.edit('more/detail/index.wxml', '{{no}}', '{{no.}}'),
      [['more/detail/index.wxml', '{{no.}}', 'not a valid identifier']],
    ],
    [
      'a template with an end tag too few',
      (at) => at.append('pages/form/index.wxml', '<view>\n'),
      [['pages/form/index.wxml', '<view>\n', 'missing end tag: view']],
    ],
    [
      'a template that imports one that is not there',
      (at) => at.edit('pages/home/index.wxml', './parts.wxml', './partz.wxml'),
      [['pages/home/index.wxml', './partz.wxml', 'there is no pages/home/partz.wxml']],
    ],
    [
      'a tag that nobody declared',
      (at) => at.edit('components/card/index.wxml', '<slot />', '<t-cell title="x" />'),
      [
        [
          'components/card/index.wxml',
          '<t-cell',
          "<t-cell> is neither declared in the JSON nor one of WeChat's own components",
        ],
      ],
    ],
    [
      'a picture that is not there',
      (at) => at.edit('pages/home/index.wxml', '/images/mark.svg', '/images/none.svg'),
      [['pages/home/index.wxml', '/images/none.svg', 'there is no picture /images/none.svg']],
    ],
    [
      'named slots that WeChat would not fill',
      (at) => at.edit('components/card/index.ts', 'multipleSlots: true', ''),
      [
        [
          'components/card/index.wxml',
          'slot name=',
          'a named slot needs `options: { multipleSlots: true }` in the script',
        ],
      ],
    ],
    [
      'styles opened in the script, where the preview does not look',
      (at) => at.edit('more/chart/index.ts', 'properties', "options: { styleIsolation: 'shared' },\n  properties"),
      [['more/chart/index.ts', 'styleIsolation', 'say `"styleIsolation"` in the JSON instead']],
    ],
    [
      'WXS in newer JavaScript than WeChat runs',
      (at) => at.edit('pages/home/format.wxs', 'return words[state]', 'const x = 1; return words[state]'),
      [['pages/home/format.wxs', 'const x', /^WXS: .*const/]],
    ],
    [
      'WXS inside of a template',
      (at) => at.edit('pages/home/index.wxml', 'function (n) { return n * 2 }', '(n) => n * 2 *'),
      [['pages/home/index.wxml', '(n) =>', /^WXS: ./]],
    ],
    [
      'a style sheet that cannot be read',
      (at) => at.append('pages/home/index.wxss', '.broken {\n  color: red;\n'),
      [['pages/home/index.wxss', '.broken', 'Unclosed block']],
    ],
    [
      'a declaration without its colon',
      (at) => at.edit('custom-tab-bar/index.wxss', 'flex: 1', 'flex 1'),
      [['custom-tab-bar/index.wxss', 'flex 1', 'Unknown word flex']],
    ],
    [
      'a property that does not exist',
      (at) => at.edit('pages/form/index.wxss', 'word-break', 'word-braek'),
      [['pages/form/index.wxss', 'word-braek', '"word-braek" is not a known CSS property']],
    ],
    [
      'a selector that cannot be read',
      (at) => at.append('components/card/index.wxss', '.title: {\n  color: red;\n}\n'),
      [
        ['components/card/index.wxss', '.title:', /^the selector cannot be read/],
        ['components/card/index.wxss', '.title:', /^Expected/],
      ],
    ],
    [
      'a picture of the package in WXSS',
      (at) => at.edit('app.wxss', 'font-size: 36rpx', 'background: url(/images/mark.svg)'),
      [['app.wxss', 'url(', 'WXSS cannot load pictures of the package']],
    ],
    [
      'a style sheet imported that is not there',
      (at) => at.append('app.wxss', '@import "./none.wxss";\n'),
      [['app.wxss', 'none.wxss', 'there is no style sheet ./none.wxss']],
    ],
    [
      'a component of a subpackage without a placeholder',
      (at) => at.edit('pages/home/index.json', '"componentPlaceholder": { "chart": "view" }', '"x": {}'),
      [['pages/home/index.json', '"chart"', '<chart> is in the subpackage more: it needs a componentPlaceholder here']],
    ],
    [
      'a component that TDesign does not have',
      (at) => at.edit('pages/form/index.json', 'picker-item/picker-item"', 'picker-item/item"'),
      [
        ['pages/form/index.json', '"t-picker-item"', 'there is no picker-item/item in TDesign'],
        [
          'pages/form/index.json',
          '"t-picker-item"',
          '<t-picker-item> means tdesign-miniprogram/picker-item/item, which does not exist',
        ],
        [
          'pages/form/index.wxml',
          '<t-picker-item',
          "<t-picker-item> is neither declared in the JSON nor one of WeChat's own components",
        ],
      ],
    ],
    [
      'a page without a script',
      (at) => at.remove('more/detail/index.ts'),
      [['more/detail/index.json', undefined, 'more/detail/index has no .ts']],
    ],
    [
      'JSON that is none',
      (at) => at.edit('more/chart/index.json', 'true }', 'true, }'),
      [['more/chart/index.json', 'true, }', /./]],
    ],
    [
      'an icon that TDesign does not have, in a template',
      (at) => at.edit('pages/home/index.wxml', "'chat' : 'add'", "'chat' : 'ad'"),
      [['pages/home/index.wxml', "'ad'", 'there is no icon ad in TDesign']],
    ],
    [
      'an icon that TDesign does not have, in a table',
      (at) => at.edit('custom-tab-bar/index.ts', "icon: 'edit'", "icon: 'edith'"),
      [['custom-tab-bar/index.ts', "'edith'", 'there is no icon edith in TDesign']],
    ],
  ],
  [
    [
      'a page that is not there',
      (at) => at.edit('app.json', 'detail/index', 'details/index'),
      [['app.json', 'details/index', 'the page more/details/index has no more/details/index.json']],
    ],
    [
      'a page of the main package that is not there',
      (at) => at.edit('app.json', '"pages": [', '"pages": ["pages/none/index", '),
      [['app.json', '"pages/none/index"', 'the page pages/none/index has no pages/none/index.json']],
    ],
    [
      'a tab that is no page',
      (at) => at.edit('app.json', '"pagePath": "pages/form/index"', '"pagePath": "pages/forms/index"'),
      [['app.json', 'pages/forms/index', 'the tab pages/forms/index is no page']],
    ],
    [
      'a component that is not there',
      (at) => at.edit('pages/home/index.json', '/components/card/index', '/components/cart/index'),
      [
        ['pages/home/index.json', '"card"', '<card> means /components/cart/index, which does not exist'],
        ['pages/home/index.wxml', '<card', "<card> is neither declared in the JSON nor one of WeChat's own components"],
      ],
    ],
  ],
  [
    [
      'a script that cannot be read',
      (at) => at.append('more/chart/index.ts', 'const =\n'),
      [['more/chart/index.ts', 'const =', 'Expected identifier but found "="']],
    ],
    [
      'a script that is not there',
      (at) => at.edit('components/card/index.ts', 'behaviors/counter', 'behaviors/count'),
      [
        [
          'components/card/index.ts',
          'behaviors/count',
          'there is no ../../behaviors/count, neither beside this file nor in miniprogram_npm',
        ],
      ],
    ],
    [
      'more than types from outside of the mini-program',
      (at) => {
        at.write('../wire.ts', 'export const wire = 1\n')
        at.append('pages/home/index.ts', "import { wire } from '../../../wire'\nexport const more = wire\n")
      },
      [
        [
          'pages/home/index.ts',
          '/wire',
          "only types can come from outside the mini-program: import type … from '../../../wire'",
        ],
      ],
    ],
    [
      'a script of a subpackage that may not have been loaded',
      (at) => at.append('pages/form/index.ts', "import '../../more/chart/index'\n"),
      [
        [
          'pages/form/index.ts',
          'more/chart',
          '../../more/chart/index is in another subpackage, which may not be loaded: use require.async',
        ],
      ],
    ],
  ],
]

interface Fault {
  place: string
  message: string
}

describe('a build of the preview names the file and the line of', function () {
  this.timeout(120_000)
  for (const round of rounds) {
    let at: Place
    let said: Fault[]
    before(async () => {
      at = place()
      for (const [, spoil] of round) spoil(at)
      said = (await at.faults()).map((line) => {
        const [where = '', ...message] = line.split(': ')
        return { place: where, message: message.join(': ') }
      })
    })
    const fits = (fault: Fault, [file, text, message]: Says) =>
      fault.place === (text === undefined ? file : `${file}:${at.lineOf(file, text)}`) &&
      (typeof message === 'string' ? fault.message === message : message.test(fault.message))

    for (const [what, , says] of round) {
      it(what, () => {
        for (const expected of says) {
          assert.ok(
            said.some((fault) => fits(fault, expected)),
            JSON.stringify({ expected, said }, null, 2),
          )
        }
      })
    }
    it('nothing else, after these', () => {
      const expected = round.flatMap(([, , says]) => says)
      assert.deepEqual(
        said.filter((fault) => !expected.some((one) => fits(fault, one))),
        [],
      )
    })
  }

  it('a wrong type, together with whatever else is wrong', async () => {
    const at = place()
    at.edit('app.ts', 'this.launches += 1', "this.launches = 'one'")
    at.append('pages/form/index.wxml', '<view>\n')
    assert.deepEqual(await at.faults({ isChecked: true }), [
      `pages/form/index.wxml:${at.lineOf('pages/form/index.wxml', '<view>\n')}: missing end tag: view`,
      `app.ts:${at.lineOf('app.ts', "'one'")}: TS2322: Type 'string' is not assignable to type 'number'.`,
    ])
  })
})

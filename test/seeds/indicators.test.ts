// Holds the transcription of the 41 tasks to what was compared with the printed table, word for word.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readSeed } from './read.js'

interface Indicator {
  no: number
  area: string
  item: string
  task: string
  measures: string[]
  leadUnits: string[]
  supportUnits: string[]
  unitText: string
  scanNote?: string
}

const table = readSeed<{ year: number; title: string; source: string; note: string; indicators: Indicator[] }>(
  'indicators/2023.json',
)
const units = readSeed<{ units: { code: string }[] }>('units.json').units

/**
 * SHA-256 of each row as compared with the table: 一级指标, 二级指标, 具体任务, 具体举措 and 责任单位 joined by `|`,
 * all white space removed. A row changes here only after it was read against the table again.
 */
const compared = [
  '31d583fd19270049a69dcb5eee6e82e8b5a19aa1bb67456f8e46711611729db4',
  '956f9bc0f511dc1327170a0742eb0379f9a03649668fcf8168b3b2dbd98ad998',
  '2d19cb6c0c01fd53b194edb0ae405e61f91c8762722fd249b86c406499ef14ed',
  'b898737793f4f22b984f89cf23a3543fd4cadb9a1a1afa54167d33d35c545a46',
  '02f40f1835b83a73e8b5dbe43ce773fa11d8efb819a77076f58b203665dcec14',
  '80a97c350561ac0737a68713d80c15800a6f116d8036033ce22a0ab932a00d23',
  'd0e100d7a0e473b77376b8e3f732d52483da3d80774f27216e35996b41f53bf6',
  'be6e1dae68fc41ed1bf994e6a42ccdba68e2350060d06f0a64ec150f92fcfe66',
  '923d703b3c30082e03a750929cf58dd87ec57870a467754a1aa2caf1857b838d',
  '68ca9ee91e3ad7f0b2f9d23558f106d87510a1291d4077d4155f5b8fb0c61a7e',
  'f34fc6c6b639140bed3b01103fe00c566404ad60dca77609d30502baac3380ed',
  'a8e87ea8d7ad8b0791fc82c7c0a86da3625300d74649b498e2ce23063266583a',
  'd5870d236eb9f3d6c7a488c30fa63849628fd6bc33f3618554530603047b2409',
  'a5746e000e1f111b4dbf9bfa9d886956b98879e9bd191d9ef89d193984da5ed4',
  '49beae9a0e580fc4859ffc41740dedb03a0b0139b189f7c7b8e180f97af7eed2',
  '009e8ba263897bb357d1d52fdc2c62936b9e1e0b8d8cb6642689e1f99aabcc2d',
  '4adcc51ab2989cb8676cfad1910e0eb72df49932286f26022a459f5482a570d2',
  'e324ddc0fe59049c54cdd2e5417ee0a53fee8a12308334bb6cc5b46997a9ed11',
  '595b03719bbcb6792072e2c147486984d64d1d3644bea1c2be37aaf24b90b96c',
  '1c26227c101487b394a8286f1eefb182cd3e6aa608b3cc7c08e5070e99e4d2b8',
  '62f4218d2a3b64db64aef70852d9cbc3acd9cb53eacfcede4200e4258acfcfc2',
  'a61fd9744dd318569539f4b7157e8ef5fea1288dd953ab4d6170fb87883e3251',
  'a2a4375704c916236cea770b0c81523e53d7067091db7bc827ab8068b48c61ae',
  '64497376a17d34f3308428cb85006450d3da5b7ebf4379f25e7d5c7381518e36',
  'a491710ebec9fcd81fcfb0256a9112fcfad30758362bda299d2f18725ee706fe',
  '2bf7219e2382be6d31b998545765377cca637dfffe0ead1c43792d25f91da060',
  '795397661dcf6e07af6b9a29b15f072600a5d8ba669b628dbd4093a00428cc9f',
  '0234d587961559b5d2e07ae394c37e2b3f451d4d2503b4b9be45f5f782ed964e',
  '21b6356a459c4bcef2f37e46824e5420a854530f2aebe2f8ca709c2076236a8f',
  'd26b823424b9b84e0aa28b711d34358595bd03a0f3331d1b8091feb1f2fdd6a2',
  '93bb6a2a64e612efd26a47d3f49622e1406225dd835cd0af769374edb16191d2',
  '729bec104053be3b755c70ce462be5375e473d9a7dd38919991ff52b34110440',
  '89edae796b3f421b71dace070947abec5a4449662fd3808e219f50fb0d437ac6',
  'cceb42918136fdda1b3345da663720b3fa334e40f44189c9627a039bc2895fdd',
  '3032971faabb8193b6847170648f47b946f3d4b4ad8af1cc50e1a2d4d1ef6421',
  'dabdeccad29fd43e57540bb33d9e4b43a939345bbea8e694e7572f3d78fe50d7',
  'dcfa81d656d64f56c3d6341e3c26621c98fefb81f6a6e6f33e187878f0080daf',
  '37492296f52664b8465224ee9dba42e7a3196a90a788df77174e9b77d55aa6e7',
  '00ef52fe23a71d26314796c40ac7ca2091837bcb00549ab3624e13234ab27d8b',
  'acc33bdfde29c6825ae3ff0843e485acb37d07c6612dd2e0f29fa4e6538f1877',
  'b1b123414992cbf0e5a2a973f8a379f74a7bddb3cbbefa0f732c1cd019ca9f5c',
]

const fingerprint = (row: Indicator) =>
  createHash('sha256')
    .update(
      [row.area, row.item, row.task, ...row.measures, row.unitText].map((cell) => cell.replace(/\s+/gu, '')).join('|'),
    )
    .digest('hex')

const row = (no: number): Indicator => {
  const found = table.indicators.find((each) => each.no === no)
  assert.ok(found, `row ${no}`)
  return found
}

describe('营商环境建设评价指标任务分解表 2023', () => {
  it('has 41 tasks, numbered 1 to 41 in order', () => {
    assert.equal(table.year, 2023)
    assert.deepEqual(
      table.indicators.map(({ no }) => no),
      Array.from({ length: 41 }, (_, index) => index + 1),
    )
  })

  it('says every task in the words of the table', () => {
    assert.deepEqual(table.indicators.map(fingerprint), compared)
  })

  it('has four areas, in the order of the table', () => {
    assert.deepEqual(
      [...new Set(table.indicators.map(({ area }) => area))],
      ['（一）行政审批方面', '（二）执法检查方面', '（三）第三方服务方面', '（四）“打造营商环境标杆城市”'],
    )
  })

  it('keeps no HTML, no list mark and no empty cell', () => {
    for (const { no, area, item, task, measures } of table.indicators) {
      assert.ok(measures.length > 0, `row ${no} has measures`)
      for (const text of [area, item, task, ...measures]) {
        assert.notEqual(text.trim(), '', `row ${no}`)
        assert.equal(text, text.trim(), `row ${no}`)
        assert.doesNotMatch(text, /[<>\t\n]|&\w+;/u, `row ${no}`)
      }
      for (const text of [task, ...measures]) assert.doesNotMatch(text, /^\s*(?:\d+\s*[.．、]|[-•·])/u, `row ${no}`)
    }
  })

  it('names only units that exist, and each once', () => {
    const known = new Set(units.map(({ code }) => code))
    for (const { no, leadUnits, supportUnits } of table.indicators) {
      const named = [...leadUnits, ...supportUnits]
      assert.deepEqual(
        named.filter((code) => !known.has(code)),
        [],
        `row ${no}`,
      )
      assert.equal(new Set(named).size, named.length, `row ${no}`)
    }
  })

  it('leaves the units of tasks 33 and 41 empty, as printed, and only those', () => {
    const without = table.indicators.filter(({ leadUnits }) => leadUnits.length === 0)
    assert.deepEqual(
      without.map(({ no }) => no),
      [33, 41],
    )
    for (const { unitText, supportUnits } of without) assert.deepEqual([unitText, supportUnits], ['', []])
  })

  it('parts 牵头 from 配合 where the table does, and nowhere else', () => {
    for (const { no, unitText, supportUnits } of table.indicators) {
      assert.equal(supportUnits.length > 0, unitText.includes('牵头'), `row ${no}`)
    }
    assert.deepEqual(row(35).leadUnits, ['serviceCenter'])
    assert.deepEqual(row(35).supportUnits, ['relatedOffices', 'enforcement', 'academy', 'allBranches'])
  })

  it('says where the scan was damaged', () => {
    for (const no of [10, 11, 12, 13, 14, 15, 16, 23, 29, 33, 41]) assert.ok(row(no).scanNote, `row ${no}`)
    assert.equal(row(13).item, row(12).item)
    assert.equal(row(29).area, '（三）第三方服务方面')
    assert.equal(row(29).item, row(30).item)
    assert.equal(row(16).item, '2. 惠民帮扶')
  })
})

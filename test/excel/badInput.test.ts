/** Whatever somebody sends in: one clear sentence, and no change. */
import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import { type Cell as ExcelCell, writeXlsx } from 'hucre/xlsx'
import { ZipFile } from 'yazl'
import { readWorkbook } from '../../src/excel/readWorkbook.js'
import { REFUSALS } from '../../src/excel/refusals.js'
import { partsOf } from '../../src/excel/unpack.js'
import { Project } from '../../src/projects/project.js'
import { staff, type StaffMember } from '../factories.js'
import { ole, pdf, wordHead, workbook } from '../files/samples.js'
import { upload } from '../files/upload.js'
import { Refused, type World, world } from '../world.js'
import { officeHeaders, officeLedger, officeLine } from './ledger.js'
import { importLedger } from './sending.js'

/** A workbook with one of its parts replaced, or one more. */
async function withPart(bytes: Buffer, path: string, part: Buffer | Readable): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, content] of await partsOf(bytes)) if (name !== path) zip.addBuffer(content, name)
  if (Buffer.isBuffer(part)) zip.addBuffer(part, path)
  else zip.addReadStream(part, path)
  zip.end()
  return buffer(zip.outputStream as Readable)
}

const SHEET = 'xl/worksheets/sheet1.xml'
const HEADED = /^.*?<sheetData>/s

/** The ledger's sheet, with so many empty rows after its header. */
async function emptyRows(count: number): Promise<Readable> {
  const sheet = (await partsOf(await officeLedger(1))).get(SHEET)?.toString() ?? ''
  const start = HEADED.exec(sheet)?.[0] ?? ''
  const row = '<row/>'.repeat(10_000)
  return Readable.from(
    (function* () {
      yield Buffer.from(start)
      for (let done = 0; done < count; done += 10_000) yield Buffer.from(row)
      yield Buffer.from(sheet.slice(start.length))
    })(),
    { objectMode: false },
  )
}

describe('what cannot be imported', () => {
  let w: World
  let clerk: StaffMember
  before(async () => {
    w = await world('embedded')
    clerk = await staff(w, { role: 'clerk', unitId: 'approval' })
  })
  after(() => w.stop())
  afterEach(async () => assert.equal(await w.service.house.ds.manager.count(Project), 0))

  const uploaded = (bytes: Buffer, name = '台账.xlsx') => upload(w, clerk.caller, bytes, { name })
  const refusal = async (work: Promise<unknown>) => {
    try {
      await work
    } catch (error) {
      assert.ok(error instanceof Refused)
      return [error.status, error.problem.errors[0]?.message]
    }
    return undefined
  }

  it('a file that is locked, has macros, is broken or is something else is not even taken', async () => {
    const ledger = await officeLedger(1)
    const cases: [Buffer, number, RegExp][] = [
      [ole([{ name: 'EncryptedPackage', data: wordHead() }]), 422, /密码/],
      [await withPart(ledger, 'xl/vbaProject.bin', Buffer.from('x')), 415, /宏/],
      [ledger.subarray(0, ledger.length - 100), 422, /打不开/],
      [Buffer.from('项目名称,建设单位\n甲,乙\n'), 415, /只接收/],
    ]
    for (const [bytes, status, said] of cases) {
      const answer = await uploaded(bytes)
      assert.equal(answer.status, status)
      assert.match(answer.body.title, said)
    }
  })

  it('another kind of file says what to do instead', async () => {
    const pdfFile = await uploaded(pdf(), '台账.pdf')
    assert.deepEqual(await refusal(clerk.caller.call('project.import', { fileId: pdfFile.body.id })), [
      422,
      REFUSALS.notExcel,
    ])
    const old = await uploaded(
      ole([{ name: 'Workbook', data: workbook([0x0085, [0, 0, 0, 0, 0, 0, 1, 0, 65]]) }]),
      '台账.xls',
    )
    assert.equal(old.status, 200)
    assert.deepEqual(await refusal(clerk.caller.call('project.import', { fileId: old.body.id })), [
      422,
      REFUSALS.oldExcel,
    ])
  })

  it('a file of somebody else is not theirs to import, and who may not import may not', async () => {
    const other = await staff(w, { role: 'clerk', unitId: 'approval' })
    const officer = await staff(w, { role: 'officer', unitId: 'tiexi' })
    const { body } = await uploaded(await officeLedger(1))
    const [status, said] = (await refusal(other.caller.call('project.import', { fileId: body.id }))) ?? []
    assert.equal(status, 422)
    assert.match(String(said), /不是您上传的/)
    assert.equal((await officer.caller.try('project.import', { fileId: body.id })).status, 403)
  })

  it('ten million empty rows end at once', async () => {
    const bytes = await withPart(await officeLedger(1), SHEET, await emptyRows(10_000_000))
    const run = await importLedger(w, clerk.caller, bytes, { isDryRun: false })
    assert.deepEqual([run.state, run.message, run.file], ['refused', REFUSALS.emptyRows, null])
  })

  it('some hundred thousand empty rows, too, though they are no bomb', async () => {
    const bytes = await withPart(await officeLedger(1), SHEET, await emptyRows(300_000))
    const run = await importLedger(w, clerk.caller, bytes, { isDryRun: false })
    assert.deepEqual([run.state, run.message], ['refused', REFUSALS.emptyRows])
  })

  it('a bomb that lies about its size is found out while it unpacks', async () => {
    const honest = await withPart(
      await officeLedger(1),
      'xl/media/image1.bin',
      Readable.from(
        (function* () {
          for (let n = 0; n < 120; n += 1) yield Buffer.alloc(1024 * 1024)
        })(),
        { objectMode: false },
      ),
    )
    const lying = Buffer.from(honest)
    // The central directory's entry of that part: its declared size becomes one byte.
    const at = lying.lastIndexOf(Buffer.from('xl/media/image1.bin')) - 46
    assert.equal(lying.readUInt32LE(at), 0x02014b50)
    lying.writeUInt32LE(1, at + 24)
    const run = await importLedger(w, clerk.caller, lying, { isDryRun: false })
    assert.deepEqual([run.state, run.message], ['refused', REFUSALS.tooLarge])
  })

  it('a part that does not unpack, and a workbook without a ledger', async () => {
    const bytes = Buffer.from(await officeLedger(50))
    const at = bytes.indexOf(Buffer.from(SHEET)) + SHEET.length
    bytes.fill(0xff, at + 20, at + 400)
    const broken = await importLedger(w, clerk.caller, bytes)
    assert.deepEqual([broken.state, broken.message], ['refused', REFUSALS.broken])
    const other = Buffer.from(
      await writeXlsx({
        sheets: [
          {
            name: '通讯录',
            rows: [
              ['姓名', '电话'],
              ['甲', '乙'],
            ],
          },
        ],
      }),
    )
    const noTable = await importLedger(w, clerk.caller, other)
    assert.deepEqual([noTable.state, noTable.message], ['refused', REFUSALS.noTable])
    const empty = await importLedger(w, clerk.caller, await officeLedger(0))
    assert.deepEqual([empty.state, empty.message], ['refused', REFUSALS.noLines])
  })

  it('a formula where a value belongs is named; in a column of no concern it is passed over', async () => {
    const rows = [officeHeaders, officeLine(1), officeLine(2)]
    const cells = new Map<string, Partial<ExcelCell>>([
      ['1,0', { formula: 'ROW()-1', value: 1 }],
      [`2,${officeHeaders.indexOf('*项目名称')}`, { formula: 'A1&"项目"', value: '测试·某项目' }],
    ])
    const bytes = Buffer.from(await writeXlsx({ sheets: [{ name: '台账', rows, cells }] }))
    const run = await importLedger(w, clerk.caller, bytes, { isDryRun: false })
    assert.deepEqual([run.state, run.counts?.faults], ['faulty', 1], run.message ?? '')
    assert.match(run.message ?? '', /C3：这一格是公式/)
  })

  it('more lines than fit, and a workbook that takes too long', async () => {
    const many = await officeLedger(20_001)
    await assert.rejects(readWorkbook('project.import', many), { message: REFUSALS.tooManyRows })
    await assert.rejects(readWorkbook('project.import', many, 1), { message: REFUSALS.tooSlow })
  })
})

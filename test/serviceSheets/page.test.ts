/** Sheets with more on them, or odder things, than a page was made for. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { SheetContent } from '../../src/serviceSheets/contract.js'
import { drawSheet } from '../../src/serviceSheets/drawing/page.js'

const run = promisify(execFile)
const output = fileURLToPath(new URL('../output', import.meta.url))

const plain: SheetContent = {
  project: { name: '测试·项目', code: null, builder: '测试·建设单位', place: null, scale: null },
  document: null,
  windows: [],
  materials: [],
  times: null,
  steps: [],
  tracks: [],
  duty: '跟踪督办',
  measures: [],
  officers: [],
  complaints: [{ name: '市民热线', phone: '12345' }],
  reminders: [],
  note: null,
  package: null,
}

/** The pages of the sheet, each as its text without blanks. */
async function pagesOf(
  name: string,
  content: Partial<SheetContent>,
  codeImage: Buffer | null = null,
): Promise<string[]> {
  const pdf = await drawSheet({
    number: 'FW20261126-K7M4Q',
    edition: 1,
    issuedOn: '2026-11-26',
    content: { ...plain, ...content },
    code: { text: 'K7M4-Q2WX-3RTY', expiresOn: '2027-02-24' },
    codeImage,
  })
  await mkdir(output, { recursive: true })
  const path = join(output, `service-sheet-${name}.pdf`)
  await writeFile(path, pdf)
  const { stdout } = await run('pdftotext', ['-raw', path, '-'])
  return stdout
    .split('\f')
    .slice(0, -1)
    .map((page) => page.replace(/\s/g, ''))
}

describe('the page of a service sheet', function () {
  this.timeout(30_000)

  it('has its letters where the picture of the code cannot be read', async () => {
    const broken = Buffer.from('89504e470d0a1a0a0000', 'hex')
    for (const image of [broken, Buffer.from('ffd8ff', 'hex')]) {
      const [page = ''] = await pagesOf('broken-picture', {}, image)
      assert.match(page, /K7M4-Q2WX-3RTY/)
      assert.doesNotMatch(page, /小程序码/)
    }
  })

  it('stays one page, however the ledger breaks the lines of the scale', async () => {
    const scale = '一期\n\n二期\r\n三期\u2028四期\n'.repeat(100)
    const pages = await pagesOf('broken-lines', { project: { ...plain.project, scale } })
    assert.equal(pages.length, 1)
    assert.match(pages[0] ?? '', /内容和规模：一期二期三期四期/)
    assert.match(pages[0] ?? '', /12345.*K7M4-Q2WX-3RTY/)
  })

  it('goes on over further pages, with nothing lost and the code at the end of the last', async () => {
    const materials = Array.from({ length: 40 }, (_, at) => ({
      name: `第${at + 1}件材料`,
      detail: '原件，由申请人自备，按要求盖章。'.repeat(12),
    }))
    const steps = Array.from({ length: 30 }, (_, at) => ({
      name: `第${at + 1}个环节${'办理'.repeat(60)}`,
      who: '窗口',
      clock: '计时',
      limit: '',
    }))
    const pages = await pagesOf('many', { materials, steps })
    assert.ok(pages.length > 1 && pages.length < 12, `${pages.length} pages`)
    const all = pages.join('')
    for (const { name } of [...materials, ...steps]) assert.ok(all.includes(name), name)
    for (const [at, page] of pages.entries()) {
      assert.ok(page.length > 200, `page ${at + 1} has ${page.length} letters`)
      assert.equal(page.includes('K7M4-Q2WX-3RTY'), at === pages.length - 1)
    }
  })

  it('is drawn whatever letters stand in a name, and what looks like a command of the file stays text', async () => {
    const name = ') Tj /JS (app.alert(1)) >> endobj 👨‍👩‍👧‍👦 \u202eשלום مرحبا नमस्ते Z\u0300\u0301\u0302 \u200b\u0000'
    const pages = await pagesOf('odd', { project: { ...plain.project, name }, note: 'W'.repeat(300) })
    assert.equal(pages.length, 1)
    assert.ok(pages[0]?.includes(')Tj/JS(app.alert(1))>>endobj'), pages[0])
    const { stdout } = await run('pdfinfo', ['-js', join(output, 'service-sheet-odd.pdf')])
    assert.equal(stdout.trim(), '')
  })
})

import assert from 'node:assert/strict'
import { inspect, UNPACKED_MAX } from '../../src/files/inspect.js'
import { canvas, docx, ole, pdf, wordHead, workbook, xlsx, zip } from './samples.js'

const accepted = (kind: string, mime: string, extension: string) => ({ isAccepted: true, kind, mime, extension })
const outcome = (bytes: Buffer) => {
  const result = inspect(bytes)
  return result.isAccepted ? result.extension : result.reason
}

describe('what a file is', () => {
  it('is told by content: photos, PDF, Word and Excel, new and old', async () => {
    assert.deepEqual(inspect(await canvas().jpeg().toBuffer()), accepted('image', 'image/jpeg', 'jpg'))
    assert.deepEqual(inspect(await canvas().png().toBuffer()), accepted('image', 'image/png', 'png'))
    assert.deepEqual(inspect(await canvas().webp().toBuffer()), accepted('image', 'image/webp', 'webp'))
    assert.deepEqual(inspect(pdf()), accepted('pdf', 'application/pdf', 'pdf'))
    const office = 'application/vnd.openxmlformats-officedocument.'
    assert.deepEqual(inspect(docx()), accepted('word', `${office}wordprocessingml.document`, 'docx'))
    assert.deepEqual(inspect(xlsx()), accepted('excel', `${office}spreadsheetml.sheet`, 'xlsx'))
    assert.deepEqual(
      inspect(ole([{ name: 'WordDocument', data: wordHead() }])),
      accepted('word', 'application/msword', 'doc'),
    )
    assert.deepEqual(
      inspect(ole([{ name: 'Workbook', data: workbook([0x0085, [0, 0, 0, 0, 0, 0, 1, 0, 65]]) }])),
      accepted('excel', 'application/vnd.ms-excel', 'xls'),
    )
  })

  it('an old workbook written twice, for two versions of Excel, is still a workbook', () => {
    const macro = workbook([0x0085, [0, 0, 0, 0, 0, 1, 1, 0, 65]])
    const twice = (second: Buffer) =>
      ole([
        { name: 'Book', data: workbook() },
        { name: 'Workbook', data: second },
      ])
    assert.equal(outcome(twice(workbook())), 'xls')
    assert.equal(outcome(twice(macro)), 'macros')
    const both = ole([
      { name: 'WordDocument', data: wordHead() },
      { name: 'Workbook', data: workbook() },
    ])
    assert.equal(outcome(both), 'unsupported')
  })

  it('names the reason, the status and what to do when it is refused', () => {
    const refusal = inspect(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))
    assert.deepEqual(refusal, {
      isAccepted: false,
      reason: 'unsupported',
      status: 415,
      title: '只接收照片（JPG、PNG、WebP）、PDF、Word 和 Excel 文件，请转换后再上传',
    })
  })

  it('a HEIC photo is refused with advice how to take JPEG or send through WeChat', () => {
    const heic = Buffer.concat([Buffer.from('00000018', 'hex'), Buffer.from('ftypheic\0\0\0\0mif1heic')])
    const refusal = inspect(heic)
    assert.ok(!refusal.isAccepted)
    assert.equal(refusal.reason, 'heic')
    assert.match(refusal.title, /兼容性最佳.*微信/)
  })

  it('anything else is refused: markup, programs, archives, presentations, an empty file', () => {
    assert.equal(outcome(Buffer.from('<!doctype html><script>alert(1)</script>')), 'unsupported')
    assert.equal(outcome(Buffer.from('MZ\x90\0', 'latin1')), 'unsupported')
    assert.equal(outcome(Buffer.from('GIF89a')), 'unsupported')
    assert.equal(outcome(zip([{ name: 'a.txt', data: 'a' }])), 'unsupported')
    assert.equal(outcome(zip([{ name: '[Content_Types].xml' }, { name: 'ppt/presentation.xml' }])), 'unsupported')
    assert.equal(outcome(zip([{ name: 'word/document.xml' }])), 'unsupported')
    assert.equal(outcome(docx({ name: 'xl/workbook.xml' })), 'unsupported')
    assert.equal(outcome(ole([{ name: 'PowerPoint Document', data: wordHead() }])), 'unsupported')
    assert.equal(outcome(Buffer.alloc(0)), 'fileEmpty')
  })
})

describe('a PDF', () => {
  it('starts with %PDF- within its first 1024 bytes', () => {
    assert.equal(outcome(pdf('\r\n'.repeat(512))), 'pdf')
    assert.equal(outcome(pdf(' '.repeat(1025))), 'unsupported')
  })

  it('is not a page or a program with a PDF further down', () => {
    assert.equal(outcome(pdf('<html><script>alert(1)</script>')), 'unsupported')
    assert.equal(outcome(pdf('MZ')), 'unsupported')
    assert.equal(outcome(pdf('GIF89a')), 'unsupported')
  })
})

describe('a document with macros', () => {
  it('is refused as .docm or .xlsm under any name and spelling', () => {
    assert.equal(outcome(docx({ name: 'word/vbaProject.bin' })), 'macros')
    assert.equal(outcome(xlsx({ name: 'xl/VBAPROJECT.BIN' })), 'macros')
    assert.equal(outcome(xlsx({ name: 'xl\\vbaProject.bin' })), 'macros')
    assert.equal(outcome(xlsx({ name: 'xl/macrosheets/sheet1.xml' })), 'macros')
  })

  it('is refused as old .doc or .xls with Visual Basic or an Excel 4.0 macro sheet', () => {
    assert.equal(
      outcome(
        ole([
          { name: 'WordDocument', data: wordHead() },
          { name: 'Macros', data: wordHead() },
        ]),
      ),
      'macros',
    )
    assert.equal(
      outcome(
        ole([
          { name: 'Workbook', data: workbook() },
          { name: '_VBA_PROJECT_CUR', data: wordHead() },
        ]),
      ),
      'macros',
    )
    assert.equal(outcome(ole([{ name: 'Workbook', data: workbook([0x0085, [0, 0, 0, 0, 2, 1, 1, 0, 65]]) }])), 'macros')
  })
})

describe('a document with a password', () => {
  it('is refused, since nobody here could open it', () => {
    assert.equal(outcome(ole([{ name: 'EncryptedPackage', data: wordHead() }])), 'locked')
    assert.equal(outcome(ole([{ name: 'WordDocument', data: wordHead(0x0100) }])), 'locked')
    assert.equal(outcome(ole([{ name: 'Workbook', data: workbook([0x002f, [1, 0]]) }])), 'locked')
    assert.equal(outcome(docx({ name: 'word/media/a.png', claims: { flags: 1 } })), 'locked')
  })
})

describe('a ZIP bomb', () => {
  it('is refused by what its directory declares', () => {
    const half = { unpacked: UNPACKED_MAX / 2 }
    assert.equal(outcome(docx({ name: 'word/a.xml', claims: { unpacked: UNPACKED_MAX / 2 } })), 'docx')
    assert.equal(
      outcome(docx({ name: 'word/a.xml', claims: half }, { name: 'word/b.xml', claims: half })),
      'unpacksTooLarge',
    )
    assert.equal(outcome(docx({ name: 'word/a.xml', claims: { unpacked: 0xffffffff } })), 'unpacksTooLarge')
  })

  it('is refused when entries share their packed bytes', () => {
    assert.equal(outcome(docx({ name: 'word/a.xml', claims: { packed: 100_000 } })), 'unpacksTooLarge')
  })

  it('is refused with more entries than a document has', () => {
    const many = Array.from({ length: 5_001 }, (_, n) => ({ name: `word/${n}.xml` }))
    assert.equal(outcome(docx(...many)), 'broken')
  })
})

describe('a damaged document', () => {
  it('is refused wherever it is cut, and never throws', () => {
    for (const whole of [docx(), xlsx()]) {
      for (let length = 4; length < whole.length; length += 1) {
        assert.equal(outcome(whole.subarray(0, length)), 'broken', `cut at ${length}`)
      }
    }
    const doc = ole([{ name: 'WordDocument', data: wordHead() }])
    const firstBodyByte = 1536
    for (let length = 8; length < firstBodyByte + 12; length += 4) {
      assert.notEqual(outcome(doc.subarray(0, length)), 'doc', `cut at ${length}`)
    }
  })

  it('is refused when something is glued behind it', () => {
    assert.equal(outcome(Buffer.concat([docx(), Buffer.from('<script>alert(1)</script>')])), 'broken')
  })

  it('ends the walk when the chains of an old document run in circles', () => {
    const doc = ole([{ name: 'Workbook', data: workbook() }])
    for (let slot = 0; slot < 16; slot += 1) doc.writeUInt32LE(slot, 512 + slot * 4)
    assert.equal(outcome(doc), 'xls')
  })
})

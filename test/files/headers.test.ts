import assert from 'node:assert/strict'
import { downloadHeaders } from '../../src/files/headers.js'
import { cleanName } from '../../src/files/name.js'

describe('the headers of a stored file', () => {
  it('show a photo in place, sandboxed, under its name in UTF-8', () => {
    assert.deepEqual(downloadHeaders({ name: "现场 (1)'s.png", mime: 'image/jpeg' }), {
      'Content-Type': 'image/jpeg',
      'Content-Disposition': "inline; filename=\"__ (1)'s.jpg\"; filename*=UTF-8''%E7%8E%B0%E5%9C%BA%20%281%29%27s.jpg",
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cache-Control': 'private',
    })
  })

  it('save Word and Excel to the device, and anything that is not ours as bytes', () => {
    const word = downloadHeaders({ name: 'a.docx', mime: 'application/msword' })
    assert.equal(word['Content-Disposition'], 'attachment; filename="a.doc"; filename*=UTF-8\'\'a.doc')
    const page = downloadHeaders({ name: 'a.html', mime: 'text/html' })
    assert.equal(page['Content-Type'], 'application/octet-stream')
    assert.equal(page['Content-Disposition'], 'attachment; filename="a.bin"; filename*=UTF-8\'\'a.bin')
  })

  it('stay one header whatever the name holds', () => {
    const name = 'a"; x=\\\r\nSet-Cookie: b=1\0\ud800😀.pdf'
    const value = downloadHeaders({ name, mime: 'application/pdf' })['Content-Disposition'] ?? ''
    assert.match(value, /^inline; filename="[^"\\\r\n\0]*"; filename\*=UTF-8''[\w.%~!-]*$/)
    assert.ok(value.endsWith('%F0%9F%98%80.pdf'))
  })
})

describe('the name of a file', () => {
  it('is its base name, without control and half characters', () => {
    assert.equal(cleanName('../../etc/报告.pdf'), '报告.pdf')
    assert.equal(cleanName('C:\\桌面\\报告.pdf'), '报告.pdf')
    assert.equal(cleanName(' a\0\r\nb\x7f\ud800c.pdf '), 'abc.pdf')
    assert.equal(cleanName('照片😀.jpg'), '照片😀.jpg')
  })

  it('cannot hide its extension behind a mark that turns the writing direction', () => {
    assert.equal(cleanName('发票\u202Efdp.exe'), '发票fdp.exe')
  })

  it('is at most 100 characters and keeps its extension', () => {
    const name = cleanName(`${'环'.repeat(300)}.docx`)
    assert.equal(name, `${'环'.repeat(95)}.docx`)
    assert.equal(Array.from(cleanName('😀'.repeat(300))).length, 100)
  })

  it('is 未命名 when nothing is left of it', () => {
    for (const raw of ['', '..', '/', 'a/', '\0\0', '   ']) assert.equal(cleanName(raw), '未命名')
  })
})

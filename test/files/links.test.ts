import assert from 'node:assert/strict'
import { linkExpiry, signLink, verifyLink } from '../../src/files/links.js'

const key = Buffer.alloc(32, 7)
const now = new Date('2026-11-23T10:00:00+08:00')
const link = { fileId: '01900000-0000-7000-8000-000000000001', personId: 'p-1', expiresAt: linkExpiry(now) }
const asked = (query: string, fileId = link.fileId) => ({ fileId, ...Object.fromEntries(new URLSearchParams(query)) })
const after = (minutes: number) => new Date(now.getTime() + minutes * 60_000)

describe('a signed link', () => {
  it('says which file it opens, for whom and until when', () => {
    assert.deepEqual(verifyLink(key, asked(signLink(key, link)), now), { isValid: true, ...link })
    const open = { ...link, personId: null }
    assert.deepEqual(verifyLink(key, asked(signLink(key, open)), now), { isValid: true, ...open })
  })

  it('holds for ten minutes', () => {
    const query = signLink(key, link)
    assert.equal(verifyLink(key, asked(query), new Date(after(10).getTime() - 1)).isValid, true)
    assert.deepEqual(verifyLink(key, asked(query), after(10)), { isValid: false, reason: 'expired' })
  })

  it('opens no other file, for nobody else, no longer, and under no other key', () => {
    const query = signLink(key, link)
    const good = asked(query)
    const forged = { isValid: false, reason: 'forged' }
    const { p: _, ...nobody } = good as Record<string, string> & { fileId: string }
    assert.deepEqual(verifyLink(key, asked(query, 'another'), now), forged)
    assert.deepEqual(verifyLink(key, { ...good, p: 'p-2' }, now), forged)
    assert.deepEqual(verifyLink(key, nobody, now), forged)
    assert.deepEqual(verifyLink(key, { ...good, e: '9999999999' }, now), forged)
    assert.deepEqual(verifyLink(key, { ...good, s: 'A'.repeat(43) }, now), forged)
    assert.deepEqual(verifyLink(Buffer.alloc(32, 8), good, now), forged)
  })

  it('with parts missing, repeated or of another shape is malformed', () => {
    const good = asked(signLink(key, link)) as Record<string, unknown> & { fileId: string }
    const bad = [
      { s: undefined },
      { e: undefined },
      { s: ['a', 'b'] },
      { p: ['a', 'b'] },
      { s: '汉'.repeat(43) },
      { s: '' },
      { e: '1e9' },
      { e: '-1' },
    ]
    for (const part of bad) {
      assert.deepEqual(verifyLink(key, { ...good, ...part }, now), { isValid: false, reason: 'malformed' })
    }
  })
})

/** What the file picker keeps of its rows when its page speaks. */
import assert from 'node:assert/strict'

describe('the rows of the file picker', () => {
  const fake = { getStorageSync: () => '', getAccountInfoSync: () => ({ miniProgram: { envVersion: 'develop' } }) }
  Object.assign(globalThis, { wx: (globalThis as { wx?: object }).wx ?? fake })

  const file = (id: string) => ({
    id,
    name: `${id}.pdf`,
    kind: 'pdf' as const,
    mime: 'application/pdf',
    size: 2048,
    url: `/api/files/${id}`,
    isHeld: true,
  })
  const picked = (key: string) => ({
    key,
    path: `wxfile://${key}`,
    name: `${key}.pdf`,
    size: 2048,
    kind: 'pdf' as const,
  })

  it('what is on its way stays when the page gives back what has arrived', async () => {
    const { merged, waiting, lineOf } = await import('../../miniprogram/components/file-picker/rows')
    const arrived = { ...waiting(picked('a')), state: 'done' as const, file: file('1') }
    const rows = merged([arrived, waiting(picked('b'))], [file('1')])
    assert.deepEqual(rows, [arrived, waiting(picked('b'))])
    assert.deepEqual(
      rows.map((row) => lineOf(row).says),
      ['已上传，2 KB', '等待上传'],
    )
  })

  it('a file of a draft becomes a row, and one that the page threw away goes', async () => {
    const { merged, waiting, filesOf } = await import('../../miniprogram/components/file-picker/rows')
    const arrived = { ...waiting(picked('a')), state: 'done' as const, file: file('1') }
    const rows = merged([arrived, waiting(picked('b'))], [file('2')])
    assert.deepEqual(filesOf(rows), [file('2')])
    assert.deepEqual(
      rows.map(({ key }) => key),
      ['2', 'b'],
    )
  })
})

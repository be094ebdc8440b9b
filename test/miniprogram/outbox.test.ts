/** 断网也能记录上门服务: a record leaves the phone exactly once, whatever breaks on the way. */
import assert from 'node:assert/strict'
import { Failure, offline } from '../../miniprogram/services/failure.js'
import { type Entry, isLocked, Outbox, type Photo } from '../../miniprogram/services/outbox.js'
import { blankFields, type VisitRecord } from '../../miniprogram/services/visitRecord.js'

const fields = { ...blankFields('2026-11-25'), summary: '讲解了材料', startTime: '09:00', endTime: '10:00' }
const photo = (key: string): Photo => ({ key, path: `wxfile://store/${key}.jpg` })
const refusal = (path: string, message: string, status = 422) =>
  new Failure({ title: '有些内容需要改正', status, errors: [{ path, message }] })

/** A phone's storage: what was kept is there as it was, whoever reads it. */
function phone() {
  const kept = new Map<string, string>()
  return {
    all: () => [...kept.values()].map((text) => JSON.parse(text) as Entry),
    keep: (entry: Entry) => void kept.set(entry.id, JSON.stringify(entry)),
    remove: (id: string) => void kept.delete(id),
  }
}

/** A server as the real one is: the same key gives the same file, the same id and body the same visit. */
class Server {
  visits = new Map<string, string>()
  files = new Map<string, string>()
  requests: string[] = []
  dropped: string[][] = []
  /** What happens to the next requests: lost before they arrive, or their answer lost. */
  fate: ((what: string) => 'arrives' | 'lost' | 'answerLost') | undefined
  refuse: ((what: string) => Failure | undefined) | undefined

  ways = {
    upload: ({ key }: Photo) =>
      this.serve(`upload ${key}`, () => {
        if (!this.files.has(key)) this.files.set(key, `file-${this.files.size + 1}`)
        return this.files.get(key) as string
      }),
    record: (body: VisitRecord) =>
      this.serve(`record ${body.id}`, () => {
        const text = JSON.stringify(body)
        const before = this.visits.get(body.id)
        if (before !== undefined && before !== text) throw new Failure({ title: '这个编号已经用于另一次', status: 409 })
        this.visits.set(body.id, text)
      }),
    letGo: (photos: Photo[]) => void this.dropped.push(photos.map(({ key }) => key)),
  }

  private async serve<T>(what: string, work: () => T): Promise<T> {
    await Promise.resolve()
    this.requests.push(what)
    const fate = this.fate?.(what) ?? 'arrives'
    if (fate === 'lost') throw offline()
    const refused = this.refuse?.(what)
    if (refused) throw refused
    const answer = work()
    if (fate === 'answerLost') throw offline()
    return answer
  }
}

const states = (outbox: Outbox) => Object.fromEntries(outbox.all().map(({ id, state }) => [id, state]))

describe('outbox of visit records', () => {
  let shelf: ReturnType<typeof phone>
  let server: Server
  let outbox: Outbox
  /** The mini-program is closed and opened again: only what was kept is left. */
  const restart = () => {
    outbox = new Outbox(shelf, server.ways)
    return outbox
  }
  beforeEach(() => {
    shelf = phone()
    server = new Server()
    restart()
  })

  it('sends the photos first, then the record, and lets the photos go', async () => {
    outbox.write('a', { fields, photos: [photo('p1'), photo('p2')] })
    assert.deepEqual(states(outbox), { a: 'draft' })
    await outbox.queue('a')
    assert.deepEqual(server.requests, ['upload p1', 'upload p2', 'record a'])
    assert.deepEqual(JSON.parse(server.visits.get('a') ?? '').fileIds, ['file-1', 'file-2'])
    assert.deepEqual(states(outbox), { a: 'sent' })
    assert.deepEqual(server.dropped, [['p1', 'p2']])
  })

  it('leaves a draft alone', async () => {
    outbox.write('a', { fields, photos: [] })
    await outbox.sendAll()
    assert.deepEqual(server.requests, [])
  })

  it('without a network waits, and goes out by itself once there is one', async () => {
    server.fate = () => 'lost'
    outbox.write('a', { fields, photos: [photo('p1')] })
    await outbox.queue('a')
    assert.deepEqual(states(outbox), { a: 'queued' })
    assert.equal(isLocked(outbox.read('a') as Entry), false)
    server.fate = undefined
    await restart().sendAll()
    assert.deepEqual(states(outbox), { a: 'sent' })
  })

  it('without a network does not try the others as well', async () => {
    server.fate = () => 'lost'
    for (const id of ['a', 'b']) outbox.write(id, { fields, photos: [] })
    await Promise.all([outbox.queue('a'), outbox.queue('b')])
    assert.equal(server.requests.includes('record b'), false)
    assert.deepEqual(states(outbox), { a: 'queued', b: 'queued' })
  })

  it('whose answer was lost is sent again word for word, and cannot be changed meanwhile', async () => {
    server.fate = (what) => (what.startsWith('record') ? 'answerLost' : 'arrives')
    outbox.write('a', { fields, photos: [photo('p1')] })
    await outbox.queue('a')
    assert.deepEqual(states(outbox), { a: 'queued' })
    assert.equal(outbox.write('a', { fields: { ...fields, summary: '改了' }, photos: [] }), false)
    assert.equal(outbox.remove('a'), false)
    server.fate = undefined
    await restart().sendAll()
    assert.deepEqual(states(outbox), { a: 'sent' })
    assert.equal(server.visits.size, 1)
    assert.equal(server.files.size, 1)
  })

  it('cut off between any two steps ends with one visit and each photo once', async () => {
    for (let cut = 1; cut <= 3; cut += 1) {
      shelf = phone()
      server = new Server()
      const dying = restart()
      dying.write('a', { fields, photos: [photo('p1'), photo('p2')] })
      let count = 0
      // The phone dies while the answer of the nth request is on its way: nothing after it is run.
      const never = new Promise<never>(() => {})
      const { upload, record } = server.ways
      const dies = async <T>(work: Promise<T>): Promise<T> => {
        const answer = await work
        count += 1
        return count === cut ? never : answer
      }
      server.ways.upload = (one) => dies(upload(one))
      server.ways.record = (body) => dies(record(body))
      void dying.queue('a')
      await new Promise((resolve) => setTimeout(resolve, 5))
      assert.deepEqual(states(dying), { a: 'sending' })
      Object.assign(server.ways, { upload, record })
      await restart().sendAll()
      assert.deepEqual(states(outbox), { a: 'sent' })
      assert.equal(server.visits.size, 1)
      assert.equal(server.files.size, 2)
    }
  })

  it('triggered twice at once is sent once', async () => {
    outbox.write('a', { fields, photos: [photo('p1')] })
    await Promise.all([outbox.queue('a'), outbox.sendAll(), outbox.sendAll(), outbox.queue('a')])
    assert.deepEqual(server.requests, ['upload p1', 'record a'])
  })

  it('queued while another is under way goes out in the same run', async () => {
    outbox.write('a', { fields, photos: [] })
    outbox.write('b', { fields, photos: [] })
    const first = outbox.queue('a')
    const second = outbox.queue('b')
    await Promise.all([first, second])
    assert.deepEqual(states(outbox), { a: 'sent', b: 'sent' })
    assert.deepEqual(server.requests, ['record a', 'record b'])
  })

  it('refused keeps everything, says why, and does not hold up the next', async () => {
    server.refuse = (what) => (what === 'record a' ? refusal('staffIds', '上门服务至少两人') : undefined)
    outbox.write('a', { fields, photos: [photo('p1')] })
    outbox.write('b', { fields, photos: [] })
    await Promise.all([outbox.queue('a'), outbox.queue('b')])
    assert.deepEqual(states(outbox), { a: 'refused', b: 'sent' })
    const entry = outbox.read('a') as Entry
    assert.deepEqual(entry.said?.errors, [{ path: 'staffIds', message: '上门服务至少两人' }])
    assert.deepEqual(entry.fields, fields)
    assert.equal(entry.photos[0]?.fileId, 'file-1')
    assert.deepEqual(server.dropped, [[]])
    await outbox.sendAll()
    assert.equal(server.requests.filter((what) => what === 'record a').length, 1, 'is not tried again by itself')
  })

  it('refused, put right and sent again becomes one visit with the photo it already had', async () => {
    server.refuse = (what) => (what === 'record a' ? refusal('summary', '请填写') : undefined)
    outbox.write('a', { fields, photos: [photo('p1')] })
    await outbox.queue('a')
    server.refuse = undefined
    const { photos } = outbox.read('a') as Entry
    outbox.write('a', { fields: { ...fields, summary: '补上了' }, photos })
    assert.equal(outbox.read('a')?.said?.errors[0]?.message, '请填写', 'what was wrong stays said while it is mended')
    await outbox.queue('a')
    assert.deepEqual(states(outbox), { a: 'sent' })
    assert.equal(JSON.parse(server.visits.get('a') ?? '').summary, '补上了')
    assert.equal(server.files.size, 1)
  })

  it('with a photo the server swept away sends that anew under a new key, once', async () => {
    server.refuse = (what) => (what.startsWith('record') ? refusal('fileIds.0', '附件已失效') : undefined)
    outbox.write('a', { fields, photos: [photo('p1')] })
    await outbox.queue('a')
    assert.deepEqual(states(outbox), { a: 'refused' })
    assert.equal(server.files.size, 2)
    assert.equal(server.requests.filter((what) => what.startsWith('record')).length, 2)
  })

  it('waits out a server that is down, and says so', async () => {
    server.refuse = () => new Failure({ title: '服务暂时不可用，请稍后再试', status: 503 })
    outbox.write('a', { fields, photos: [] })
    await outbox.queue('a')
    assert.equal(outbox.read('a')?.said?.title, '服务暂时不可用，请稍后再试')
    server.refuse = undefined
    await outbox.sendAll()
    assert.deepEqual(states(outbox), { a: 'sent' })
  })

  it('whose number belongs to another visit can become a record of its own', async () => {
    server.visits.set('a', 'recorded by a colleague')
    outbox.write('a', { fields, photos: [photo('p1')] })
    await outbox.queue('a')
    assert.deepEqual(states(outbox), { a: 'refused' })
    const id = outbox.renumber('a') as string
    assert.notEqual(id, 'a')
    await outbox.queue(id)
    assert.deepEqual(states(outbox), { [id]: 'sent' })
    assert.equal(server.visits.size, 2)
  })

  it('tells whoever shows it of every step', async () => {
    const seen: string[] = []
    outbox.onChange(() => seen.push(outbox.read('a')?.state ?? 'gone'))
    outbox.write('a', { fields, photos: [] })
    await outbox.queue('a')
    outbox.remove('a')
    assert.deepEqual([...new Set(seen)], ['draft', 'queued', 'sending', 'sent', 'gone'])
  })
})

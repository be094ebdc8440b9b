/** Many connections that idle, bodies that come byte by byte, uploads that break off or come twice: people go on working. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import { pdf } from '../../../files/samples.js'
import { inside, later } from '../../ground.js'
import { dribble, halfUpload, hangUp, idle, pipeline } from '../rudeSockets.js'
import type { Scenario, Stage } from '../stage.js'
import { faultless } from '../verdict.js'

const IDLE = 1500
/** Of service.ts: who comes beyond is turned away. */
const MAX_CONNECTIONS = 2000
const SLOW = 100
const HALF = 60
const WHOLE = 40
const WRITES = 30
const PIPELINE = ['/health/live', '/nowhere', '/health/ready', '/api/session.me', '/health/live']
const PIPELINED = [200, 404, 200, 401, 200]

/** By key: what each upload was answered with. */
type Uploads = Map<string, Set<string>>

export const badConnections: Scenario<Uploads> = {
  name: 'bad connections',
  about: `${IDLE} idle connections, ${SLOW} bodies byte by byte, ${HALF} uploads cut in the middle and ${WHOLE} sent twice, requests in one go, then more connections than there are places`,
  on: ['embedded'],
  load: { clients: 6 },
  deadlineS: 240,
  around: async () => ({ own: new Map() }),
  async run(stage, uploads) {
    const { fleet, load, place, progress, faultBegins, remark } = stage
    const [url = ''] = fleet.urls()
    const tokenOf = (n: number) => place.cast.askers[n % place.cast.askers.length]?.token ?? ''
    await progress(WRITES)
    faultBegins()
    try {
      const standing = await idle(url, IDLE)
      const slow = Promise.all(Array.from({ length: SLOW }, (_, n) => dribble(url, tokenOf(n), 500)))
      await progress(WRITES)
      for (let n = 0; n < HALF; n += 10) {
        await Promise.all(Array.from({ length: 10 }, (_, i) => halfUpload(url, tokenOf(n + i))))
      }
      for (let n = 0; n < WHOLE; n += 1) await uploadTwice(stage, uploads, tokenOf(n), n)
      for (let n = 0; n < 20; n += 1) {
        const statuses = await pipeline(url, PIPELINE)
        if (String(statuses) !== String(PIPELINED)) load.ledger.surprise(`in one go: ${String(statuses)}`)
      }
      const ends = new Set(await slow)
      remark(`${standing} idle connections stood; bodies byte by byte ended with ${[...ends].join(', ')}`)
      if (ends.has(200)) load.ledger.surprise('half a body was taken for a whole one')
      hangUp()
      await progress(WRITES)
      const beyond = await idle(url, MAX_CONNECTIONS + 200)
      remark(`of ${MAX_CONNECTIONS + 200} connections at once ${beyond} were let in`)
    } finally {
      hangUp()
    }
    await progress(WRITES)
  },
  after: ({ place }, uploads) =>
    inside(place.env, later, async ({ house }) => {
      const verdict = faultless()
      const files = (await house.ds.query('SELECT id FROM stored_file')) as { id: string }[]
      const promised = [...uploads.values()]
      if (files.length > uploads.size) verdict.doubled.push(`${files.length} files of ${uploads.size} uploads`)
      for (const ids of promised)
        if (ids.size > 1) verdict.doubled.push(`one upload, several files: ${[...ids].join(' ')}`)
      const there = new Set(files.map(({ id }) => id))
      for (const id of promised.flatMap((ids) => [...ids])) if (!there.has(id)) verdict.lost.push(`the file ${id}`)
      const incoming = await readdir(join(place.dataDir, 'files', 'incoming')).catch(() => [])
      if (incoming.length > 0) verdict.halfDone.push(`${incoming.length} files lie about half written`)
      return verdict
    }),
}

/** With one key, at the same moment, and once more. */
async function uploadTwice({ fleet, load }: Stage, uploads: Uploads, token: string, n: number): Promise<void> {
  const key = uuid()
  const ids = new Set<string>()
  uploads.set(key, ids)
  const send = async () => {
    const form = new FormData()
    form.set('file', new Blob([pdf(), `% ${n}`]), '报告表.pdf')
    const headers = { Authorization: `Bearer ${token}`, 'Idempotency-Key': key }
    const urls = fleet.urls()
    const response = await fetch(`${urls[Math.floor(Math.random() * urls.length)]}/api/files`, {
      method: 'POST',
      headers,
      body: form,
    })
    const body = (await response.json()) as { id: string; title?: string }
    if (response.status === 200) ids.add(body.id)
    else if (![409, 429, 503].includes(response.status)) {
      load.ledger.surprise(`an upload: ${response.status} ${body.title}`)
    }
  }
  await Promise.all([send(), send()])
  await send()
}

/** What anybody may read without logging in: guides, from memory. The floor is bare Koa that sends the same bytes. */
import { writeFile } from 'node:fs/promises'
import { get } from 'node:http'
import { join } from 'node:path'
import { drive, requestFile } from './load.js'
import { alternate, type Side, timed, type Turn } from './measure.js'
import type { Place, Storage } from './places.js'
import { type Pace, summary } from './rounds.js'
import type { Series } from './series.js'
import { type Server, startServer } from './server.js'
import type { Row } from './tables.js'
import { questions } from './words.js'

interface Ground {
  storage: Storage
  place: Place
  server: Server
  pace: Pace
  isAsked: (name: string) => boolean
}

const LONGEST = 'guide.read, the longest'
const AGAIN = 'guide.search, asked before'
const FRESH = 'guide.search, fresh'
const FRESH_ALONE = 'guide.search, fresh, 1 connection'
export const readingNames: readonly string[] = [LONGEST, AGAIN, FRESH, FRESH_ALONE]

/** So many different questions a second are never asked: no search is answered from memory. */
const QUESTIONS_A_SECOND = 5000
const gzip = { 'Accept-Encoding': 'gzip' }
const search = (q: string) => `/api/guide.search?q=${encodeURIComponent(q)}`

export async function* readings({ storage, place, server, pace, isAsked }: Ground): AsyncGenerator<Row> {
  const meter = { folder: place.folder, storage, rounds: { count: pace.rounds, seconds: pace.seconds } }
  const guides = JSON.parse(await text(`${server.url}/api/guide.search?limit=100`)) as { items: { id: string }[] }
  const pages = await Promise.all(guides.items.map(({ id }) => text(`${server.url}/api/guide.read?id=${id}`)))
  const longest = guides.items[pages.indexOf(pages.toSorted((a, b) => b.length - a.length)[0] ?? '')]?.id ?? ''

  for (const [name, path] of [
    [LONGEST, `/api/guide.read?id=${longest}`],
    [AGAIN, search('排污许可')],
  ] as const) {
    if (!isAsked(name)) continue
    const asked: Series = { name, requests: () => [{ method: 'GET', path, headers: gzip }] }
    await drive(server.url, await requestFile(place.folder, asked.requests?.(nobody) ?? []), 1)
    const floor = await bytesServer(place, `${server.url}${path}`)
    try {
      yield row(storage, name, await alternate(meter, asked, [side(server), side(floor)]))
    } finally {
      await floor.stop()
    }
  }

  if (!isAsked(FRESH) && !isAsked(FRESH_ALONE)) return
  const floor = await bytesServer(place, `${server.url}${search('环评')}`)
  try {
    for (const [name, connections] of [
      [FRESH, 32],
      [FRESH_ALONE, 1],
    ] as const) {
      const turns: [Turn, Turn][] = []
      for (let round = 0; round < pace.rounds; round += 1) {
        const words = questions(pages, QUESTIONS_A_SECOND * pace.seconds)
        const file = await requestFile(
          place.folder,
          words.map((q) => ({ method: 'GET', path: search(q), headers: gzip })),
        )
        const one = (of: Server) => timed(meter, of, pace.seconds, file, false, connections)
        turns.push([await one(server), await one(floor)])
      }
      yield row(storage, name, turns)
    }
  } finally {
    await floor.stop()
  }
}

const nobody = { people: undefined, town: undefined, readable: [] } as never
const side = (server: Server): Side => ({ server, ds: undefined, ground: nobody })
const row = (storage: Storage, name: string, turns: [Turn, Turn][]): Row => ({
  storage: storage.name,
  cases: 0,
  name,
  ...summary(turns),
  statements: 0,
})

async function bytesServer(place: Place, url: string): Promise<Server> {
  const file = join(place.folder, 'bytes.json')
  await writeFile(file, JSON.stringify(await rawBytes(url)))
  return startServer({ program: 'floor/bytes.mjs', parameters: [file], folder: place.folder })
}

async function text(url: string): Promise<string> {
  const response = await fetch(url)
  if (response.status !== 200) throw new Error(`${url}: ${response.status}`)
  return response.text()
}

/** The body as it comes over the wire, with what a client and a cache act on. */
function rawBytes(url: string) {
  return new Promise<{ headers: Record<string, unknown>; base64: string }>((resolve, reject) => {
    get(url, { headers: gzip }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.once('end', () => {
        const kept = ['content-type', 'content-encoding', 'cache-control', 'vary', 'etag']
        const found = Object.entries(response.headers).filter(([name]) => kept.includes(name))
        resolve({ headers: Object.fromEntries(found), base64: Buffer.concat(chunks).toString('base64') })
      })
    }).once('error', reject)
  })
}

/** Two servers asked the same in alternating rounds: what each did, and their medians side by side. */
import type { DataSource } from 'typeorm'
import { layInHand } from './fill.js'
import { CONNECTIONS, drive, type Load, type LoadRequest, requestFile } from './load.js'
import type { Storage } from './places.js'
import type { Ground, Series } from './series.js'
import type { Server, Usage } from './server.js'

/** What is asked, and by what a server knows where to look. */
export interface Side {
  server: Server
  /** Of the database that it uses; undefined: it uses none. */
  ds: DataSource | undefined
  ground: Ground | undefined
}

export interface Turn {
  load: Load
  usage: Usage
  /** Of the database's own processes. */
  databaseMs: number
}

interface Rounds {
  count: number
  seconds: number
}

export interface Meter {
  folder: string
  storage: Storage
  rounds: Rounds
}

const WARM_SECONDS = 1
/** For the first look at how many can be answered in a second. */
const FIRST_LOT = 600
const TO_SPARE = 1.6

/** Both sides in turn; requests are named after their series for the floor, which knows nothing but plans. */
export async function alternate(meter: Meter, series: Series, sides: readonly [Side, Side]): Promise<[Turn, Turn][]> {
  const [a, b] = [await feed(meter, series, sides[0]), await feed(meter, series, sides[1])]
  await a(WARM_SECONDS)
  await b(WARM_SECONDS)
  const turns: [Turn, Turn][] = []
  for (let round = 0; round < meter.rounds.count; round += 1) {
    turns.push([await a(meter.rounds.seconds), await b(meter.rounds.seconds)])
  }
  return turns
}

type Feed = (seconds: number) => Promise<Turn>

async function feed(meter: Meter, series: Series, side: Side): Promise<Feed> {
  const { once, requests } = series
  const { server, ds, ground } = side
  if (once && ds && ground) {
    let perSecond = FIRST_LOT / WARM_SECONDS / TO_SPARE
    return async (seconds) => {
      const laid = await layInHand(ds, ground.town, Math.max(FIRST_LOT, Math.ceil(perSecond * seconds * TO_SPARE)))
      const turn = await timed(
        meter,
        server,
        seconds,
        await requestFile(meter.folder, named(series, laid.map(once))),
        true,
      )
      perSecond = Math.max(1, turn.load.perSecond)
      return turn
    }
  }
  const file = await requestFile(meter.folder, named(series, ground && requests ? requests(ground) : []))
  return (seconds) => timed(meter, server, seconds, file)
}

export const named = ({ name }: Pick<Series, 'name'>, requests: readonly LoadRequest[]): LoadRequest[] =>
  requests.map((request) => ({ ...request, headers: { ...request.headers, Plan: encodeURIComponent(name) } }))

export async function timed(
  { storage }: Meter,
  server: Server,
  seconds: number,
  file: string,
  isOnce = false,
  connections = CONNECTIONS,
): Promise<Turn> {
  await server.usage()
  const before = storage.cpuMs()
  const load = await drive(server.url, file, seconds, { isOnce, connections })
  return { load, usage: await server.usage(), databaseMs: storage.cpuMs() - before }
}

export const cpuOf = ({ load, usage }: Turn) => usage.cpuMs / Math.max(1, load.requests)
export const databaseCpuOf = ({ load, databaseMs }: Turn) => databaseMs / Math.max(1, load.requests)
/** So long a request takes of a server that has so many in hand. */
export const timeOf = ({ load }: Turn) => 1000 / Math.max(0.001, load.perSecond)

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const [low = 0, high = 0] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return (low + high) / 2
}

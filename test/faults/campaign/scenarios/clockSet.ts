/** Somebody sets the clock of the service's machine while people work: ahead, back, days ahead, and right again. */
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { inside, later } from '../../ground.js'
import { ownFolder } from '../place.js'
import type { Scenario } from '../stage.js'
import { faultless } from '../verdict.js'

const LIBRARY = ['x86_64', 'aarch64']
  .map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketimeMT.so.1`)
  .find((file) => existsSync(file))

/** In the words of libfaketime: by how much the clock is wrong. */
const SETTINGS = ['+3h', '-3h', '+2d'] as const
const RIGHT = '+0'
const WRITES = 30
/** Twice a minute the service looks for jobs that a clock ahead has put off (audit/setClock.ts): the checker finds none left. */
const RECALL_MS = 35_000

export const clockSet: Scenario<{ file: string }> = {
  name: 'clock set',
  about: `the clock of the service is set ${SETTINGS.join(', ')} under load, and right again: no job twice, none stuck, nothing begun early`,
  on: ['embedded'],
  // A visit carries the phone's time, of which nothing is wrong here: it would be refused as one to come.
  load: { visits: 0 },
  deadlineS: 240,
  async around() {
    if (LIBRARY === undefined) throw new Error('libfaketime is not installed')
    const { folder, remove } = await ownFolder('clock')
    const file = join(folder, 'setting')
    await writeFile(file, RIGHT)
    const processes = {
      LD_PRELOAD: LIBRARY,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_CACHE_DURATION: '1',
      DONT_FAKE_MONOTONIC: '1',
      NO_FAKE_STAT: '1',
    }
    return { own: { file }, processes, clear: remove }
  },
  async run({ progress, faultBegins }, { file }) {
    await progress(WRITES)
    faultBegins()
    for (const setting of SETTINGS) {
      await writeFile(file, setting)
      // Longer than libfaketime keeps what it has read.
      await delay(2000)
      await progress(WRITES)
    }
    await writeFile(file, RIGHT)
    await progress(WRITES)
    await delay(RECALL_MS)
    await progress(WRITES)
  },
  /** What only the hour calls for has not been begun by a clock that was days ahead. */
  after: ({ place }) =>
    inside(place.env, later, async ({ house }) => {
      const verdict = faultless()
      const now = later().toISOString().slice(0, 10)
      const slots = (await house.ds.query(`SELECT uniqueKey FROM job WHERE uniqueKey LIKE '%@____-__-__T__:__'`)) as {
        uniqueKey: string
      }[]
      for (const { uniqueKey } of slots) {
        const day = uniqueKey.split('@')[1]?.slice(0, 10) ?? ''
        if (day > addADay(now)) verdict.other.push(`${uniqueKey} was begun before its time`)
      }
      return verdict
    }),
}

/** The day in Shenyang may be the next already. */
const addADay = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)

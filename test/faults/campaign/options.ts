/** What was asked for on the command line. */
import { parseArgs } from 'node:util'
import { storageNames, type StorageName } from './storages.js'

export interface Options {
  only: string[]
  on: readonly StorageName[]
  plant: string | undefined
  isList: boolean
  seconds: number
}

export const usage = `npm run faults -- [--only <scenario>…] [--on ${storageNames.join('|')}…] [--seconds <load>] [--plant <name>|all] [--list]`

const SECONDS = 6

/** @throws Error that says what is wrong */
export function readOptions(words: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...words],
    options: {
      only: { type: 'string', multiple: true, default: [] },
      on: { type: 'string', multiple: true, default: [...storageNames] },
      plant: { type: 'string' },
      list: { type: 'boolean', default: false },
      seconds: { type: 'string', default: String(SECONDS) },
    },
  })
  const unknown = values.on.filter((name) => !(storageNames as string[]).includes(name))
  if (unknown.length > 0) throw new Error(`no such storage: ${unknown.join(', ')}`)
  const seconds = Number(values.seconds)
  if (!(seconds >= 1 && seconds <= 600)) throw new Error('--seconds is a number from 1 to 600')
  return { only: values.only, on: values.on as StorageName[], plant: values.plant, isList: values.list, seconds }
}

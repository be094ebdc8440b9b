// Says how a backup command ended: plain sentences for what was foreseen, the whole error for what was not.

import { BadConfiguration } from '../../config.js'
import { BadDatabaseUrl } from '../address.js'
import { NewerDatabase } from '../phases.js'
import { InUse } from '../inUse.js'
import { BackupFailed } from './archive.js'

const FORESEEN = [BackupFailed, InUse, NewerDatabase, BadDatabaseUrl, BadConfiguration]

export async function report(what: string, work: () => Promise<string[]>): Promise<void> {
  try {
    for (const line of await work()) console.log(line)
  } catch (error) {
    const isForeseen = FORESEEN.some((kind) => error instanceof kind)
    console.error(isForeseen ? `${what}没有完成：${(error as Error).message}` : `${what}没有完成，数据未改动。`)
    if (!isForeseen) console.error(error)
    process.exitCode = 1
  }
}

/** Moves the store to a new key, or to another algorithm, while the service runs: as encryption/rotation.ts does. */
import { type FindOptionsWhere, Like, MoreThan, Not } from 'typeorm'
import { type AlgorithmId, sealedPrefix } from '../../encryption/algorithms.js'
import { addMasterKey } from '../../encryption/keyFile.js'
import { eachStep, type Run, type Tally, unlessBroken } from '../../encryption/rotation.js'
import { Informer } from './informer.js'
import { INFORMERS } from './keys.js'
import { openSealed, sealText } from './sealing.js'

/** File: a new key, unless an earlier rotation is unfinished. Environment: the first of INFORMER_KEYS. */
export async function chooseInformerKey(
  { db, keyring }: Pick<Run, 'db' | 'keyring'>,
  keyDir: string,
  now: Date,
): Promise<{ id: string; isNew: boolean }> {
  const isUnfinished = await db.exists(Informer, { where: { keyId: Not(keyring.currentWrapId) } })
  if (keyring.source === 'environment' || isUnfinished) return { id: keyring.currentWrapId, isNew: false }
  return { id: addMasterKey(keyDir, now, INFORMERS), isNew: true }
}

/** Seals every row with the current key, and with `algorithm` where given. */
export function resealInformers(run: Run, algorithm?: AlgorithmId): Promise<Tally> {
  const { db, keyring } = run
  const isOld: FindOptionsWhere<Informer>[] = [{ keyId: Not(keyring.currentWrapId) }]
  if (algorithm) isOld.push({ sealed: Not(Like(`${sealedPrefix(algorithm)}%`)) })
  return eachStep<Informer>(run, {
    total: () => db.count(Informer, { where: isOld }),
    after: (id, take) =>
      db.find(Informer, { where: isOld.map((where) => ({ ...where, id: MoreThan(id) })), order: { id: 'ASC' }, take }),
    change: async (rows, tally) => {
      const changes = rows.flatMap((row) => {
        const resealed = unlessBroken(row.id, tally, () =>
          sealText(keyring, row.id, openSealed(keyring, row), algorithm),
        )
        return resealed ? [{ id: row.id, sealed: row.sealed, resealed }] : []
      })
      return run.transact(async (tx) => {
        let written = 0
        for (const { id, sealed, resealed } of changes)
          written += (await tx.update(Informer, { id, sealed }, resealed)).affected ?? 0
        return written
      })
    },
  })
}

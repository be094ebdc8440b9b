/** Who is acting in the open transaction: put there by dispatch or by the job runner, read by the trail. */
import type { EntityManager } from 'typeorm'

export interface Act {
  verb: string
  personId: string | null
  /** The post whose power was used, if any. */
  postId: string | null
  now: Date
  /** Nobody may learn when: `now` is the beginning of the day, and ids do not say more. */
  isDiscreet?: boolean
  auditKey: Buffer
  /** In-process copies to be read again once this commits (guides, calendar). */
  revised: Set<string>
}

export function beginAct(db: EntityManager, act: Act): void {
  if (!db.queryRunner) throw new Error('An act needs an open transaction')
  db.queryRunner.data['act'] = act
}

export function actOf(db: EntityManager): Act {
  const act = db.queryRunner?.data['act'] as Act | undefined
  if (!act) throw new Error('Changes are made inside a command or a job, so that the trail knows who made them')
  return act
}

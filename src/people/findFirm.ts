/** The firm of a 统一社会信用代码: found, or registered under the name given. */
import type { EntityManager } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { create } from '../audit/trail.js'
import { isDuplicate } from '../database/transaction.js'
import { among } from '../http/scopes.js'
import { invalid } from '../problem.js'
import { isCreditCode, normalizeCreditCode } from './creditCode.js'
import { Enterprise } from './enterprise.js'

interface Known {
  creditCode: string
  name?: string | undefined
  districtCode?: string | null | undefined
}

/** @throws Problem invalid, on `creditCode` or, for a firm not yet registered, on `name` */
export async function findOrRegister(db: EntityManager, known: Known, now: Date): Promise<Enterprise> {
  const creditCode = normalizeCreditCode(known.creditCode)
  if (!isCreditCode(creditCode)) throw invalid('creditCode', '统一社会信用代码不对，请核对18位代码')
  const firm = await db.findOneBy(Enterprise, { creditCode })
  if (firm) return firm
  if (known.name === undefined) throw invalid('name', '这家企业还没有登记，请填写企业全称')
  const districtCode = known.districtCode ?? null
  try {
    return await create(db, Enterprise, { id: uuid(), creditCode, name: known.name, districtCode, createdAt: now })
  } catch (error) {
    const other = isDuplicate(error) ? await db.findOneBy(Enterprise, { creditCode }) : null
    if (!other) throw error
    return other
  }
}

/** Those of the firms whose name somebody of the bureau has stood by: a member was verified, or a project names them. */
export async function confirmedFirms(db: EntityManager, firmIds: readonly string[]): Promise<Set<string>> {
  if (firmIds.length === 0) return new Set()
  const known = among('enterpriseId', [...new Set(firmIds)])
  const rows = (await db.query(
    `SELECT enterpriseId FROM membership WHERE state = 'verified' AND ${known.sql}
     UNION SELECT enterpriseId FROM project WHERE ${known.sql}`,
    [...known.params, ...known.params],
  )) as { enterpriseId: string }[]
  return new Set(rows.map((row) => row.enterpriseId))
}

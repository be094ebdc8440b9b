/** How tips about one firm are known as such. */
import type { EntityManager } from 'typeorm'
import { Enterprise } from '../people/enterprise.js'
import type { Tip } from './tip.js'

/** Without blanks, dots and brackets, and whatever is written wide, narrow, large or small. */
export const plainName = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

/** A firm known by name has its code, so that tips with and without it meet. */
export async function firmOf(
  db: EntityManager,
  firmName: string,
  creditCode: string | undefined,
): Promise<Pick<Tip, 'creditCode' | 'firmKey'>> {
  const code = creditCode ?? (await codeOf(db, firmName))
  // A name that has nothing to be known by stands for itself.
  return { creditCode: code, firmKey: code ?? (plainName(firmName) || firmName) }
}

async function codeOf(db: EntityManager, name: string): Promise<string | null> {
  const known = await db.find(Enterprise, { where: { name }, take: 2 })
  return known.length === 1 ? (known[0]?.creditCode ?? null) : null
}

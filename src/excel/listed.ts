/** The items of a list, whole, page by page: what the list itself answers to the same person, and nothing else. */
import type { Input } from '../contract.js'
import { grantsOf } from '../http/scopes.js'
import { verbs } from '../verbs.js'
import type { ExportCall, ItemOf, ListVerb } from './export.js'

/** More than a screen asks for: fewer questions to the database. */
const PAGE = 500

export async function* listed<V extends ListVerb>(
  verb: V,
  filter: object,
  { db, know, actor, now }: ExportCall,
): AsyncGenerator<ItemOf<V>[]> {
  // By the house's table of verbs, as a request would: so an export cannot show more than the list.
  const { handle } = verbs[verb]
  const grants = grantsOf(actor, verb)
  if (grants.length === 0) return
  let cursor: string | undefined
  do {
    const input = { ...filter, ...(verb === 'indicator.list' ? {} : { cursor, limit: PAGE }) } as Input<V>
    const shared = { verb, db, actor, grants, input, now, know }
    const page = (await handle({ ...shared, prepared: undefined, target: undefined, address: '' })) as {
      items: ItemOf<V>[]
      next?: string | null
    }
    yield page.items
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
}

/** The items of a list, whole, page by page: what the list itself answers to the same person, and nothing else. */
import type { DataSource } from 'typeorm'
import type { Input } from '../contract.js'
import { snapshot } from '../database/snapshot.js'
import { grantsOf } from '../http/scopes.js'
import { verbs } from '../verbs.js'
import type { ExportCall, ExportSheet, ItemOf, ListVerb } from './export.js'

/** More than a screen asks for: fewer questions to the database. */
const PAGE = 500

interface Asked<V extends ListVerb> {
  ds: DataSource
  list: V
  filter: object
  call: Omit<ExportCall, 'db'>
}

/** A page of the list: how many items, and the rows made of them, all as of one moment. */
interface Page<Row> {
  count: number
  rows: readonly Row[]
}

export async function* listed<V extends ListVerb, Row>(
  { ds, list: verb, filter, call }: Asked<V>,
  rowsOf: ExportSheet<V, Row>['rowsOf'],
): AsyncGenerator<Page<Row>> {
  // By the house's table of verbs, as a request would: so an export cannot show more than the list.
  const { handle } = verbs[verb]
  const grants = grantsOf(call.actor, verb)
  if (grants.length === 0) return
  let cursor: string | undefined
  do {
    const input = { ...filter, ...(verb === 'indicator.list' ? {} : { cursor, limit: PAGE }) } as Input<V>
    const page = await snapshot(ds, async (db) => {
      const shared = { ...call, verb, db, grants, input, prepared: undefined, target: undefined, address: '' }
      const { items, next } = (await handle(shared)) as { items: ItemOf<V>[]; next?: string | null }
      return { count: items.length, rows: await rowsOf({ ...call, db }, items), next }
    })
    yield page
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
}

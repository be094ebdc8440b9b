/** What an export is: the list it follows, and the sheets made of the list's items. */
import type { EntityManager } from 'typeorm'
import type { Output, Verb } from '../contract.js'
import type { Knowledge } from '../house.js'
import type { Actor } from '../people/actor.js'
import type { Column } from './column.js'

export interface ExportCall {
  /** As the items' page was read. */
  db: EntityManager
  know: Knowledge
  actor: Actor
  now: Date
}

export type ListVerb =
  | 'project.list'
  | 'case.list'
  | 'visit.list'
  | 'rejection.list'
  | 'indicator.list'
  | 'lead.list'
  | 'tip.list'
  | 'reward.list'
export type ItemOf<V extends Verb & ListVerb> = Output<V>['items'][number]

export interface ExportSheet<V extends ListVerb, Row> {
  name: string
  columns: readonly Column<Row>[]
  /** The rows of a page of items, with what the list itself does not tell. */
  rowsOf(call: ExportCall, items: readonly ItemOf<V>[]): Promise<readonly Row[]> | readonly Row[]
}

export interface Export<V extends ListVerb, Row> {
  list: V
  /** Of the workbook. */
  title: string
  /** The first is counted. A list of many pages has one sheet: it is read once for each. */
  sheets: readonly ExportSheet<V, Row>[]
}

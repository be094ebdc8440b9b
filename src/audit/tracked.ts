/** What every entity with a trail of its own carries. */
import { Column, PrimaryColumn } from 'typeorm'

/** How the trail writes an entity's fields down. Fields named nowhere are written as they are. */
export interface TrailRule {
  kind: string
  /** Free text that may hold personal data: the trail keeps a keyed digest of it. */
  digest?: readonly string[]
  /** Look-up hashes of personal data: the trail says that they changed, not to what. */
  omit?: readonly string[]
  /** Fields that follow from the calendar and move without anybody's doing: the row may differ from the trail. */
  untracked?: readonly string[]
  /** Rows come as informers do something: a proof of the trail reads them, and does not say how many there are. */
  isUncounted?: boolean
  /** Detail rows whose texts the chain vouches for. */
  parts?: readonly PartRule[]
}

/** A detail table: the chain names each of its rows under `field`, with a digest of its text. */
export interface PartRule {
  field: string
  table: string
  /** The column that holds the subject's id. */
  owner: string
}

/** As a change gives it: `also: { entry: [null, { id, text }] }`, or several at once. */
export interface Part {
  id: string
  text: string | null
}

export abstract class Tracked {
  @PrimaryColumn('varchar', { length: 36 }) id: string
  /** Counts the changes; equals the length of the subject's audit chain. */
  @Column('integer') version: number
  /** MAC of the last entry of the chain. */
  @Column('varchar', { length: 64 }) auditHead: string
}

export type TrackedClass<T extends Tracked = Tracked> = (new () => T) & { trail: TrailRule }

/** What each domain keeps of a person: what they may take along, and what erasing removes. */
import type { EntityManager } from 'typeorm'
import type { Knowledge } from '../house.js'
import type { Person } from './person.js'
import type { Personal } from './personal.js'

export interface Owner {
  person: Person
  /** In clear, for removing it from texts the person wrote. */
  personal: Personal
  now: Date
  know: Knowledge
}

export interface OwnData {
  /** Chinese heading in the export. */
  title: string
  read(db: EntityManager, owner: Owner): Promise<unknown>
  /** Removes who it was; the bureau's record of what happened stays. */
  erase?(db: EntityManager, owner: Owner): Promise<void>
}

/** Takes the person's own name and phone out of a text they wrote. */
export function withoutOwner(text: string, { name, phone }: Personal): string {
  const parts = [name, phone].filter((part): part is string => part !== null && part.length >= 2)
  return parts.reduce((rest, part) => rest.replaceAll(part, '〔已删除〕'), text)
}

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

const REMOVED = '〔已删除〕'

/** Takes the person's own name and phone, however it is spaced, out of a text they wrote. */
export function withoutOwner(text: string, { name, phone }: Personal): string {
  const nameless = name !== null && name.length >= 2 ? text.replaceAll(name, REMOVED) : text
  return phone === null ? nameless : nameless.replace(anySpelling(phone), REMOVED)
}

const GAP = String.raw`[\s\-‐‑‒–—－().（）·]{0,3}`
const FULL_WIDTH_ZERO = 0xff10

/** `13812345678` as `138 1234 5678`, `138-1234-5678`, `+86 138…` or in full-width digits. */
function anySpelling(phone: string): RegExp {
  const digit = (one: string) => `[${one}${String.fromCharCode(FULL_WIDTH_ZERO + Number(one))}]`
  const spelled = (digits: string) => [...digits].map(digit).join(GAP)
  const country = `(?:(?:[+＋]|${spelled('00')})?${GAP}${spelled('86')}${GAP})?`
  return new RegExp(`${country}${spelled(phone.replaceAll(/\D/g, ''))}`, 'g')
}

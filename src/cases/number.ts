/** The number people see and read out on the phone: QZ20261123-K7M4Q. */
import { randomInt } from 'node:crypto'

/** No 0/O, 1/I/L, U: nothing to mishear or misread. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

export function caseNumber(day: string): string {
  const tail = Array.from({ length: 5 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
  return `QZ${day.replaceAll('-', '')}-${tail}`
}

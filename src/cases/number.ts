/** The number people see and read out on the phone: QZ20261123-K7M4Q for a case (求助), BJ… at the window (办件). */
import { randomInt } from 'node:crypto'

/** No 0/O, 1/I/L, U: nothing to mishear or misread. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

export function numberOf(kind: 'QZ' | 'BJ', day: string): string {
  const tail = Array.from({ length: 5 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
  return `${kind}${day.replaceAll('-', '')}-${tail}`
}

export const caseNumber = (day: string): string => numberOf('QZ', day)

/** The number people see and read out on the phone: QZ20261123-K7M4Q. */
import { randomInt } from 'node:crypto'

/** No 0/O, 1/I/L, U: nothing to mishear or misread. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Five letters and digits by which things of one day are told apart. */
export const numberTail = (): string => Array.from({ length: 5 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')

export const caseNumber = (day: string): string => `QZ${day.replaceAll('-', '')}-${numberTail()}`

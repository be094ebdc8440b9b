/** The code on a service sheet. It follows from the sheet's id and a key, so that no table holds it. */
import { createHmac } from 'node:crypto'
import type { Keyring } from '../encryption/keyring.js'
import { SPOKEN } from '../words/number.js'

const LENGTH = 12

/** Twelve letters and digits, 58 bits. */
export function codeOf(keyring: Keyring, sheetId: string): string {
  const bytes = createHmac('sha256', keyring.purposeKey('links')).update(`sheet:${sheetId}`).digest()
  // One byte a letter leaves them unevenly likely; two make that unnoticeable.
  return Array.from({ length: LENGTH }, (_, at) => SPOKEN[bytes.readUInt16BE(at * 2) % SPOKEN.length]).join('')
}

/** By which a sheet is found from its code. */
export const codeHash = (keyring: Keyring, code: string): string =>
  createHmac('sha256', keyring.purposeKey('lookup')).update(`sheet:${code}`).digest('hex')

/** As printed: K7M4-Q2WX-3RTY. */
export const spelled = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-')

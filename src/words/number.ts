/** The numbers people see and read out on the phone: QZ20261123-K7M4Q. */
import { randomInt } from 'node:crypto'

/** No 0/O, 1/I/L, U: nothing to mishear or misread. */
export const SPOKEN = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const TAIL = 5

/** `kind` is two letters: QZ 求助, BJ 办件, FW 服务单, CB 超标线索, JB 举报. */
export function numberOn(kind: 'QZ' | 'BJ' | 'FW' | 'CB' | 'JB', day: string): string {
  const tail = Array.from({ length: TAIL }, () => SPOKEN[randomInt(SPOKEN.length)]).join('')
  return `${kind}${day.replaceAll('-', '')}-${tail}`
}

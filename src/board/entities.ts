/** The tables of the daily roll-up. */
import { CaseDay } from './caseDay.js'
import { CategoryDay } from './categoryDay.js'
import { LateEnd } from './lateEnd.js'

export const boardEntities = [CaseDay, CategoryDay, LateEnd]

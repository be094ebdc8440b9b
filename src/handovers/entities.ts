/** The tables of what is handed over to enforcement. */
import { HandoverLine, HandoverList, HandoverReceipt } from './handoverList.js'

export const handoverEntities = [HandoverList, HandoverLine, HandoverReceipt]

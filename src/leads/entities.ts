/** The tables of leads. */
import { Lead, LeadEntry } from './lead.js'

export const leadEntities = [Lead, LeadEntry]

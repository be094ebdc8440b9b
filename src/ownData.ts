/** WHAT WE KEEP OF A PERSON: one line a domain; what is not in this table is neither exported nor erased. */
import type { OwnData } from './people/ownData.js'
import { membershipData } from './people/membershipData.js'

export const ownData: readonly OwnData[] = [membershipData]

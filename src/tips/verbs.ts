import { identityVerbs } from './handlers/identity.js'
import { informerVerbs } from './handlers/informer.js'
import { listVerbs } from './handlers/lists.js'
import { staffVerbs } from './handlers/staff.js'

export const tipVerbs = { ...informerVerbs, ...staffVerbs, ...listVerbs, ...identityVerbs }

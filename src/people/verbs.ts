import { enterpriseVerbs } from './handlers/enterprise.js'
import { ownVerbs } from './handlers/own.js'
import { sessionVerbs } from './handlers/session.js'
import { staffVerbs } from './handlers/staff.js'

export const peopleVerbs = { ...sessionVerbs, ...ownVerbs, ...enterpriseVerbs, ...staffVerbs }

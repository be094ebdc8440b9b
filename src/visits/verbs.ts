import { enterpriseVerbs } from './handlers/enterprise.js'
import { officerVerbs } from './handlers/officer.js'
import { readVerbs } from './handlers/read.js'

export const visitVerbs = { ...officerVerbs, ...enterpriseVerbs, ...readVerbs }

import { branchVerbs } from './handlers/branch.js'
import { keepingVerbs } from './handlers/keeping.js'
import { readingVerbs } from './handlers/reading.js'

export const leadVerbs = { ...keepingVerbs, ...branchVerbs, ...readingVerbs }

import { keepingVerbs } from './handlers/keeping.js'
import { progressVerbs } from './handlers/progress.js'
import { readingVerbs } from './handlers/reading.js'

export const projectVerbs = { ...readingVerbs, ...keepingVerbs, ...progressVerbs }

import { takingVerbs } from './handlers/taking.js'
import { windowVerbs } from './handlers/window.js'

export const applicationVerbs = { ...takingVerbs, ...windowVerbs }

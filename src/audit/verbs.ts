import { jobHandlers } from './handlers/jobs.js'
import { trailHandlers } from './handlers/trail.js'

export const auditVerbs = { ...trailHandlers, ...jobHandlers }

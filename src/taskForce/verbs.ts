import { decisionVerbs } from './handlers/decisions.js'
import { meetingVerbs } from './handlers/meetings.js'
import { recordVerbs } from './handlers/record.js'
import { teamVerbs } from './handlers/teams.js'

export const taskForceVerbs = { ...teamVerbs, ...meetingVerbs, ...recordVerbs, ...decisionVerbs }

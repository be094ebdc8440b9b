import { enterpriseVerbs } from './handlers/enterprise.js'
import { officerVerbs } from './handlers/officer.js'
import { questionVerbs } from './handlers/question.js'
import { ratingVerbs } from './handlers/rating.js'
import { readingVerbs } from './handlers/reading.js'
import { registerVerbs } from './handlers/register.js'
import { supervisorVerbs } from './handlers/supervisor.js'

export const caseVerbs = {
  ...enterpriseVerbs,
  ...officerVerbs,
  ...supervisorVerbs,
  ...ratingVerbs,
  ...questionVerbs,
  ...readingVerbs,
  ...registerVerbs,
}

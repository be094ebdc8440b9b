import { approvingVerbs } from './handlers/approving.js'
import { moneyVerbs } from './handlers/books.js'
import { claimingVerbs } from './handlers/claiming.js'
import { payingVerbs } from './handlers/paying.js'
import { readingVerbs } from './handlers/reading.js'
import { reconcilingVerbs } from './handlers/reconciling.js'
import { ruleVerbs } from './handlers/rules.js'
import { payoutVerbs } from './handlers/switch.js'

export const rewardVerbs = {
  ...readingVerbs,
  ...approvingVerbs,
  ...claimingVerbs,
  ...payingVerbs,
  ...ruleVerbs,
  ...payoutVerbs,
  ...moneyVerbs,
  ...reconcilingVerbs,
}

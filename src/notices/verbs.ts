/** The server's side of the notices' verbs. */
import { deliveryVerbs } from './handlers/deliveries.js'
import { grantVerbs } from './handlers/grants.js'
import { inboxVerbs } from './handlers/inbox.js'

export const noticeVerbs = { ...inboxVerbs, ...grantVerbs, ...deliveryVerbs }

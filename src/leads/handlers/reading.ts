/** Reading leads. */
import { serve } from '../../http/serve.js'
import { listLeads } from '../list.js'
import { leadTarget } from '../target.js'
import { leadView } from '../view.js'

export const readingVerbs = {
  'lead.list': serve('lead.list', {
    handle: (call) => listLeads(call, call.grants, call.input),
  }),
  'lead.read': serve('lead.read', {
    target: leadTarget,
    handle: (call) => leadView(call, call.target),
  }),
}

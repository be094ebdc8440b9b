/** The tables of the notices. */
import { Delivery } from './delivery.js'
import { MessageGrant } from './messageGrant.js'
import { Notice } from './notice.js'

export const noticeEntities = [Notice, Delivery, MessageGrant]

// The inbox: what has happened, newest first; a tap opens what it is about and marks it as read.
import { listing } from '../../behaviors/listing'
import type { ItemOf } from '../../services/api'
import { call } from '../../services/call'
import { momentText } from '../../services/dates'
import { currentMe, setMe, start } from '../../services/session'
import { openSubject } from '../../services/subjects'
import { emptyTextOf } from './view'

type Notice = ItemOf<'notice.list'>

const lineOf = (notice: Notice) => ({ ...notice, when: momentText(notice.at) })
/** The dot on the tab follows. */
const tellUnread = (unread: number) => {
  const me = currentMe()
  if (me && me.unread !== unread) setMe({ ...me, unread })
}

Component({
  behaviors: [listing],
  data: { hasUnread: false, emptyText: '' },
  methods: {
    async ask(cursor: string | undefined, limit: number) {
      const [me, { items, next, unread }] = await Promise.all([start(), call('notice.list', { cursor, limit })])
      tellUnread(unread)
      this.setData({ hasUnread: unread > 0, emptyText: emptyTextOf(me) })
      return { items: items.map(lineOf), next }
    },
    async open(event: WechatMiniprogram.TouchEvent<{}, {}, { index: number }>) {
      const { index } = event.currentTarget.dataset
      const notice = this.data.items[index] as Notice
      openSubject(notice)
      if (notice.isRead) return
      this.setData({ [`items[${index}].isRead`]: true })
      // Not worth a word to the person: it stays unread and is marked another time.
      const { unread } = await call('notice.markRead', { ids: [notice.id] }).catch(() => ({ unread: null }))
      if (unread !== null) tellUnread(unread)
    },
    async readAll() {
      await call('notice.markRead', { all: true })
      await this.refresh()
    },
  },
})

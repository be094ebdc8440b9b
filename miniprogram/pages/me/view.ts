// Who somebody is and what they can open from here: one table of entries for everybody.
import type { Me } from '../../services/api'
import { isMember } from '../../services/firms'
import { currentRole, type Hat, rolesOf } from '../../services/hats'
import { wordFor } from '../../services/words'

interface Entry {
  title: string
  icon: string
  url: string
  /** Absent for everybody. */
  hats?: readonly Hat[]
  /** A word at the end of the line. */
  note?(me: Me): string
  isMarked?(me: Me): boolean
}

const firmNote = ({ enterprises }: Me): string => {
  const verified = enterprises.filter(({ state }) => state === 'verified').length
  const pending = enterprises.filter(({ state }) => state === 'pending').length
  if (verified + pending === 0) return '还没有加入'
  return [verified > 0 ? `${verified}家` : '', pending > 0 ? `${pending}家待核实` : ''].filter(Boolean).join('，')
}

/** One list a card. */
const groups: readonly (readonly Entry[])[] = [
  [
    {
      title: '消息',
      icon: 'notification',
      url: '/pages/messages/index',
      note: ({ unread }) => (unread > 0 ? `${unread}条未读` : ''),
      isMarked: ({ unread }) => unread > 0,
    },
    { title: '我的企业', icon: 'city', url: '/pages/firms/index', hats: ['enterprise'], note: firmNote },
    { title: '上门服务', icon: 'user-visible', url: '/pages/visits/index', hats: ['enterprise', 'supervisor'] },
    { title: '每周上门服务', icon: 'calendar', url: '/officer/visits/index', hats: ['officer'] },
    {
      title: '外出和替岗',
      icon: 'calendar-event',
      url: '/officer/absence/index',
      hats: ['officer', 'supervisor', 'clerk'],
    },
    { title: '核实企业成员', icon: 'usergroup', url: '/officer/members/index', hats: ['officer', 'clerk'] },
    {
      title: '常用答复',
      icon: 'chat-bubble-history',
      url: '/officer/replies/index',
      hats: ['officer', 'supervisor', 'clerk'],
    },
    { title: '我的办件', icon: 'file-paste', url: '/pages/applications/index', hats: ['enterprise'] },
    { title: '窗口办件', icon: 'file-paste', url: '/officer/applications/index', hats: ['officer', 'supervisor'] },
    {
      title: '四十一项任务',
      icon: 'task-checked',
      url: '/supervisor/indicators/index',
      hats: ['officer', 'supervisor', 'clerk'],
    },
  ],
  [
    { title: '举报环境违法', icon: 'loudspeaker', url: '/tips/start/index' },
    { title: '我的数据', icon: 'data', url: '/pages/data/index' },
    { title: '隐私说明', icon: 'secured', url: '/pages/privacy/index' },
  ],
]

export const entriesOf = (me: Me, hat: Hat) =>
  groups
    .map((entries) =>
      entries
        .filter(({ hats }) => hats === undefined || hats.includes(hat))
        .map(({ title, icon, url, note, isMarked }) => ({
          title,
          icon,
          url,
          note: note?.(me) ?? '',
          isMarked: isMarked?.(me) ?? false,
        })),
    )
    .filter((entries) => entries.length > 0)

export function identityOf(me: Me) {
  const role = currentRole(me)
  const roles = rolesOf(me)
  return {
    name: me.name ?? '',
    phone: me.phone ?? '',
    // Who belongs to no firm is not to read that they do.
    role: role === 'enterprise' && !me.enterprises.some(isMember) ? '' : wordFor('roles', role),
    posts: me.posts.map(({ id, unit, title, role: held, standsInFor }) => ({
      id,
      unit: unit.name,
      title: title ?? wordFor('roles', held),
      standsIn: standsInFor.length > 0 ? `正在替${standsInFor.map(({ name }) => name).join('、')}` : '',
    })),
    roles: roles.length > 1 ? roles.map((code) => ({ code, word: wordFor('roles', code), isOn: code === role })) : [],
  }
}

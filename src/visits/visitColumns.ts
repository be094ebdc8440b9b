/** The list of service visits as a sheet. */
import type { Export, ItemOf } from '../excel/export.js'
import { words } from '../words/words.js'

const joined = (parts: readonly string[]) => (parts.length === 0 ? null : parts.join('、'))

export const visitExport: Export<'visit.list', ItemOf<'visit.list'>> = {
  list: 'visit.list',
  title: '进园区、进企业服务记录',
  sheets: [
    {
      name: '上门服务',
      rowsOf: (_call, items) => items,
      columns: [
        { key: 'week', header: '所在周（周一）', kind: 'date', width: 12, value: ({ week }) => week },
        {
          key: 'state',
          header: '状态',
          kind: 'choice',
          width: 12,
          words: words.visitStates,
          value: ({ state }) => state,
        },
        { key: 'kind', header: '方式', kind: 'choice', width: 10, words: words.visitKinds, value: ({ kind }) => kind },
        {
          key: 'firms',
          header: '企业',
          kind: 'text',
          width: 32,
          value: ({ firms }) => joined(firms.map(({ enterprise }) => enterprise.name)),
        },
        { key: 'project', header: '项目', kind: 'text', width: 28, value: ({ project }) => project?.name ?? null },
        { key: 'plannedOn', header: '约定日期', kind: 'date', width: 12, value: ({ plannedOn }) => plannedOn },
        { key: 'plannedTime', header: '约定时间', kind: 'text', width: 10, value: ({ plannedTime }) => plannedTime },
        { key: 'startedAt', header: '上门时间', kind: 'instant', width: 18, value: ({ startedAt }) => startedAt },
        {
          key: 'staff',
          header: '服务人员',
          kind: 'text',
          width: 18,
          value: ({ staff }) => joined(staff.map(({ name }) => name)),
        },
        { key: 'topics', header: '服务内容', kind: 'text', width: 28, value: ({ topics }) => joined(topics) },
        {
          key: 'confirmed',
          header: '企业已确认（家）',
          kind: 'whole',
          width: 12,
          value: ({ firms }) => firms.filter(({ isConfirmed }) => isConfirmed).length,
        },
      ],
    },
  ],
}

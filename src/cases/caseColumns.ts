/** The list of cases and the rejection register as sheets. */
import type { Export, ItemOf } from '../excel/export.js'
import { words } from '../words/words.js'

export const caseExport: Export<'case.list', ItemOf<'case.list'>> = {
  list: 'case.list',
  title: '企业诉求',
  sheets: [
    {
      name: '诉求',
      rowsOf: (_call, items) => items,
      columns: [
        { key: 'number', header: '编号', kind: 'text', width: 20, value: ({ number }) => number },
        {
          key: 'state',
          header: '状态',
          kind: 'choice',
          width: 12,
          words: words.caseStates,
          value: ({ state }) => state,
        },
        {
          key: 'category',
          header: '类别',
          kind: 'choice',
          width: 16,
          words: words.categories,
          value: ({ category }) => category,
        },
        { key: 'title', header: '事由', kind: 'text', width: 36, value: ({ title }) => title },
        {
          key: 'enterprise',
          header: '企业',
          kind: 'text',
          width: 28,
          value: ({ enterprise }) => enterprise?.name ?? null,
        },
        { key: 'project', header: '项目', kind: 'text', width: 28, value: ({ project }) => project?.name ?? null },
        { key: 'unit', header: '承办单位', kind: 'text', width: 14, value: ({ unit }) => unit?.name ?? null },
        { key: 'officer', header: '承办人', kind: 'text', width: 10, value: ({ officer }) => officer?.name ?? null },
        {
          key: 'standInFor',
          header: '代',
          kind: 'text',
          width: 10,
          value: ({ standInFor }) => standInFor?.name ?? null,
        },
        { key: 'createdAt', header: '提出时间', kind: 'instant', width: 18, value: ({ createdAt }) => createdAt },
        { key: 'dueOn', header: '应办结日', kind: 'date', width: 12, value: ({ dueOn }) => dueOn },
        { key: 'daysLeft', header: '剩余工作日', kind: 'whole', width: 10, value: ({ daysLeft }) => daysLeft },
        { key: 'isOverdue', header: '是否超期', kind: 'flag', width: 8, value: ({ isOverdue }) => isOverdue },
        { key: 'rating', header: '评价（分）', kind: 'whole', width: 8, value: ({ rating }) => rating },
        {
          key: 'source',
          header: '来源',
          kind: 'choice',
          width: 14,
          words: words.caseSources,
          value: ({ source }) => source,
        },
      ],
    },
  ],
}

export const rejectionExport: Export<'rejection.list', ItemOf<'rejection.list'>> = {
  list: 'rejection.list',
  title: '否决事项备案',
  sheets: [
    {
      name: '否决事项备案',
      rowsOf: (_call, items) => items,
      columns: [
        { key: 'registeredOn', header: '登记日期', kind: 'date', width: 12, value: ({ registeredOn }) => registeredOn },
        {
          key: 'kind',
          header: '事项',
          kind: 'choice',
          width: 12,
          words: words.rejectionKinds,
          value: ({ kind }) => kind,
        },
        { key: 'case', header: '诉求编号', kind: 'text', width: 20, value: (row) => row.case?.number ?? null },
        { key: 'title', header: '事由', kind: 'text', width: 32, value: (row) => row.case?.title ?? null },
        {
          key: 'enterprise',
          header: '企业',
          kind: 'text',
          width: 28,
          value: ({ enterprise }) => enterprise?.name ?? null,
        },
        { key: 'unit', header: '单位', kind: 'text', width: 14, value: ({ unit }) => unit?.name ?? null },
        { key: 'basis', header: '依据', kind: 'prose', width: 32, value: ({ basis }) => basis },
        { key: 'reason', header: '理由', kind: 'prose', width: 40, value: ({ reason }) => reason },
        { key: 'proposedBy', header: '提出人', kind: 'text', width: 10, value: ({ proposedBy }) => proposedBy },
        { key: 'agreedBy', header: '同意人', kind: 'text', width: 10, value: ({ agreedBy }) => agreedBy },
      ],
    },
  ],
}

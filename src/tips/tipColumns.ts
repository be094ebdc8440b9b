/** The list of tips as a sheet (重点信访事项清单 where it is narrowed to those): nothing in it says who informed. */
import { districts } from '../districts.js'
import type { Export, ItemOf } from '../excel/export.js'
import { words } from '../words/words.js'

const districtName = (code: string | null) => districts.find((one) => one.code === code)?.name ?? null

export const tipExport: Export<'tip.list', ItemOf<'tip.list'>> = {
  list: 'tip.list',
  title: '举报清单',
  sheets: [
    {
      name: '举报',
      rowsOf: (_call, items) => items,
      columns: [
        { key: 'number', header: '编号', kind: 'text', width: 18, value: ({ number }) => number },
        {
          key: 'state',
          header: '状态',
          kind: 'choice',
          width: 10,
          words: words.tipStates,
          value: ({ state }) => state,
        },
        { key: 'firmName', header: '被举报单位', kind: 'text', width: 32, value: ({ firmName }) => firmName },
        {
          key: 'violation',
          header: '反映的问题',
          kind: 'choice',
          width: 16,
          words: words.violations,
          value: ({ violation }) => violation,
        },
        {
          key: 'district',
          header: '区县',
          kind: 'text',
          width: 12,
          value: ({ districtCode }) => districtName(districtCode),
        },
        { key: 'submittedOn', header: '收到日期', kind: 'date', width: 12, value: ({ submittedOn }) => submittedOn },
        { key: 'dueOn', header: '期限', kind: 'date', width: 12, value: ({ dueOn }) => dueOn },
        { key: 'isLate', header: '是否超期', kind: 'flag', width: 10, value: ({ isLate }) => isLate },
        { key: 'isPriority', header: '重点事项', kind: 'flag', width: 10, value: ({ isPriority }) => isPriority },
        { key: 'handler', header: '承办人', kind: 'text', width: 12, value: ({ handler }) => handler },
      ],
    },
  ],
}

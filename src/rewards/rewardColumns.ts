/** The ledger of rewards as a sheet: never to whom they go. */
import type { Export, ItemOf } from '../excel/export.js'
import { words } from '../words/words.js'

type Item = ItemOf<'reward.list'>
const yuan = (fen: number) => fen / 100

export const rewardExport: Export<'reward.list', Item> = {
  list: 'reward.list',
  title: '举报奖励',
  sheets: [
    {
      name: '举报奖励',
      rowsOf: (_call, items) => items,
      columns: [
        { key: 'number', header: '举报编号', kind: 'text', width: 20, value: ({ tip }) => tip.number },
        { key: 'firmName', header: '被举报单位', kind: 'text', width: 28, value: ({ tip }) => tip.firmName },
        {
          key: 'level',
          header: '等级',
          kind: 'choice',
          width: 8,
          words: words.rewardLevels,
          value: ({ level }) => level,
        },
        { key: 'amount', header: '金额（元）', kind: 'number', width: 12, value: ({ amountFen }) => yuan(amountFen) },
        {
          key: 'state',
          header: '状态',
          kind: 'choice',
          width: 14,
          words: words.rewardStates,
          value: ({ state }) => state,
        },
        {
          key: 'channel',
          header: '发放方式',
          kind: 'choice',
          width: 10,
          words: words.channels,
          value: ({ channel }) => channel,
        },
        { key: 'proposedOn', header: '认定日期', kind: 'date', width: 12, value: ({ proposedOn }) => proposedOn },
        { key: 'claimBy', header: '领取期限', kind: 'date', width: 12, value: ({ claimBy }) => claimBy },
        { key: 'paidOn', header: '发放日期', kind: 'date', width: 12, value: ({ paidOn }) => paidOn },
        { key: 'trouble', header: '说明', kind: 'text', width: 40, value: ({ trouble }) => trouble },
      ],
    },
  ],
}
